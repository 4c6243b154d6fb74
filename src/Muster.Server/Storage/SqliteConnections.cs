using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Muster.Server.Storage;

/// <summary>Settings that SQLite keeps per connection, so every opened one needs them.</summary>
internal sealed class SqliteConnections : DbConnectionInterceptor
{
    /// <summary>
    /// WAL with <c>synchronous = FULL</c>: a commit that was answered survives a power cut.
    /// The busy timeout covers other processes only (a backup, the doctor); inside the process there is one writer.
    /// </summary>
    private const string Settings =
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000; PRAGMA temp_store = MEMORY;";

    private static readonly ConditionalWeakTable<SQLitePCL.sqlite3, string> prepared = [];

    public static string ConnectionString(string path) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = true,
        }.ToString();

    public static void Prepare(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
    }

    /// <summary>Connections are kept open below the pool and opened in name only: the settings are still there then.</summary>
    private static void PrepareOnce(DbConnection connection)
    {
        if (connection is SqliteConnection { Handle: { } handle } && prepared.TryAdd(handle, Settings))
            Prepare(connection);
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => PrepareOnce(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        PrepareOnce(connection);
        return Task.CompletedTask;
    }
}
