using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Muster.Server.Storage;

/// <summary>SQLite: a file in the data folder, and nothing to be installed or run beside the process.</summary>
internal sealed class SqliteEngine(string path) : IStorageEngine
{
    public string Scripts => "Sqlite";

    public string Place => path;

    /// <summary>The level at which the provider begins without taking the write lock; a snapshot is what WAL gives anyhow.</summary>
    public IsolationLevel Snapshot => IsolationLevel.ReadUncommitted;

    public void Use(DbContextOptionsBuilder options) =>
        options.UseSqlite(SqliteConnections.ConnectionString(path)).AddInterceptors(new SqliteConnections());

    public DbConnection Open()
    {
        var connection = new SqliteConnection(SqliteConnections.ConnectionString(path));
        connection.Open();
        SqliteConnections.Prepare(connection);
        connection.Run("PRAGMA journal_mode = WAL;");
        return connection;
    }

    /// <summary>The provider begins immediately: the lock of the file is the turn.</summary>
    public DbTransaction BeginAlone(DbConnection connection) => connection.BeginTransaction();

    public Task WaitForTurnAsync(MusterDb db, CancellationToken ct) => Task.CompletedTask;

    public int Version(DbConnection connection) => Convert.ToInt32(connection.Ask("PRAGMA user_version;"), CultureInfo.InvariantCulture);

    public void SetVersion(DbConnection connection, int version) =>
        connection.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version};"));
}
