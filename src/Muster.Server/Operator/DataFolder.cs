using Muster.Server.Storage;

namespace Muster.Server.Operator;

/// <summary>Opens a data folder: makes it, or recognises it as ours and brings its database up to date. Never touches what is not ours.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string Marker = "muster-data";
    private readonly FileStream marker;

    private DataFolder(string path, FileStream marker)
    {
        Path = path;
        this.marker = marker;
    }

    public string Path { get; }

    /// <summary>Why the folder cannot be used: one sentence, and what to do.</summary>
    public sealed class Unusable(string sentence, string hint) : Exception(sentence)
    {
        public string Hint { get; } = hint;
    }

    /// <exception cref="Unusable">It belongs to something else, to a newer version, or to a process that runs.</exception>
    public static DataFolder Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        var markerPath = System.IO.Path.Combine(path, Marker);
        if (File.Exists(path))
            throw Refused("file", path);
        if (Directory.Exists(path) && !File.Exists(markerPath) && Directory.EnumerateFileSystemEntries(path).Any())
            throw Refused("foreign", path);
        FileStream held;
        try
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            held = new FileStream(markerPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException)
        {
            throw Refused("read-only", path);
        }
        catch (IOException)
        {
            throw Refused("in-use", path);
        }

        try
        {
            Migrator.Migrate(System.IO.Path.Combine(path, "muster.db"));
            return new DataFolder(path, held);
        }
        catch (Migrator.NewerDatabaseException newer)
        {
            held.Dispose();
            throw Refused("newer", newer.Found, newer.Known);
        }
        catch (Microsoft.Data.Sqlite.SqliteException broken)
        {
            held.Dispose();
            throw Refused("broken", path, broken.SqliteErrorCode);
        }
    }

    private static Unusable Refused(string why, params object[] values) =>
        new(VerbTexts.Get("folder." + why, values), VerbTexts.Get($"folder.{why}.hint"));

    public void Dispose() => marker.Dispose();
}
