using Xunit;

namespace Muster.Server.Tests.Http;

public sealed class SignInTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_wrong_password_and_an_unknown_account_get_the_same_answer()
    {
        using var visitor = portal.Visit();

        await visitor.SignInAsync("registrar", "not the password at all");
        var known = visitor.Text.Replace("registrar", "NAME", StringComparison.Ordinal);
        visitor.AssertRefused(401, "sign-in.wrong");
        await visitor.SignInAsync("nobodyx", "not the password at all");

        Assert.Equal(known, visitor.Text.Replace("nobodyx", "NAME", StringComparison.Ordinal));
        visitor.AssertRefused(401, "sign-in.wrong");
    }

    [Fact]
    public async Task Guessing_is_slowed_and_the_owner_in_a_known_browser_is_not_shut_out()
    {
        var (owner, account) = await portal.JoinAsync(portal.NextMember());
        await owner.SignInAsync(account, Steps.Password);
        Assert.Equal("/me", owner.Path);
        using var attacker = portal.Visit();

        for (var guess = 0; guess < 10; guess++)
            await attacker.SignInAsync(account, $"guess number {guess} of many");
        await attacker.SignInAsync(account, Steps.Password);
        attacker.AssertRefused(429, "sign-in.slow-down");

        await owner.GetAsync("/me");
        await owner.PostFormAsync("/sign-out");
        await owner.SignInAsync(account, Steps.Password);
        Assert.Equal("/me", owner.Path);
        await portal.LaterAsync(TimeSpan.FromMinutes(15));
        await attacker.SignInAsync(account, Steps.Password);
        Assert.Equal("/me", attacker.Path);
        owner.Dispose();
    }

    [Fact]
    public async Task Guesses_sent_at_once_do_not_slip_through_together()
    {
        var (owner, account) = await portal.JoinAsync(portal.NextMember());
        owner.Dispose();
        var attackers = Enumerable.Range(0, 30).Select(_ => portal.Visit()).ToList();
        foreach (var attacker in attackers)
            await attacker.GetAsync("/sign-in");

        await Task.WhenAll(attackers.Select((a, i) => a.PostAsync(("account", account), ("password", $"another guess {i}"))));

        Assert.True(attackers.Count(a => a.Status == 401) <= 10, $"{attackers.Count(a => a.Status == 401)} were looked at");
        attackers.ForEach(a => a.Dispose());
        await portal.LaterAsync(TimeSpan.FromHours(2));
    }

    [Fact]
    public async Task My_account_shows_my_data_and_every_record_about_me()
    {
        var me = portal.NextMember();
        var (visitor, account) = await portal.JoinAsync(me);

        await visitor.SignInAsync(account, Steps.Password);

        Assert.Contains(account, visitor.Text, StringComparison.Ordinal);
        Assert.Contains(me.Email, visitor.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(me.Subject, visitor.Text, StringComparison.Ordinal);
        var records = int.Parse(
            portal.Read(
                "select count(*) from audit_records where account_id = (select id from accounts where name = @0) or registration_id = (select registration_id from accounts where name = @0)",
                account
            ),
            System.Globalization.CultureInfo.InvariantCulture
        );
        Assert.True(records >= 7, $"{records}");
        visitor.Dispose();
    }

    [Fact]
    public async Task The_session_cookie_is_hardened_and_ends_with_the_session()
    {
        var (visitor, account) = await portal.JoinAsync(portal.NextMember());
        using var second = portal.Visit();
        await second.SignInAsync(account, Steps.Password);
        await visitor.SignInAsync(account, Steps.Password);

        await visitor.PostFormAsync("everywhere", ("everywhere", "on"));

        Assert.StartsWith("/sign-in", (await second.GetAsync("/me")).Path, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await visitor.GetAsync("/me")).Path, StringComparison.Ordinal);
        visitor.Dispose();
    }

    [Fact]
    public async Task A_session_ends_by_itself()
    {
        var (visitor, account) = await portal.JoinAsync(portal.NextMember());
        await visitor.SignInAsync(account, Steps.Password);

        await portal.LaterAsync(TimeSpan.FromHours(10) + TimeSpan.FromSeconds(1));

        Assert.StartsWith("/sign-in", (await visitor.GetAsync("/me")).Path, StringComparison.Ordinal);
        visitor.Dispose();
    }
}
