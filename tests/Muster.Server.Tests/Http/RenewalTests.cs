using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Muster.Server.Enrolment.Renewals;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>Who speaks for an institute says of its people: still here, has left, extended; signed in or by the link of a mail.</summary>
public sealed class RenewalTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_representative_sees_the_own_people_and_no_others_and_ends_or_extends_them()
    {
        using var desk = await portal.RegistrarAsync();
        var (me, mine) = await RepresentativeAsync(desk, "Own People");
        using var _ = me;
        var other = await desk.EnterInstituteAsync("Other People");
        var stranger = await desk.EnterPersonAsync(other, "Not", "Mine");
        var (leaves, stays) = (await desk.EnterPersonAsync(mine, "Lena", "Leaver"), await desk.EnterPersonAsync(mine, "Stan", "Stayer"));

        await me.GetAsync("/my-institute");
        Assert.Equal($"/my-institute/{mine}", me.Path);
        Assert.Contains("Leaver, Lena", me.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Mine", me.Text, StringComparison.Ordinal);
        Assert.Equal(403, (await me.GetAsync($"/my-institute/{other}")).Status);

        await me.GetAsync($"/my-institute/{mine}");
        await me.PostFormAsync(
            "a-",
            (Key("a", leaves), "Left"),
            (Key("d", leaves), Day(-1)),
            (Key("a", stays), "Extended"),
            (Key("d", stays), Day(400))
        );

        Assert.Equal(200, me.Status);
        Assert.Equal(Day(0), Until(leaves));
        Assert.Equal(Day(401), Until(stays));
        Assert.Equal(
            "2",
            portal.Read("select count(*) from audit_records where action = 'membership.confirmed' and institute_id = @0", Upper(mine))
        );
        // A line about somebody of another institute is none of this page's.
        var (status, problem) = await me.JsonAsync(
            HttpMethod.Post,
            $"/api/my-institute/{mine}",
            new
            {
                answers = new[]
                {
                    new
                    {
                        member = stranger,
                        from = "2024-01-01",
                        answer = "Left",
                        day = Day(-1),
                    },
                },
            }
        );
        Assert.Equal((422, "membership.unknown"), (status, problem.Code()));
        Assert.Equal("", Until(stranger));
        Assert.Equal(
            403,
            (
                await me.JsonAsync(
                    HttpMethod.Post,
                    $"/api/my-institute/{other}",
                    new
                    {
                        answers = new[]
                        {
                            new
                            {
                                member = stranger,
                                from = "2024-01-01",
                                answer = "Left",
                                day = Day(-1),
                            },
                        },
                    }
                )
            ).Status
        );
    }

    [Fact]
    public async Task One_line_that_cannot_be_keeps_all_of_them_back_and_is_told_at_its_place()
    {
        using var desk = await portal.RegistrarAsync();
        var (me, mine) = await RepresentativeAsync(desk, "All Or None");
        using var _ = me;
        var (good, bad) = (await desk.EnterPersonAsync(mine, "Good", "Line"), await desk.EnterPersonAsync(mine, "Bad", "Line"));
        await me.GetAsync($"/my-institute/{mine}");

        await me.PostFormAsync(
            "a-",
            (Key("a", good), "Left"),
            (Key("d", good), Day(-1)),
            (Key("a", bad), "Left"),
            (Key("d", bad), "2019-01-01")
        );

        me.AssertRefused(422, "renewal.left-before-start");
        Assert.Equal("", Until(good));
        Assert.Contains($"href=\"#{Key("d", bad)}\"", me.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"2019-01-01\"", me.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_round_is_mailed_answered_by_link_without_a_password_and_audited_as_such()
    {
        await using var own = new Portal();
        await own.InitializeAsync();
        using var desk = await own.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("By Link");
        var speaker = await desk.EnterPersonAsync(institute, "Linda", "Linkholder", "linda@link.example");
        var person = await desk.EnterPersonAsync(institute, "Per", "Person");
        Assert.Equal(
            200,
            (
                await desk.JsonAsync(
                    HttpMethod.Post,
                    $"/api/institutes/{institute}/representatives",
                    new { member = speaker, kind = "Representative" }
                )
            ).Status
        );
        var lastDay = own.Now.AddDays(15).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Empty((await desk.JsonAsync(HttpMethod.Get, "/api/rounds")).Body.EnumerateArray());
        await desk.GetAsync("/desk/rounds");
        await desk.PostFormAsync("name=\"lastDay\"", ("name", "Spring"), ("lastDay", lastDay));
        Assert.StartsWith("/desk/rounds/", desk.Path, StringComparison.Ordinal);
        var round = desk.Path["/desk/rounds/".Length..];
        var (_, again) = await desk.JsonAsync(HttpMethod.Post, "/api/rounds", new { name = "Second", lastDay });
        Assert.Equal("renewal.round-open", again.Code());

        using var visitor = own.Visit();
        await visitor.GetAsync(await own.LinkAsync("linda@link.example", "/represent/"));
        Assert.Contains("Linda Linkholder", visitor.Text, StringComparison.Ordinal);
        await visitor.PostFormAsync("a-", (Key("a", person), "Here"), (Key("a", speaker), "Here"));

        Assert.Equal(200, visitor.Status);
        Assert.Contains("2 of 2", visitor.Text, StringComparison.Ordinal);
        Assert.Equal(
            "link|Linda Linkholder",
            own.Read("select actor_kind || '|' || actor_name from audit_records where action = 'membership.confirmed'")
        );
        var (_, progress) = await desk.JsonAsync(HttpMethod.Get, "/api/rounds/" + round);
        Assert.Equal(2, progress.GetProperty("answered").GetInt32());
        var days = progress.GetProperty("days");
        Assert.Equal(2, days[days.GetArrayLength() - 1].GetProperty("inAll").GetInt32());
        await desk.GetAsync("/desk/rounds/" + round);
        Assert.Contains("<svg class=\"plot lines\"", desk.Html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/api/rounds/{round}.csv\"", desk.Html, StringComparison.Ordinal);
        await desk.GetAsync($"/api/rounds/{round}.csv");
        Assert.Contains("\"answered_on_day\"", desk.Html, StringComparison.Ordinal);
        Assert.Contains(",\"2\",\"2\"", desk.Html, StringComparison.Ordinal);

        // Answered: no reminder for this institute, but for those that have not; each threshold once.
        await own.LaterAsync(TimeSpan.FromHours(25));
        await InviteRepresentatives.RunAsync(own.Services, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(await own.MailsAsync("linda@link.example"), m => m.Subject.StartsWith("Reminder", StringComparison.Ordinal));
        Assert.NotEqual("0", own.Read("select count(*) from audit_records where action = 'round.reminded'"));
        Assert.Equal("0", own.Read("select count(*) from round_invitations where reminded_days <> 14"));

        // Who speaks no more, or a link with a letter changed, opens nothing.
        var link = await own.LinkAsync("linda@link.example", "/represent/");
        Assert.Equal(404, (await visitor.GetAsync(link[..^2] + (link[^2] == 'A' ? "B" : "A") + link[^1])).Status);
        var (ended, _) = await desk.JsonAsync(
            HttpMethod.Post,
            $"/api/institutes/{institute}/representatives/end",
            new { member = speaker, since = own.Read("select \"from\" from representatives where member_id = @0", Upper(speaker)) }
        );
        Assert.True(ended is 200 or 401);
        using var desk2 = await own.RegistrarAsync();
        await desk2.JsonAsync(
            HttpMethod.Post,
            $"/api/institutes/{institute}/representatives/end",
            new { member = speaker, since = own.Read("select \"from\" from representatives where member_id = @0", Upper(speaker)) }
        );
        Assert.Equal(404, (await visitor.GetAsync(link)).Status);
    }

    [Fact]
    public async Task Who_speaks_for_an_institute_lets_others_stay_longer_but_never_the_own_membership()
    {
        using var desk = await portal.RegistrarAsync();
        var (me, mine) = await RepresentativeAsync(desk, "Not Oneself");
        using var _ = me;
        var self = Guid.Parse(portal.Read("select member_id from representatives where institute_id = @0", Upper(mine)));
        var other = await desk.EnterPersonAsync(mine, "Some", "Other");
        await me.GetAsync($"/my-institute/{mine}");
        Assert.Contains($"id=\"aExtended-{other}_2024-01-01\"", me.Html, StringComparison.Ordinal);
        Assert.Contains($"id=\"{Key("a", self)}\"", me.Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"id=\"aExtended-{self}_2024-01-01\"", me.Html, StringComparison.Ordinal);
        var (ended, body) = await desk.JsonAsync(
            HttpMethod.Post,
            $"/api/people/{self}/memberships/{mine}/2024-01-01",
            new { position = "staff", until = Day(20) }
        );
        Assert.True(ended == 200, body.ToString());

        await me.PostFormAsync(
            "a-",
            (Key("a", self), "Extended"),
            (Key("d", self), Day(400)),
            (Key("a", other), "Extended"),
            (Key("d", other), Day(400))
        );

        me.AssertRefused(422, "renewal.own-extension");
        Assert.Equal(
            Day(21),
            portal.Read("select \"until\" from memberships where member_id = @0 and institute_id = @1", Upper(self), Upper(mine))
        );
        Assert.Equal("", Until(other)); // all lines, or none
        var (status, problem) = await SayAsync(me, mine, self, "Extended", Day(400));
        Assert.Equal((422, "renewal.own-extension"), (status, problem.Code()));
        Assert.Equal(200, (await SayAsync(me, mine, self, "Left", Day(10))).Status);
        Assert.Equal(200, (await SayAsync(me, mine, other, "Extended", Day(400))).Status);
    }

    [Fact]
    public async Task The_link_of_a_mail_does_not_lengthen_its_holders_membership_and_opens_nothing_while_the_account_is_closed()
    {
        await using var own = new Portal();
        await own.InitializeAsync();
        var (me, account, member, email, institute) = await own.MemberAsync("Closed Link");
        using var _ = me;
        using (var desk = await own.RegistrarAsync())
        {
            await NameAsync(desk, institute, member);
            var lastDay = own.Day(15);
            Assert.Equal(201, (await desk.JsonAsync(HttpMethod.Post, "/api/rounds", new { name = "Spring", lastDay })).Status);
        }
        var link = await own.LinkAsync(email, "/represent/");
        using var visitor = own.Visit();
        Assert.Equal(200, (await visitor.GetAsync(link)).Status);
        Assert.DoesNotContain("value=\"Extended\"", visitor.Html, StringComparison.Ordinal);

        await visitor.PostFormAsync("a-", (Key("a", member), "Extended"), (Key("d", member), own.Day(400)));
        visitor.AssertRefused(422, "renewal.own-extension");

        foreach (var closed in (string[])["state = 'Suspended'", "state = 'Active', grace_until = '2024-02-01', expired_at = ordered_at"])
        {
            await visitor.GetAsync(link);
            Assert.Equal(200, visitor.Status);
            await own.ExecuteAsync($"update accounts set {closed} where name = '{account}'");
            await visitor.PostFormAsync("a-", (Key("a", member), "Here"));
            visitor.AssertRefused(404, "renewal.link-over");
            (await visitor.GetAsync(link)).AssertRefused(404, "renewal.link-over");
            Assert.Equal("0", own.Read("select count(*) from confirmations"));
            await own.ExecuteAsync($"update accounts set state = 'Active', grace_until = null, expired_at = null where name = '{account}'");
        }
        (await visitor.GetAsync("/represent/nonsense")).AssertRefused(404, "renewal.link-over");
    }

    [Fact]
    public async Task A_left_that_was_a_mistake_takes_no_authorship_away_for_good()
    {
        using var desk = await portal.RegistrarAsync();
        var (me, mine) = await RepresentativeAsync(desk, "Left By Mistake");
        using var _ = me;
        var (first, second) = (await desk.EnterPersonAsync(mine, "Mia", "Taken"), await desk.EnterPersonAsync(mine, "Max", "Taken"));
        foreach (var member in (Guid[])[first, second])
        {
            Assert.Equal(200, (await SayAsync(me, mine, member, "Left", Day(-1))).Status);
            Assert.Equal(Day(0), AuthorUntil(member));
        }

        Assert.Equal(200, (await SayAsync(me, mine, first, "Extended", Day(300))).Status);
        var (status, body) = await portal.ExtendAsync(desk, second, Day(300), "Had not left");
        Assert.True(status == 200, body.ToString());

        Assert.Equal(("", ""), (AuthorUntil(first), AuthorUntil(second)));
    }

    [Fact]
    public async Task Nothing_said_is_refused_and_still_here_between_rounds_writes_nothing()
    {
        using var desk = await portal.RegistrarAsync();
        var (me, mine) = await RepresentativeAsync(desk, "Nothing Said");
        using var _ = me;
        var person = await desk.EnterPersonAsync(mine, "Here", "Staying");
        await me.GetAsync($"/my-institute/{mine}");

        await me.PostFormAsync("a-");
        me.AssertRefused(422, "renewal.nothing-said");
        await me.PostFormAsync("a-", (Key("a", person), "Here"));

        Assert.Contains("Nothing had changed", me.Text, StringComparison.Ordinal);
        Assert.Equal(
            "0",
            portal.Read("select count(*) from audit_records where action = 'membership.confirmed' and member_id = @0", Upper(person))
        );
    }

    private async Task<(Visitor Me, Guid Institute)> RepresentativeAsync(Visitor desk, string institute)
    {
        var certificate = portal.NextMember();
        var (me, account) = await portal.JoinAsync(certificate);
        var id = await desk.EnterInstituteAsync(institute);
        var member = portal.MemberOf(account);
        Assert.Equal(
            200,
            (
                await desk.JsonAsync(
                    HttpMethod.Post,
                    $"/api/people/{member}/memberships",
                    new
                    {
                        institute = id,
                        position = "staff",
                        from = "2024-01-01",
                    }
                )
            ).Status
        );
        Assert.Equal(
            200,
            (await desk.JsonAsync(HttpMethod.Post, $"/api/institutes/{id}/representatives", new { member, kind = "Representative" })).Status
        );
        await me.SignInAsync(account, Steps.Password);
        return (me, id);
    }

    private static async Task<(int Status, System.Text.Json.JsonElement Body)> SayAsync(
        Visitor me,
        Guid institute,
        Guid member,
        string answer,
        string day
    ) =>
        await me.JsonAsync(
            HttpMethod.Post,
            $"/api/my-institute/{institute}",
            new
            {
                answers = new[]
                {
                    new
                    {
                        member,
                        from = "2024-01-01",
                        answer,
                        day,
                    },
                },
            }
        );

    private static async Task NameAsync(Visitor desk, Guid institute, Guid member) =>
        Assert.Equal(
            200,
            (
                await desk.JsonAsync(
                    HttpMethod.Post,
                    $"/api/institutes/{institute}/representatives",
                    new { member, kind = "Representative" }
                )
            ).Status
        );

    private static string Key(string part, Guid member) => $"{part}-{member}_2024-01-01";

    private string Until(Guid member) => portal.Read("select \"until\" from memberships where member_id = @0", Upper(member));

    private string AuthorUntil(Guid member) => portal.Read("select author_until from memberships where member_id = @0", Upper(member));

    private string Day(int days) => portal.Now.AddDays(days).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Upper(Guid id) => id.ToString().ToUpperInvariant();
}
