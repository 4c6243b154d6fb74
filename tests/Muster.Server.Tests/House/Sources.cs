namespace Muster.Server.Tests.House;

/// <summary>The tree these tests were built from, as text.</summary>
internal static class Sources
{
    public static readonly string Home = Find();

    public sealed record SourceFile(string Path, string Text)
    {
        /// <summary>Path from the root of the tree, with forward slashes.</summary>
        public string Name => System.IO.Path.GetRelativePath(Home, Path).Replace('\\', '/');

        public string[] Lines => Text.Split('\n');
    }

    /// <summary>Files below a folder of the tree whose name ends so; nothing that a build wrote.</summary>
    public static IReadOnlyList<SourceFile> Under(string folder, params string[] endings) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Home, folder), "*", SearchOption.AllDirectories)
                .Where(f => endings.Any(e => f.EndsWith(e, StringComparison.Ordinal)))
                .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(f => new SourceFile(f, File.ReadAllText(f))),
        ];

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Muster.slnx")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not run inside the tree they were built from.");
        return folder.FullName;
    }
}
