using System.Data.Common;
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

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Prepare(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Prepare(connection);
        return Task.CompletedTask;
    }
}
