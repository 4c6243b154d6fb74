using Muster.Server.Enrolment.Renewals;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>Whoever has died: the account goes the way of every other, and nobody writes to them or asks about them.</summary>
public sealed class DeathTests(ShortGracePortal portal) : IClassFixture<ShortGracePortal>
{
    [Fact]
    public async Task The_account_of_somebody_who_died_ends_as_if_the_membership_had_and_comes_back_with_the_mistake()
    {
        var (me, account, member, email, _) = await portal.MemberAsync("In Memory");
        using var _1 = me;
        var before = (await portal.MailsAsync(email)).Count;
        using var desk = await portal.RegistrarAsync();
        await DiedAsync(desk, member, portal.Day(-1));
        var (_, ahead) = await desk.JsonAsync(HttpMethod.Get, $"/api/expiring?show=expired&on={portal.Day(4)}");
        Assert.Contains(member.ToString(), ahead.ToString(), StringComparison.Ordinal);

        await portal.LaterAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(portal.Day(3), portal.Read("select grace_until from accounts where name = @0", account));
        var (_, listed) = await desk.JsonAsync(HttpMethod.Get, "/api/expiring?show=grace");
        var line = listed.GetProperty("grace").EnumerateArray().Single(l => l.GetProperty("id").GetGuid() == member);
        Assert.Equal(
            (portal.Day(-1), portal.Day(2), "In Memory"),
            (
                line.GetProperty("lastDay").GetString(),
                line.GetProperty("worksUntil").GetString(),
                line.GetProperty("institutes").GetString()
            )
        );
        await portal.LaterAsync(TimeSpan.FromDays(3));
        Assert.NotEqual("", portal.Read("select expired_at from accounts where name = @0", account));
        (await me.SignInAsync(account, Steps.Password)).AssertRefused(401, "account.expired");
        Assert.Equal(before, (await portal.MailsAsync(email)).Count);

        using var later = await portal.RegistrarAsync();
        await DiedAsync(later, member, null);
        Assert.Equal("", portal.Read("select grace_until from accounts where name = @0", account));
        await me.SignInAsync(account, Steps.Password);
        Assert.Equal("/me", me.Path);
    }

    [Fact]
    public async Task Of_the_dead_no_end_is_told_and_who_died_is_told_none()
    {
        var (me, _, member, _, institute) = await portal.MemberAsync("Told Of");
        var (other, _, colleague, _, _) = await portal.MemberAsync("Told Of Too");
        using var _1 = me;
        using var _2 = other;
        await portal.ExecuteAsync($"update memberships set institute_id = '{institute.Upper()}' where member_id = '{colleague.Upper()}'");
        await portal.EndAsync(member, 3);
        await portal.EndAsync(colleague, 3);
        await portal.LaterAsync(TimeSpan.FromMinutes(1)); // both are warned, and nobody speaks for the institute yet
        using var desk = await portal.RegistrarAsync();
        await DiedAsync(desk, member, portal.Day(0));
        await SpeakerAsync(desk, institute, "Living", "living@death.example", null);
        await SpeakerAsync(desk, institute, "Late", "late@death.example", portal.Day(0));

        await portal.LaterAsync(TimeSpan.FromMinutes(11));

        var told = Assert.Single(await EndingsAsync("living@death.example"));
        Assert.Contains(Name(colleague), told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Name(member), told.Text, StringComparison.Ordinal);
        Assert.Empty(await EndingsAsync("late@death.example"));
    }

    [Fact]
    public async Task Of_a_round_who_died_does_not_hear_and_nobody_is_asked_whether_they_are_still_here()
    {
        await using var own = new Portal();
        await own.InitializeAsync();
        var (me, barred, holder, barredEmail, institute) = await own.MemberAsync("Round Of");
        using var _1 = me;
        using var desk = await own.RegistrarAsync();
        await SpeakerAsync(desk, institute, "Living", "living@round.example", null);
        await SpeakerAsync(desk, institute, "Late", "late@round.example", own.Day(0));
        await NameAsync(desk, institute, holder);
        await own.ExecuteAsync($"update accounts set state = 'Suspended' where name = '{barred}'");
        var lastDay = own.Day(15);

        var (opened, round) = await desk.JsonAsync(HttpMethod.Post, "/api/rounds", new { name = "Spring", lastDay });
        Assert.Equal(201, opened);

        Assert.Contains("/represent/", (await own.LinkAsync("living@round.example", "/represent/")), StringComparison.Ordinal);
        Assert.Empty(await own.MailsAsync("late@round.example"));
        Assert.DoesNotContain(await own.MailsAsync(barredEmail), m => m.Link("/represent/") is not null);
        var (_, progress) = await desk.JsonAsync(HttpMethod.Get, $"/api/rounds/{round.GetProperty("id").GetGuid()}");
        var line = progress.GetProperty("institutes").EnumerateArray().Single(i => i.GetProperty("id").GetGuid() == institute);
        Assert.Equal(2, line.GetProperty("people").GetInt32());
        // The account is back, and so is its holder's part in the round.
        await own.ExecuteAsync($"update accounts set state = 'Active' where name = '{barred}'");
        await InviteRepresentatives.RunAsync(own.Services, TestContext.Current.CancellationToken);
        Assert.Contains(await own.MailsAsync(barredEmail), m => m.Link("/represent/") is not null);
    }

    private async Task<List<TestMail>> EndingsAsync(string address) =>
        [.. (await portal.MailsAsync(address)).Where(m => m.Subject.Contains("Whose membership ends", StringComparison.Ordinal))];

    private string Name(Guid member) => portal.Read("select display_name from members where id = @0", member.Upper());

    private static async Task SpeakerAsync(Visitor desk, Guid institute, string given, string email, string? died)
    {
        var speaker = await desk.EnterPersonAsync(institute, given, "Deathspeaker", email);
        await NameAsync(desk, institute, speaker);
        if (died is not null)
            await DiedAsync(desk, speaker, died);
    }

    private static async Task NameAsync(Visitor desk, Guid institute, Guid member)
    {
        var (status, body) = await desk.JsonAsync(
            HttpMethod.Post,
            $"/api/institutes/{institute}/representatives",
            new { member, kind = "Representative" }
        );
        Assert.True(status == 200, body.ToString());
    }

    [Fact]
    public async Task A_day_of_death_that_is_still_to_come_is_refused()
    {
        using var desk = await portal.RegistrarAsync();
        var (me, account) = await portal.JoinAsync(portal.NextMember());
        using var _ = me;
        var member = portal.MemberOf(account);

        var (status, problem) = await desk.JsonAsync(
            HttpMethod.Post,
            $"/api/people/{member}",
            new
            {
                given = "A",
                family = "B",
                deceasedOn = portal.Now.AddDays(3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            }
        );

        Assert.Equal((422, "person.death-to-come"), (status, problem.Code()));
    }

    private static async Task DiedAsync(Visitor desk, Guid member, string? day)
    {
        var (_, person) = await desk.JsonAsync(HttpMethod.Get, $"/api/people/{member}");
        var (status, body) = await desk.JsonAsync(
            HttpMethod.Post,
            $"/api/people/{member}",
            new
            {
                given = person.GetProperty("given").GetString(),
                family = person.GetProperty("family").GetString(),
                deceasedOn = day,
            }
        );
        Assert.True(status == 200, body.ToString());
    }
}
