using System.Data.Common;
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

        Assert.Null(await VerifyAfterAsync());
        var gone = Assert.ThrowsAny<DbException>(() => portal.Store.Run("delete from audit_records where sequence = 2"));
        var changed = Assert.ThrowsAny<DbException>(() =>
            portal.Store.Run("update audit_records set actor_name = 'somebody' where sequence = 2")
        );
        Assert.Contains("append-only", gone.Message, StringComparison.Ordinal);
        Assert.Contains("append-only", changed.Message, StringComparison.Ordinal);
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

        var found = await VerifyAfterAsync(DropTriggers("audit_records_no_update", "audit_records_no_delete"), sql);

        Assert.NotNull(found);
        Assert.Equal(kind, found.Kind);
        if (sequence is { } expected)
            Assert.Equal(expected, found.Sequence);
        Assert.Null(await VerifyAfterAsync());
    }

    /// <summary>What the trail says in a transaction in which somebody did this; it is undone at the end.</summary>
    private async Task<AuditBreak?> VerifyAfterAsync(params string[] deeds)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<MusterDb>>().CreateDbContextAsync(ct);
        await using var undone = await db.Database.BeginTransactionAsync(ct);
        foreach (var deed in deeds)
#pragma warning disable EF1002 // constants of the tests
            await db.Database.ExecuteSqlRawAsync(deed.Replace("{}", "{{}}", StringComparison.Ordinal), ct);
#pragma warning restore EF1002
        return await portal.Services.GetRequiredService<AuditTrail>().VerifyAsync(db, ct);
    }

    private string DropTriggers(params string[] names) =>
        string.Join("; ", names.Select(n => portal.Store.IsPostgreSql ? $"drop trigger {n} on audit_records" : $"drop trigger {n}"));
}
