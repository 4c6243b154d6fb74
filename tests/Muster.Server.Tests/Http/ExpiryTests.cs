using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>A grace that tests can live through.</summary>
public sealed class ShortGracePortal : Portal
{
    protected override IReadOnlyDictionary<string, string?> MoreSettings { get; } =
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["Register:GraceDays"] = "3", ["Register:GraceNoticeDays"] = "2" };
}

/// <summary>What becomes of an account when its holder's last membership ends, and how it comes back.</summary>
public sealed class ExpiryTests(ShortGracePortal portal) : IClassFixture<ShortGracePortal>
{
    [Fact]
    public async Task The_end_is_told_in_time_then_comes_the_grace_then_the_account_rests_and_an_extension_brings_it_back()
    {
        var (me, account, member, email, institute) = await portal.MemberAsync("Whole Way");
        using var _ = me;
        await SpeakerAsync(institute, "whole-way@speaker.example");
        await portal.EndAsync(member, 3);

        await portal.LaterAsync(TimeSpan.FromMinutes(1));
        await portal.LaterAsync(TimeSpan.FromMinutes(1));
        Assert.Single(await MailsAsync(email, "Your membership of")); // the one for seven days; that for thirty lies behind
        var told = Assert.Single(await MailsAsync("whole-way@speaker.example", "Whose membership ends"));
        Assert.Contains($"{portal.Day(3)}  {Name(member)} (staff)", told.Text, StringComparison.Ordinal);

        await portal.LaterAsync(TimeSpan.FromDays(2));
        Assert.Equal(2, (await MailsAsync(email, "Your membership of")).Count);
        Assert.Equal(2, (await MailsAsync("whole-way@speaker.example", "Whose membership ends")).Count);

        await portal.LaterAsync(TimeSpan.FromDays(2));
        var over = Assert.Single(await MailsAsync(email, "is over"));
        Assert.Contains($"still works until {portal.Day(2)}", over.Text, StringComparison.Ordinal);
        await me.SignInAsync(account, Steps.Password);
        foreach (var page in (string[])["/me", "/me/certificates"])
        {
            await me.GetAsync(page);
            Assert.Equal((200, page), (me.Status, me.Path));
            Assert.Contains("Your membership is over. Your account works until", me.Text, StringComparison.Ordinal);
        }
        Assert.Equal("true", Enabled(account));

        await portal.LaterAsync(TimeSpan.FromDays(2));
        Assert.Empty(await MailsAsync(email, "rests"));
        await me.SignInAsync(account, Steps.Password);
        await portal.LaterAsync(TimeSpan.FromDays(1));
        Assert.Single(await MailsAsync(email, "rests"));
        Assert.Equal("false", Enabled(account));
        Assert.Equal(
            "0",
            portal.Read(
                "select count(*) from sessions s join accounts a on a.id = s.account_id where a.name = @0 and s.ended_at is null",
                account
            )
        );
        (await me.SignInAsync(account, Steps.Password)).AssertRefused(401, "account.expired");

        using (var desk = await portal.RegistrarAsync())
        {
            var (status, person) = await portal.ExtendAsync(desk, member, portal.Day(100), "Came back to finish the thesis");
            Assert.Equal(200, status);
            Assert.False(person.GetProperty("account").GetProperty("expired").GetBoolean());
        }
        await portal.SettleAsync();
        Assert.Equal("true", Enabled(account));
        Assert.Single(await MailsAsync(email, "works again"));
        await me.SignInAsync(account, Steps.Password);
        Assert.Equal("/me", me.Path);
        Assert.DoesNotContain("Your membership is over", me.Text, StringComparison.Ordinal);
        Assert.Equal(
            "account.end-warned,account.end-warned,account.expired,account.grace-began,account.revived,membership.extended",
            Acts(member)
        );
        // Another turn does nothing more.
        await portal.LaterAsync(TimeSpan.FromHours(1));
        Assert.Equal(6, Acts(member).Split(',').Length);
    }

