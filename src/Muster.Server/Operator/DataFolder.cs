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
            throw new Unusable($"{path} is a file, not a folder", "name another folder with --data");
        if (Directory.Exists(path) && !File.Exists(markerPath) && Directory.EnumerateFileSystemEntries(path).Any())
            throw new Unusable(
                $"{path} holds files that are not Muster's",
                "name an empty or a new folder with --data; nothing was changed"
            );
        FileStream held;
        try
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            held = new FileStream(markerPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException)
        {
            throw new Unusable($"{path} cannot be written to", "name another folder with --data, or change its owner");
        }
        catch (IOException)
        {
            throw new Unusable($"{path} is in use by another muster", "stop that one, or name another folder with --data");
        }

        try
        {
            Migrator.Migrate(System.IO.Path.Combine(path, "muster.db"));
            return new DataFolder(path, held);
        }
        catch (Migrator.NewerDatabaseException newer)
        {
            held.Dispose();
            throw new Unusable(
                newer.Message,
                "use the version of muster that made it, or name another folder with --data; nothing was changed"
            );
        }
        catch (Microsoft.Data.Sqlite.SqliteException broken)
        {
            held.Dispose();
            throw new Unusable(
                $"the database in {path} cannot be opened ({broken.SqliteErrorCode})",
                "restore it from a backup, or name another folder with --data; nothing was changed"
            );
        }
    }

    public void Dispose() => marker.Dispose();
}
