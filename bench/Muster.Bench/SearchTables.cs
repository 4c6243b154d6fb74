using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Muster.Bench;

/// <summary>Which engine is asked; PostgreSQL is a server of its own that is started for it and ended with it.</summary>
internal sealed class SearchEngine(string name, bool isServer)
{
    public static readonly SearchEngine Sqlite = new("SQLite", false);
    public static readonly SearchEngine PostgreSql = new("PostgreSQL", true);

    public string Name => name;

    public async Task<SearchDatabase> StartAsync()
    {
        if (!isServer)
            return new SearchDatabase(null, null);
        var folder = Directory.CreateTempSubdirectory("muster-bench-pg-").FullName;
        var server = (await EngAsync("start", folder)).Trim();
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var make = new NpgsqlCommand("create database muster encoding 'UTF8' template template0", connection);
        await make.ExecuteNonQueryAsync();
        return new SearchDatabase(new NpgsqlConnectionStringBuilder(server) { Database = "muster" }.ConnectionString, folder);
    }

    internal static async Task<string> EngAsync(string verb, string folder)
    {
        using var run =
            Process.Start(
                new ProcessStartInfo(Path.GetFullPath("eng/postgresql"), [verb, folder])
                {
                    RedirectStandardOutput = true,
                    UseShellExecute = false,
                }
            ) ?? throw new InvalidOperationException("eng/postgresql does not start.");
        var text = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        return run.ExitCode == 0 ? text : throw new InvalidOperationException($"eng/postgresql {verb} ended with {run.ExitCode}.");
    }
}

/// <summary>An empty database for one size.</summary>
/// <param name="ConnectionString">Null for SQLite, which lies in the installation's folder.</param>
internal sealed record SearchDatabase(string? ConnectionString, string? Folder) : IAsyncDisposable
{
    public SearchTables Open(string site) =>
        new(
            ConnectionString is { } server
                ? new NpgsqlConnection(server + ";Command Timeout=0")
                : new SqliteConnection($"Data Source={Path.Combine(site, "muster.db")};Pooling=False")
        );

    public async ValueTask DisposeAsync()
    {
        if (Folder is null)
            return;
        NpgsqlConnection.ClearAllPools();
        await SearchEngine.EngAsync("stop", Folder);
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>Many rows into a table, as fast as the engine takes them.</summary>
internal sealed class SearchTables : IAsyncDisposable
{
    private readonly DbConnection connection;

    public SearchTables(DbConnection connection)
    {
        this.connection = connection;
        connection.Open();
        if (connection is SqliteConnection)
            Run("pragma synchronous = off");
    }

    public async Task PutAsync(string table, string[] columns, IEnumerable<object[]> rows)
    {
        var list = string.Join(", ", columns.Select(c => $"\"{c}\""));
        if (connection is NpgsqlConnection server)
        {
            await using var copy = await server.BeginBinaryImportAsync($"copy {table} ({list}) from stdin (format binary)");
            foreach (var row in rows)
                await copy.WriteRowAsync(CancellationToken.None, row);
            await copy.CompleteAsync();
            return;
        }
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = Command(
            $"insert into {table} ({list}) values ({string.Join(", ", columns.Select((_, i) => Parameter(i)))})"
        );
        command.Transaction = transaction;
        for (var i = 0; i < columns.Length; i++)
            command.Parameters.Add(new SqliteParameter(Parameter(i), null));
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
                command.Parameters[i].Value = row[i];
            await command.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
    }

    public async Task<List<Guid>> InstitutesAsync()
    {
        await using var command = Command("select id from institutes");
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new List<Guid>();
        while (await reader.ReadAsync())
            ids.Add(reader.GetGuid(0));
        return ids;
    }

    public async Task<List<string>> KnownWordsAsync()
    {
        await using var command = Command("select word from known_words");
        await using var reader = await command.ExecuteReaderAsync();
        var words = new List<string>();
        while (await reader.ReadAsync())
            words.Add(reader.GetString(0));
        return words;
    }

    public void Analyse() => Run(connection is NpgsqlConnection ? "vacuum analyze" : "analyze");

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static string Parameter(int i) => string.Create(CultureInfo.InvariantCulture, $"@p{i}");

    private void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    private DbCommand Command(string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this project
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