    [Fact]
    public async Task A_representative_sees_the_grace_and_an_extension_from_there_ends_it_at_once()
    {
        var (me, _, member, _, institute) = await portal.MemberAsync("Seen There");
        using var _1 = me;
        using var speaker = await SpeakerWithAccountAsync(institute);
        await portal.EndAsync(member, -1);
        await portal.LaterAsync(TimeSpan.FromMinutes(1));

        await speaker.GetAsync($"/my-institute/{institute}");
        Assert.Contains("account works until", speaker.Text, StringComparison.Ordinal);
        await speaker.PostFormAsync("a-", ($"a-{member}_2024-01-01", "Extended"), ($"d-{member}_2024-01-01", portal.Day(60)));

        Assert.Equal(200, speaker.Status);
        Assert.DoesNotContain("account works until", speaker.Text, StringComparison.Ordinal);
        Assert.Equal("", portal.Read("select grace_until from accounts where member_id = @0", member.Upper()));
        Assert.Contains("account.grace-over", Acts(member), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspension_by_a_person_is_not_lifted_by_a_membership()
    {
        var (me, account, member, email, _) = await portal.MemberAsync("Barred");
        using var _1 = me;
        await portal.EndAsync(member, -10);
        await portal.LaterAsync(TimeSpan.FromMinutes(1));
        await portal.ExecuteAsync($"update accounts set state = 'Suspended' where name = '{account}'");
        await portal.LaterAsync(TimeSpan.FromDays(2));
        await portal.LaterAsync(TimeSpan.FromDays(2));
        Assert.Empty(await MailsAsync(email, "rests"));
        using var desk = await portal.RegistrarAsync();

        Assert.Equal(200, (await portal.ExtendAsync(desk, member, portal.Day(100), "A new contract")).Status);
        await portal.SettleAsync();

        Assert.Contains("account.revived", Acts(member), StringComparison.Ordinal);
        Assert.Equal("false", Enabled(account));
        (await me.SignInAsync(account, Steps.Password)).AssertRefused(401, "sign-in.account-not-active");
    }

    [Fact]
    public async Task A_file_that_gives_the_membership_back_gives_the_account_back_and_taking_the_file_back_is_an_end_like_any_other()
    {
        var (me, account, member, email, _) = await portal.MemberAsync("Filed Back");
        using var _1 = me;
        await portal.EndAsync(member, -10);
        foreach (var wait in (TimeSpan[])[TimeSpan.FromMinutes(1), TimeSpan.FromDays(2), TimeSpan.FromDays(2)])
            await portal.LaterAsync(wait);
        Assert.Single(await MailsAsync(email, "rests"));
        using var desk = await portal.RegistrarAsync();
        Assert.DoesNotContain("Filed Back", await NumbersAsync(desk), StringComparison.Ordinal);
        string Of(string column) => portal.Read($"select {column} from members where id = @0", member.Upper());

        var look = await desk.LookAtLinesAsync(
            $"{member},{Of("given")},{Of("family")},{email},,Filed Back,staff,2024-01-01,{portal.Day(100)}"
        );
        Assert.Empty(look.Codes());
        Assert.Equal(200, (await desk.ApplyAsync(look)).Status);
        Assert.Contains("Filed Back", await NumbersAsync(desk), StringComparison.Ordinal);
        await portal.LaterAsync(TimeSpan.FromMinutes(11));

        Assert.Single(await MailsAsync(email, "works again"));
        Assert.Equal("true", Enabled(account));
        await me.SignInAsync(account, Steps.Password);
        Assert.Equal("/me", me.Path);

        Assert.Equal(200, (await desk.RollBackAsync(look)).Status);
        Assert.DoesNotContain("Filed Back", await NumbersAsync(desk), StringComparison.Ordinal);
        await portal.LaterAsync(TimeSpan.FromMinutes(11));
        Assert.Equal(2, Acts(member).Split(',').Count(a => a == "account.grace-began"));
        Assert.Equal("true", Enabled(account));

        static async Task<string> NumbersAsync(Visitor desk)
        {
            await desk.GetAsync("/api/numbers?series=by-institute");
            return desk.Html;
        }
    }

    [Fact]
    public async Task An_account_that_cannot_be_read_holds_up_no_other()
    {
        var (me, broken, first, _, _) = await portal.MemberAsync("Broken");
        var (other, _, second, _, _) = await portal.MemberAsync("Whole");
        using var _1 = me;
        using var _2 = other;
        await portal.EndAsync(first, -1);
        await portal.EndAsync(second, -1);
        await portal.ExecuteAsync($"update accounts set state = 'Nonsense' where name = '{broken}'");
        try
        {
            await portal.LaterAsync(TimeSpan.FromMinutes(1));
        }
        finally
        {
            await portal.ExecuteAsync($"update accounts set state = 'Active' where name = '{broken}'");
        }

        Assert.DoesNotContain("account.grace-began", Acts(first), StringComparison.Ordinal);
        Assert.Contains("account.grace-began", Acts(second), StringComparison.Ordinal);
        await portal.LaterAsync(TimeSpan.FromMinutes(1));
        Assert.Contains("account.grace-began", Acts(first), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_move_and_a_second_institute_begin_no_grace()
    {
        var (me, _, member, _, institute) = await portal.MemberAsync("Mover");
        using var _1 = me;
        using var desk = await portal.RegistrarAsync();
        var next = await desk.EnterInstituteAsync("Mover Next");
        var (status, _) = await desk.JsonAsync(
            HttpMethod.Post,
            $"/api/people/{member}/move",
            new
            {
                leaving = $"{institute}/2024-01-01",
                institute = next,
                position = "staff",
                from = portal.Day(0),
            }
        );
        Assert.Equal(200, status);

        await portal.LaterAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("", portal.Read("select grace_until from accounts where member_id = @0", member.Upper()));
        Assert.DoesNotContain("account.", Acts(member), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_desk_lists_who_is_in_the_grace_and_whose_account_is_over_as_of_any_day()
    {
        var (me, account, member, _, _) = await portal.MemberAsync("Listed");
        using var _1 = me;
        await portal.EndAsync(member, 0);
        using var desk = await portal.RegistrarAsync();

        foreach (var (day, list) in new[] { (0, "ending"), (1, "grace"), (3, "grace"), (4, "expired"), (400, "expired") })
        {
            var (_, answer) = await desk.JsonAsync(HttpMethod.Get, $"/api/expiring?on={portal.Day(day)}");
            foreach (var name in (string[])["ending", "grace", "expired"])
                Assert.Equal(name == list, Holds(answer, name, member));
        }
        var (_, only) = await desk.JsonAsync(HttpMethod.Get, $"/api/expiring?show=grace&on={portal.Day(1)}");
        Assert.Equal(0, only.GetProperty("ended").GetArrayLength());
        var line = only.GetProperty("grace").EnumerateArray().Single(l => l.GetProperty("id").GetGuid() == member);
        Assert.Equal(
            (portal.Day(0), portal.Day(3), "Listed"),
            (
                line.GetProperty("lastDay").GetString(),
                line.GetProperty("worksUntil").GetString(),
                line.GetProperty("institutes").GetString()
            )
        );
        await desk.GetAsync($"/api/expiring.csv?show=Expired&on={portal.Day(10)}");
        Assert.Contains($"\"{portal.Day(0)}\",\"{portal.Day(3)}\",", desk.Html, StringComparison.Ordinal);
        Assert.Contains($",\"{account}\",\"Listed\",\"{member}\"", desk.Html, StringComparison.Ordinal);
        await desk.GetAsync($"/desk/expiring?on={portal.Day(10)}");
        foreach (var list in (string[])["Ended", "Grace", "Expired"])
            Assert.Contains(
                $"href=\"/api/expiring.csv?within=60&amp;show={list}&amp;on={portal.Day(10)}\"",
                desk.Html,
                StringComparison.Ordinal
            );
        await desk.GetAsync($"/api/expiring.csv?show=Ended&on={portal.Day(10)}");
        Assert.Contains($"\"{portal.Day(0)}\",", desk.Html, StringComparison.Ordinal);
        await desk.GetAsync($"/api/expiring.csv?show=Ended&on={portal.Day(0)}");
        Assert.DoesNotContain(member.ToString(), desk.Html, StringComparison.Ordinal); // still there, so among those that end
        await desk.GetAsync($"/desk/expiring?show=Grace&on={portal.Day(2)}");
        Assert.Contains(account, desk.Text, StringComparison.Ordinal);
        foreach (var (query, code) in new[] { ("show=7", "expiring.list-unknown"), ("on=tomorrow", "day.unreadable") })
            (await desk.GetAsync("/desk/expiring?" + query)).AssertRefused(400, code);
    }

    private static bool Holds(JsonElement answer, string list, Guid member) =>
        answer.GetProperty(list).EnumerateArray().Any(l => l.GetProperty("id").GetGuid() == member);

    private async Task SpeakerAsync(Guid institute, string email)
    {
        using var desk = await portal.RegistrarAsync();
        var speaker = await desk.EnterPersonAsync(institute, "Sam", "Speaker", email);
        await NameAsync(desk, institute, speaker);
    }

    private async Task<Visitor> SpeakerWithAccountAsync(Guid institute)
    {
        var (me, account) = await portal.JoinAsync(portal.NextMember());
        using var desk = await portal.RegistrarAsync();
        var speaker = Guid.Parse(portal.MemberOf(account));
        await desk.JoinAsync(speaker, institute);
        await NameAsync(desk, institute, speaker);
        return await me.SignInAsync(account, Steps.Password);
    }

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

    private async Task<List<TestMail>> MailsAsync(string address, string subject) =>
        [.. (await portal.MailsAsync(address)).Where(m => m.Subject.Contains(subject, StringComparison.Ordinal))];

    private string Acts(Guid member) =>
        string.Join(
            ',',
            new[]
            {
                "account.end-warned",
                "account.expired",
                "account.grace-began",
                "account.grace-over",
                "account.revived",
                "membership.extended",
            }.SelectMany(act =>
                Enumerable.Repeat(
                    act,
                    int.Parse(
                        portal.Read("select count(*) from audit_records where member_id = @0 and action = @1", member.Upper(), act),
                        CultureInfo.InvariantCulture
                    )
                )
            )
        );

    private string Enabled(string account) =>
        portal.Read("select case when enabled then 'true' else 'false' end from directory_entries where uid = @0", account);

    private string Name(Guid member) => portal.Read("select display_name from members where id = @0", member.Upper());
}
