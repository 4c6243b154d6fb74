using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Server.Register.Accounts;
using Muster.Server.Storage;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>What is left of an account that is over: nothing that opens, and a word about the way back.</summary>
public sealed class AfterTheEndTests(ShortGracePortal portal) : IClassFixture<ShortGracePortal>
{
    [Fact]
    public async Task Whoever_registers_with_the_certificate_of_an_account_that_is_over_is_told_whom_to_ask_and_not_to_sign_in()
    {
        var (me, account, member, _, _) = await portal.MemberAsync("Told Whom");
        using var _1 = me;
        await me.GetAsync(portal.Options.CertificateLink("/register/certificate"));
        Assert.Contains($"/sign-in?account={account}", me.Html, StringComparison.Ordinal);
        await portal.EndAsync(member, -10);
        await portal.LaterAsync(TimeSpan.FromMinutes(1));
        await portal.LaterAsync(TimeSpan.FromDays(3));

        await me.GetAsync(portal.Options.CertificateLink("/register/certificate"));

        Assert.Equal(200, me.Status);
        Assert.Contains(account, me.Text, StringComparison.Ordinal);
        Assert.Contains("Your membership is over, and so is the account", me.Text, StringComparison.Ordinal);
        Assert.Contains("ask those who speak for your institute", me.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/sign-in?account=", me.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("/password/forgot", me.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_end_with_the_account_also_where_changes_are_not_looked_for_by_themselves()
    {
        var (me, account, _, _, _) = await portal.MemberAsync("Bulk End");
        using var _1 = me;
        await me.SignInAsync(account, Steps.Password);
        Assert.Equal("/me", me.Path);
        var now = portal.Now;
        var today = DateOnly.FromDateTime(now.UtcDateTime);

        var step = await portal
            .Services.GetRequiredService<Writer>()
            .WriteAsync(
                nameof(AfterTheEndTests),
                async (db, ct) =>
                {
                    db.ChangeTracker.AutoDetectChangesEnabled = false;
                    try
                    {
                        var found = (await db.AccountByNameAsync(account, ct))!; // has just signed in
                        var taken = found.Follow(new MembershipStretch(false, today), new ExpiryRules([], 0, 0), today, now);
                        db.ChangeTracker.DetectChanges();
                        await db.SaveChangesAsync(ct);
                        return taken;
                    }
                    finally
                    {
                        db.ChangeTracker.AutoDetectChangesEnabled = true;
                    }
                },
                TestContext.Current.CancellationToken
            );

        Assert.Equal(ExpiryStep.Expired, step);
        Assert.Equal(
            "0",
            portal.Read(
                "select count(*) from sessions s join accounts a on a.id = s.account_id where a.name = @0 and s.ended_at is null",
                account
            )
        );
        await me.GetAsync("/me");
        Assert.StartsWith("/sign-in", me.Path, StringComparison.Ordinal);
    }
}
