using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Muster.Server.Audit;
using Muster.Server.Storage;
using Xunit;

namespace Muster.Server.Tests.Http;

public sealed class AuditTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task The_trail_holds_and_the_database_refuses_to_change_it()
    {
        await portal.JoinAsync(portal.NextMember());

        Assert.Null(await VerifyAsync(portal.Database));
        Assert.Throws<SqliteException>(() => Run(portal.Database, "update audit_records set actor_name = 'somebody' where sequence = 2"));
        Assert.Throws<SqliteException>(() => Run(portal.Database, "delete from audit_records where sequence = 2"));
    }

    [Theory]
    [InlineData("update audit_records set actor_name = 'somebody' where sequence = 3", 3, "changed")]
    [InlineData("update audit_records set details = '{}' where sequence = 2", 2, "changed")]
    [InlineData("delete from audit_records where sequence = 3", 3, "missing")]
    [InlineData("delete from audit_records where sequence > 4", 5, "cut-off")]
    [InlineData("update audit_head set sequence = sequence - 1", null, "seal")]
    public async Task Whoever_breaks_the_trail_is_found_at_the_first_broken_record(string sql, int? sequence, string kind)
    {
        await portal.JoinAsync(portal.NextMember());
        await portal.SettleAsync();
        var copy = Path.Combine(Path.GetDirectoryName(portal.Database)!, "tampered.db"); // a file has a folder
        File.Delete(copy);
        Run(portal.Database, $"vacuum into '{copy}'");
        Run(copy, "drop trigger audit_records_no_update; drop trigger audit_records_no_delete; " + sql);

        var found = await VerifyAsync(copy);

        Assert.NotNull(found);
        Assert.Equal(kind, found.Kind);
        if (sequence is { } expected)
            Assert.Equal(expected, found.Sequence);
    }

    private async Task<AuditBreak?> VerifyAsync(string path)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<MusterDb>>().CreateDbContextAsync(ct);
        db.Database.SetConnectionString($"Data Source={path};Pooling=False");
        try
        {
            return await portal.Services.GetRequiredService<AuditTrail>().VerifyAsync(db, ct);
        }
        finally
        {
            db.Database.SetConnectionString(SqliteConnections.ConnectionString(portal.Database));
        }
    }

    private static void Run(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of the tests
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
