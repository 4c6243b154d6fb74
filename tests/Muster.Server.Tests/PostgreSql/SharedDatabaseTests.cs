using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Muster.Server.Audit;
using Muster.Server.Storage;
using Muster.Server.Tests.Storage;
using Xunit;

namespace Muster.Server.Tests.PostgreSql;

/// <summary>More than one process on one database.</summary>
public sealed class SharedDatabaseTests : OnlyOnPostgreSql, IDisposable
{
    private readonly Room room = new();

    [Fact]
    public async Task Two_servers_that_write_at_the_same_time_lose_nothing_and_keep_one_chain()
    {
        var ct = TestContext.Current.CancellationToken;
        IServiceProvider[] servers = [room.Services, room.Another(), room.Another()];
        const int Each = 60;

        await Task.WhenAll(
            from server in servers
            from i in Enumerable.Range(0, Each)
            select Task.Run(() => AppendAsync(server, i, ct), ct)
        );

        await using var db = await room.ContextAsync(ct);
        Assert.Equal(servers.Length * Each, await db.Set<AuditRecord>().CountAsync(ct));
        Assert.Null(await room.Services.GetRequiredService<AuditTrail>().VerifyAsync(db, ct));
    }

    [Fact]
    public async Task Who_writes_waits_for_who_writes_elsewhere()
    {
        var other = room.Another();
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = other
            .GetRequiredService<Writer>()
            .WriteAsync(
                "test.hold",
                async (_, _) =>
                {
                    begun.SetResult();
                    await end.Task;
                    return 0;
                },
                CancellationToken.None
            );
        await begun.Task;

        var second = room.PutAsync("waits");
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, TestContext.Current.CancellationToken);
        var waited = !second.IsCompleted;
        end.SetResult();
        await Task.WhenAll(first, second);

        Assert.True(waited);
        Assert.Equal(1, room.Rows("waits"));
    }

    public void Dispose() => room.Dispose();

    private static async Task AppendAsync(IServiceProvider server, int number, CancellationToken ct)
    {
        var trail = server.GetRequiredService<AuditTrail>();
        await server
            .GetRequiredService<Writer>()
            .WriteAsync(
                "test.append",
                async (db, unit) =>
                {
                    var entry = new AuditEntry("members.loaded", Actor.Operator) { Details = { ["number"] = $"{number}" } };
                    await trail.AppendAsync(db, entry, TimeProvider.System.GetUtcNow(), unit);
                    return await db.SaveChangesAsync(unit);
                },
                ct
            );
    }
}
