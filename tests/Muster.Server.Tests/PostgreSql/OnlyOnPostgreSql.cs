using Muster.Server.Tests.Storage;
using Xunit;

namespace Muster.Server.Tests.PostgreSql;

/// <summary>Tests of what SQLite does not have.</summary>
public abstract class OnlyOnPostgreSql
{
    protected OnlyOnPostgreSql() =>
        Assert.SkipUnless(TestDatabase.Server is not null, $"{TestDatabase.Variable} names no PostgreSQL (./test starts one).");

    /// <summary>Ends the connections of the servers that work on this database, as a restart of PostgreSQL does.</summary>
    internal static int Disconnect(TestDatabase store)
    {
        var ended = Catalogue.Lines(
            store,
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and application_name = 'muster'"
        );
        return ended.Count;
    }
}
