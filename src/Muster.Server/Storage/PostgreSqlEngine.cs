using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Muster.Server.Storage;

/// <summary>PostgreSQL: a database on a server that others may use too, named by <c>Storage:ConnectionString</c>.</summary>
internal sealed class PostgreSqlEngine(string connectionString) : IStorageEngine
{
    /// <summary>The lock of who writes, for the whole database and until the end of the transaction. Any number will do; it spells "muster".</summary>
    private const string Turn = "select pg_advisory_xact_lock(120351215609202)";

    /// <summary>Tables are looked for where the scripts would make them; those of extensions are nobody's data.</summary>
    private const string State = """
        select case
          when to_regclass(quote_ident(current_schema()) || '.muster_schema') is not null then 'ours'
          when current_setting('server_encoding') <> 'UTF8' then 'encoding'
          when exists (
            select from pg_class c
            where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
              and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
          ) then 'foreign'
          else 'empty'
        end
        """;

    public string Scripts => "PostgreSql";

    public string Place
    {
        get
        {
            var parts = new NpgsqlConnectionStringBuilder(connectionString);
            return string.Create(CultureInfo.InvariantCulture, $"{parts.Host}:{parts.Port}/{parts.Database}");
        }
    }

    public IsolationLevel Snapshot => IsolationLevel.RepeatableRead;

    public void Use(DbContextOptionsBuilder options) =>
        options.UseNpgsql(
            PostgreSqlConnections.ConnectionString(connectionString),
            npgsql => npgsql.ExecutionStrategy(dependencies => new AskAgain(dependencies))
        );

    public DbConnection Open()
    {
        var connection = new NpgsqlConnection(PostgreSqlConnections.ConnectionString(connectionString, pooling: false));
        connection.Open();
        return connection;
    }

    public DbTransaction BeginAlone(DbConnection connection)
    {
        var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        connection.Run(Turn);
        return transaction;
    }

    public Task WaitForTurnAsync(MusterDb db, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(Turn, ct);

    public int Version(DbConnection connection) =>
        connection.Ask(State) switch
        {
            "ours" => Convert.ToInt32(connection.Ask("select version from muster_schema"), CultureInfo.InvariantCulture),
            "empty" => 0,
            var unfit => throw new UnfitDatabaseException((string)unfit!), // the question names no other
        };

    public void SetVersion(DbConnection connection, int version) =>
        connection.Run(string.Create(CultureInfo.InvariantCulture, $"update muster_schema set version = {version}"));
}
