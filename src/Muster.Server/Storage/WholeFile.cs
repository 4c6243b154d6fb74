using System.Text;

namespace Muster.Server.Storage;

/// <summary>Writes a file so that a reader sees the old one or the new one, never a part.</summary>
internal static class WholeFile
{
    public static void Write(string path, string text, bool secret = false) => Write(path, Encoding.UTF8.GetBytes(text), secret);

    public static void Write(string path, byte[] content, bool secret = false) =>
        Write(path, content, secret ? UnixFileMode.UserRead | UnixFileMode.UserWrite : null);

    /// <param name="mode">Exactly, whatever the process gives its files; null leaves it to that.</param>
    public static void Write(string path, byte[] content, UnixFileMode? mode)
    {
        var unfinished = path + ".unfinished";
        File.Delete(unfinished);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (mode is not null && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        using (var file = new FileStream(unfinished, options))
        {
            if (mode is { } exactly && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(file.SafeFileHandle, exactly);
            file.Write(content);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
