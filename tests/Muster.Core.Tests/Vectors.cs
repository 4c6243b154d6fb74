using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Muster.Core.Tests;

/// <summary>
/// Test vectors, read where they lie: in <c>shared/vectors</c> beside the checkout or one of its ancestors. A test without them is skipped.
/// </summary>
internal static class Vectors
{
    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyDictionary<string, byte[]>>> Archives = new(StringComparer.Ordinal);

    /// <summary>The files of <c>shared/vectors/NAME/NAME.tar.xz</c>, by path below the archive's only folder.</summary>
    public static IReadOnlyDictionary<string, byte[]> Of(string name)
    {
        var folder = Folder();
        if (folder is null || !File.Exists(Path.Combine(folder, name, name + ".tar.xz")))
        {
            Assert.Skip($"shared/vectors/{name} is not beside this checkout");
        }

        return Archives.GetOrAdd(name, _ => new(() => Unpack(Path.Combine(folder, name, name + ".tar.xz")))).Value;
    }

    /// <summary>The rows of the archive's <c>manifest.json</c>.</summary>
    public static IReadOnlyList<T> Rows<T>(string name) =>
        JsonSerializer.Deserialize<List<T>>(Of(name)["manifest.json"], JsonSerializerOptions.Web) ?? [];

    /// <summary>The lines of <c>shared/vectors/NAME/FILE</c>, an .xz of text.</summary>
    public static IReadOnlyList<string> Lines(string name, string file)
    {
        var folder = Folder();
        if (folder is null || !File.Exists(Path.Combine(folder, name, file)))
            Assert.Skip($"shared/vectors/{name} is not beside this checkout");
        return Encoding.UTF8.GetString(Unxz(Path.Combine(folder, name, file))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string? Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "shared", "vectors");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    private static Dictionary<string, byte[]> Unpack(string archive)
    {
        using var unpacked = new MemoryStream(Unxz(archive));
        using var tar = new TarReader(unpacked);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (tar.GetNextEntry() is { } entry)
        {
            var path = entry.Name.TrimStart('.', '/');
            var below = path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..];
            if (entry.EntryType is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            {
                var target =
                    entry.EntryType == TarEntryType.HardLink
                        ? entry.LinkName[(entry.LinkName.IndexOf('/', StringComparison.Ordinal) + 1)..]
                        : Path.Combine(Path.GetDirectoryName(below)!, entry.LinkName);
                files[below] = files.GetValueOrDefault(target) ?? [];
            }
            else if (entry.DataStream is { } data)
            {
                using var content = new MemoryStream();
                data.CopyTo(content);
                files[below] = content.ToArray();
            }
        }

        return files;
    }

    private static byte[] Unxz(string archive)
    {
        Process? started = null;
        try
        {
            started = Process.Start(
                new ProcessStartInfo("xz", ["-dc", archive]) { RedirectStandardOutput = true, UseShellExecute = false }
            );
        }
        catch (Win32Exception)
        {
            Assert.Skip("the program xz is not installed");
        }

        using var process = started!;
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.ToArray();
    }
}
