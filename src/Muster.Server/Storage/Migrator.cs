using System.Reflection;

namespace Muster.Server.Storage;

/// <summary>Brings a database to the schema of this version: numbered SQL scripts, each in one transaction, never backwards.</summary>
/// <remarks>Choice (0002): reviewed SQL scripts instead of generated migrations.</remarks>
internal static class Migrator
{
    public sealed record Outcome(int From, int To);

    /// <summary>The database was written by a newer version of the program.</summary>
    public sealed class NewerDatabaseException(int found, int known)
        : Exception($"The database has schema version {found}; this program knows versions up to {known}.")
    {
        public int Found { get; } = found;
        public int Known { get; } = known;
    }

    /// <summary>Processes that start together wait for each other; who comes second finds nothing left to do.</summary>
    public static Outcome Migrate(IStorageEngine engine)
    {
        using var connection = engine.Open();
        var scripts = Scripts(engine);
        int? from = null;
        while (true)
        {
            using var transaction = engine.BeginAlone(connection);
            var version = engine.Version(connection);
            from ??= version;
            if (version > scripts.Count)
                throw new NewerDatabaseException(version, scripts.Count);
            if (version == scripts.Count)
                return new Outcome(from.Value, version);
            connection.Run(scripts[version]);
            engine.SetVersion(connection, version + 1);
            transaction.Commit();
        }
    }

    internal static IReadOnlyList<string> Scripts(IStorageEngine engine)
    {
        var prefix = $"Muster.Server.Storage.Migrations.{engine.Scripts}.";
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(n =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!); // named by the assembly itself
                    return reader.ReadToEnd();
                }),
        ];
    }
}
