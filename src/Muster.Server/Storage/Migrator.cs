using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace Muster.Server.Storage;

/// <summary>Brings a database to the schema of this version: numbered SQL scripts, each in one transaction, never backwards.</summary>
/// <remarks>Choice (0002): reviewed SQL scripts instead of generated migrations.</remarks>
internal static class Migrator
{
    private const string Prefix = "Muster.Server.Storage.Migrations.Sqlite.";

    public sealed record Outcome(int From, int To);

    /// <summary>The database was written by a newer version of the program.</summary>
    public sealed class NewerDatabaseException(int found, int known)
        : Exception($"The database has schema version {found}; this program knows versions up to {known}.")
    {
        public int Found { get; } = found;
        public int Known { get; } = known;
    }

    public static Outcome Migrate(string path)
    {
        using var connection = new SqliteConnection(SqliteConnections.ConnectionString(path));
        connection.Open();
        SqliteConnections.Prepare(connection);
        Execute(connection, "PRAGMA journal_mode = WAL;");

        var scripts = Scripts();
        var from = Version(connection);
        if (from > scripts.Count)
            throw new NewerDatabaseException(from, scripts.Count);
        for (var version = from + 1; version <= scripts.Count; version++)
        {
            using var transaction = connection.BeginTransaction();
            Execute(connection, scripts[version - 1]);
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version};"));
            transaction.Commit();
        }
        return new Outcome(from, scripts.Count);
    }

    internal static int Version(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version;";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    internal static IReadOnlyList<string> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(n =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!); // named by the assembly itself
                    return reader.ReadToEnd();
                }),
        ];
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
