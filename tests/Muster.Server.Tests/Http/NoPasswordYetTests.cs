using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>A membership that ends and comes back before its holder has set a first password.</summary>
public sealed class NoPasswordYetTests(ShortGracePortal portal) : IClassFixture<ShortGracePortal>
{
    [Theory]
    [InlineData("InitialPassword", 0)]
    [InlineData("Locked", 0)]
    [InlineData("Active", 1)]
    public async Task An_account_is_said_to_work_again_only_where_it_does(string state, int mails)
    {
        var (me, account, member, email) = await OverAsync($"Again {state}", state, "null");
        using var _ = me;
        using var desk = await portal.RegistrarAsync();

        Assert.Equal(200, (await portal.ExtendAsync(desk, member, portal.Day(100), "A new contract")).Status);
        await portal.SettleAsync();

        Assert.Equal(
            "1",
            portal.Read("select count(*) from audit_records where action = 'account.revived' and member_id = @0", member.Upper())
        );
        Assert.Equal(state, portal.Read("select state from accounts where name = @0", account));
        Assert.Equal(mails, await CountAsync(email, "works again"));
    }

    [Fact]
    public async Task A_first_password_that_lapses_with_the_account_over_is_not_told()
    {
        var (me, account, _, email) = await OverAsync("Lapsed Over", "InitialPassword", "ordered_at");
        using var _1 = me;

        await portal.LaterAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("Locked", portal.Read("select state from accounts where name = @0", account));
        Assert.Equal(0, await CountAsync(email, "is locked"));
    }

    /// <summary>Over, and then in the state.</summary>
    private async Task<(Visitor Me, string Account, Guid Member, string Email)> OverAsync(string institute, string state, string lapses)
    {
        var (me, account, member, email, _) = await portal.MemberAsync(institute);
        await portal.EndAsync(member, -10);
        await portal.LaterAsync(TimeSpan.FromMinutes(1));
        await portal.LaterAsync(TimeSpan.FromDays(3));
        Assert.Equal(1, await CountAsync(email, "rests"));
        await portal.ExecuteAsync($"update accounts set state = '{state}', initial_password_lapses_at = {lapses} where name = '{account}'");
        return (me, account, member, email);
    }

    private async Task<int> CountAsync(string address, string subject) =>
        (await portal.MailsAsync(address)).Count(m => m.Subject.Contains(subject, StringComparison.Ordinal));
}
