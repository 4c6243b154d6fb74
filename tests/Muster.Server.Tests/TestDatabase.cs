using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Muster.Server.Storage;
using Npgsql;

namespace Muster.Server.Tests;

/// <summary>
/// An empty database of one's own: a file in the given folder, or, where <c>MUSTER_TEST_POSTGRES</c> names a server on which databases
/// may be made, one of those, which is gone when this is disposed of.
/// </summary>
internal sealed class TestDatabase : IDisposable
{
    public const string Variable = "MUSTER_TEST_POSTGRES";

    private static int made;
    private readonly string file;
    private readonly NpgsqlDataSource? source;

    private TestDatabase(string file, NpgsqlDataSource? source)
    {
        this.file = file;
        this.source = source;
        ConnectionString = source?.ConnectionString ?? "";
    }

    public static string? Server => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    /// <summary>As the setting of the server; empty for SQLite.</summary>
    public string ConnectionString { get; }

    public bool IsPostgreSql => source is not null;

    public IStorageEngine Engine =>
        new StorageOptions { DataFolder = Path.GetDirectoryName(file)!, ConnectionString = ConnectionString }.Engine(); // a file has a folder

    /// <summary>A file, wherever the tests run.</summary>
    public static TestDatabase FileIn(string folder) => new(Path.Combine(folder, "muster.db"), null);

    /// <param name="folder">For the file.</param>
    /// <param name="options">How it is made on a server; empty for as usual there.</param>
    public static TestDatabase In(string folder, string options = "")
    {
        if (Server is not { } server)
            return FileIn(folder);
        var name = string.Create(CultureInfo.InvariantCulture, $"muster_{Environment.ProcessId}_{Interlocked.Increment(ref made)}");
        OnServer(server, $"create database {name} {options}");
        var parts = new NpgsqlConnectionStringBuilder(server)
        {
            Database = name,
            MaxPoolSize = 20,
            PersistSecurityInfo = true,
        };
        return new TestDatabase(Path.Combine(folder, "muster.db"), NpgsqlDataSource.Create(parts));
    }

    /// <summary>The first value of the first row; empty when there is none. Values are named @0, @1 … in the question.</summary>
    public string Read(string sql, params string[] values)
    {
        using var connection = Open();
        return Database.Read(connection, sql, values);
    }

    public void Run(string sql)
    {
        using var connection = Open();
        connection.Run(sql);
    }

    public DbConnection Open()
    {
        if (source is not null)
            return source.OpenConnection();
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        if (source is null)
        {
            SqliteConnection.ClearAllPools();
            return;
        }
        var name = new NpgsqlConnectionStringBuilder(ConnectionString).Database;
        source.Dispose();
        OnServer(Server!, $"drop database {name} with (force)"); // it was made there
    }

    private static void OnServer(string server, string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ToString());
        connection.Open();
        connection.Run(sql);
    }
}
