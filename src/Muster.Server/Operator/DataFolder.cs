using Muster.Server.Storage;

namespace Muster.Server.Operator;

/// <summary>Opens a data folder: makes it, or recognises it as ours and brings its database up to date. Never touches what is not ours.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string Marker = "muster-data";
    private readonly FileStream marker;

    private DataFolder(string path, FileStream marker, IReadOnlyList<string> problems)
    {
        Path = path;
        this.marker = marker;
        Problems = problems;
    }

    public string Path { get; }

    /// <summary>What is wrong with the settings of the storage; its database was not touched then.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Why the folder cannot be used: one sentence, and what to do.</summary>
    public sealed class Unusable(int exit, string sentence, string hint) : Exception(sentence)
    {
        public int Exit { get; } = exit;
        public string Hint { get; } = hint;
    }

    /// <param name="path">The folder; its settings may lie there before it is first opened.</param>
    /// <param name="settings">Stronger than file and environment; null for none.</param>
    /// <exception cref="Unusable">It belongs to something else, to a newer version, or to a process that runs; or its database does.</exception>
    public static DataFolder Open(string path, IReadOnlyDictionary<string, string?>? settings = null)
    {
        path = System.IO.Path.GetFullPath(path);
        var markerPath = System.IO.Path.Combine(path, Marker);
        if (File.Exists(path))
            throw Refused("file", path);
        if (Directory.Exists(path) && !File.Exists(markerPath) && HoldsMoreThanSettings(path))
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

        var storage = Installation.Storage(path, settings);
        var problems = storage.Problems().ToList();
        if (problems.Count > 0)
            return new DataFolder(path, held, problems);
        var engine = storage.Engine();
        try
        {
            Migrator.Migrate(engine);
            return new DataFolder(path, held, problems);
        }
        catch (Exception fault) when (DatabaseFaults.Is(fault))
        {
            held.Dispose();
            throw DatabaseFaults.Of(fault, engine);
        }
    }

    private static bool HoldsMoreThanSettings(string path) =>
        Directory.EnumerateFileSystemEntries(path).Any(e => System.IO.Path.GetFileName(e) != Installation.SettingsFile);

    private static Unusable Refused(string why, params object[] values) =>
        new(Terminal.Refused, VerbTexts.Get("folder." + why, values), VerbTexts.Get($"folder.{why}.hint"));

    public void Dispose() => marker.Dispose();
}
