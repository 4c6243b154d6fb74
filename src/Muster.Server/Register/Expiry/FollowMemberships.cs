using Muster.Core.Accounts;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Members;

namespace Muster.Server.Register.Expiry;

/// <summary>
/// The clock of memberships: warnings before the end, the grace after it, the end of the grace, the return. Each account by itself, so that
/// one that cannot be written holds up no other.
/// </summary>
internal static class FollowMemberships
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <summary>So many wait for the writer together, and share a commit.</summary>
    private const int AtOnce = 32;

    public static async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        var desk = services.GetRequiredService<Desk>();
        var steps = services.GetRequiredService<ExpirySteps>();
        var log = services.GetRequiredService<ILogger<ExpirySteps>>();
        List<AccountId> due;
        await using (var db = await desk.ReadAsync(ct))
            due = await db.AccountsToFollowAsync(steps.Rules, desk.Today, ct);
        foreach (var some in due.Chunk(AtOnce))
            await Task.WhenAll(some.Select(id => FollowAsync(desk, steps, log, id, ct)));
        await TellSpeakers.RunAsync(desk, log, ct);
    }

    private static async Task FollowAsync(Desk desk, ExpirySteps steps, ILogger log, AccountId id, CancellationToken ct)
    {
        try
        {
            await desk.Writer.WriteAsync(
                nameof(FollowMemberships),
                async (db, unit) =>
                {
                    if (
                        await db.AccountAsync(id, unit) is not { } account
                        || await db.MemberAsync(account.MemberId, unit) is not { } member
                    )
                        return ExpiryStep.None;
                    var step = await steps.TakeAsync(db, account, member, unit);
                    await db.SaveChangesAsync(unit);
                    return step;
                },
                ct
            );
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.AccountNotFollowed(log, id.Value, e);
        }
    }
}
