using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Muster.Server.Storage;

/// <summary>Random 256-bit keys in the keys folder, one file each, made at first use, readable by the owner only.</summary>
internal static class KeyFiles
{
    private const int KeyBytes = 32;

    public static byte[] Open(IServiceProvider provider, string fileName) =>
        Open(provider.GetRequiredService<IOptions<StorageOptions>>().Value.KeysFolder, fileName);

    /// <exception cref="InvalidDataException">The file exists with another length: it is never overwritten.</exception>
    public static byte[] Open(string folder, string fileName)
    {
        var path = Path.Combine(folder, fileName);
        if (!File.Exists(path))
            Make(folder, path);
        var key = File.ReadAllBytes(path);
        return key.Length == KeyBytes ? key : throw new InvalidDataException($"{path} holds {key.Length} bytes instead of {KeyBytes}.");
    }

    private static void Make(string folder, string path)
    {
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var half = path + "." + Environment.ProcessId;
        using (
            var file = new FileStream(
                half,
                new FileStreamOptions
                {
                    Mode = FileMode.Create,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            )
        )
        {
            file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
            file.Flush(flushToDisk: true);
        }
        if (File.Exists(path))
            File.Delete(half);
        else
            File.Move(half, path);
    }
}
