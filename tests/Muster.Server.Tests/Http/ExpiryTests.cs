using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Muster.Server.Storage;
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
        var (me, account, member, email, institute) = await MemberAsync("Whole Way");
        using var _ = me;
        await SpeakerAsync(institute, "whole-way@speaker.example");
        await EndAsync(member, 3);

        await portal.LaterAsync(TimeSpan.FromMinutes(1));
        await portal.LaterAsync(TimeSpan.FromMinutes(1));
        Assert.Single(await MailsAsync(email, "Your membership of")); // the one for seven days; that for thirty lies behind
        var told = Assert.Single(await MailsAsync("whole-way@speaker.example", "Whose membership ends"));
        Assert.Contains($"{Day(3)}  {Name(member)} (staff)", told.Text, StringComparison.Ordinal);

        await portal.LaterAsync(TimeSpan.FromDays(2));
        Assert.Equal(2, (await MailsAsync(email, "Your membership of")).Count);
        Assert.Equal(2, (await MailsAsync("whole-way@speaker.example", "Whose membership ends")).Count);

        await portal.LaterAsync(TimeSpan.FromDays(2));
        var over = Assert.Single(await MailsAsync(email, "is over"));
        Assert.Contains($"still works until {Day(2)}", over.Text, StringComparison.Ordinal);
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
            var (status, person) = await ExtendAsync(desk, member, Day(100), "Came back to finish the thesis");
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
        var (me, _, member, _, institute) = await MemberAsync("Seen There");
        using var _1 = me;
        using var speaker = await SpeakerWithAccountAsync(institute);
        await EndAsync(member, -1);
        await portal.LaterAsync(TimeSpan.FromMinutes(1));

        await speaker.GetAsync($"/my-institute/{institute}");
        Assert.Contains("account works until", speaker.Text, StringComparison.Ordinal);
        await speaker.PostFormAsync("a-", ($"a-{member}_2024-01-01", "Extended"), ($"d-{member}_2024-01-01", Day(60)));

        Assert.Equal(200, speaker.Status);
        Assert.DoesNotContain("account works until", speaker.Text, StringComparison.Ordinal);
        Assert.Equal("", portal.Read("select grace_until from accounts where member_id = @0", Upper(member)));
        Assert.Contains("account.grace-over", Acts(member), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspension_by_a_person_is_not_lifted_by_a_membership()
    {
        var (me, account, member, email, _) = await MemberAsync("Barred");
        using var _1 = me;
        await EndAsync(member, -10);
        await portal.LaterAsync(TimeSpan.FromMinutes(1));
        await ExecuteAsync($"update accounts set state = 'Suspended' where name = '{account}'");
        await portal.LaterAsync(TimeSpan.FromDays(2));
        await portal.LaterAsync(TimeSpan.FromDays(2));
        Assert.Empty(await MailsAsync(email, "rests"));
        using var desk = await portal.RegistrarAsync();

        Assert.Equal(200, (await ExtendAsync(desk, member, Day(100), "A new contract")).Status);
        await portal.SettleAsync();

        Assert.Contains("account.revived", Acts(member), StringComparison.Ordinal);
        Assert.Equal("false", Enabled(account));
        (await me.SignInAsync(account, Steps.Password)).AssertRefused(401, "sign-in.account-not-active");
    }

    [Fact]
    public async Task An_account_that_cannot_be_read_holds_up_no_other()
    {
        var (me, broken, first, _, _) = await MemberAsync("Broken");
        var (other, _, second, _, _) = await MemberAsync("Whole");
        using var _1 = me;
        using var _2 = other;
        await EndAsync(first, -1);
        await EndAsync(second, -1);
        await ExecuteAsync($"update accounts set state = 'Nonsense' where name = '{broken}'");
        try
        {
            await portal.LaterAsync(TimeSpan.FromMinutes(1));
        }
        finally
        {
            await ExecuteAsync($"update accounts set state = 'Active' where name = '{broken}'");
        }

        Assert.DoesNotContain("account.grace-began", Acts(first), StringComparison.Ordinal);
        Assert.Contains("account.grace-began", Acts(second), StringComparison.Ordinal);
        await portal.LaterAsync(TimeSpan.FromMinutes(1));
        Assert.Contains("account.grace-began", Acts(first), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_move_and_a_second_institute_begin_no_grace()
    {
        var (me, _, member, _, institute) = await MemberAsync("Mover");
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
                from = Day(0),
            }
        );
        Assert.Equal(200, status);

        await portal.LaterAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("", portal.Read("select grace_until from accounts where member_id = @0", Upper(member)));
        Assert.DoesNotContain("account.", Acts(member), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_desk_lists_who_is_in_the_grace_and_whose_account_is_over_as_of_any_day()
    {
        var (me, account, member, _, _) = await MemberAsync("Listed");
        using var _1 = me;
        await EndAsync(member, 0);
        using var desk = await portal.RegistrarAsync();

        foreach (var (day, list) in new[] { (0, "ending"), (1, "grace"), (3, "grace"), (4, "expired"), (400, "expired") })
        {
            var (_, answer) = await desk.JsonAsync(HttpMethod.Get, $"/api/expiring?on={Day(day)}");
            foreach (var name in (string[])["ending", "grace", "expired"])
                Assert.Equal(name == list, Holds(answer, name, member));
        }
        var (_, only) = await desk.JsonAsync(HttpMethod.Get, $"/api/expiring?show=grace&on={Day(1)}");
        Assert.Equal(0, only.GetProperty("ended").GetArrayLength());
        var line = only.GetProperty("grace").EnumerateArray().Single(l => l.GetProperty("id").GetGuid() == member);
        Assert.Equal(
            (Day(0), Day(3), "Listed"),
            (line.GetProperty("lastDay").GetString(), line.GetProperty("worksUntil").GetString(), line.GetProperty("institutes").GetString())
        );
        await desk.GetAsync($"/api/expiring.csv?show=Expired&on={Day(10)}");
        Assert.Contains($"\"{Day(0)}\",\"{Day(3)}\",", desk.Html, StringComparison.Ordinal);
        Assert.Contains($",\"{account}\",\"Listed\",\"{member}\"", desk.Html, StringComparison.Ordinal);
        await desk.GetAsync($"/desk/expiring?show=Grace&on={Day(2)}");
        Assert.Contains(account, desk.Text, StringComparison.Ordinal);
        foreach (var (query, code) in new[] { ("show=7", "expiring.list-unknown"), ("on=tomorrow", "day.unreadable") })
            (await desk.GetAsync("/desk/expiring?" + query)).AssertRefused(400, code);
    }

    [Fact]
    public async Task What_cannot_be_extended_is_refused_at_its_field()
    {
        var (me, _, member, _, institute) = await MemberAsync("Refused");
        using var _1 = me;
        await EndAsync(member, 5);
        using var desk = await portal.RegistrarAsync();
        var own = $"{institute}/2024-01-01";

        foreach (
            var (named, day, reason, code) in new[]
            {
                (own, Day(50), "", "extension.reason-missing"),
                (own, Day(50), "bell \a", "person.bad-characters"),
                (own, "", "why", "renewal.day-missing"),
                (own, "soon", "why", "day.unreadable"),
                (own, Day(5), "why", "renewal.not-longer"),
                (own, Day(5_000), "why", "renewal.too-far"),
                ($"{Guid.CreateVersion7()}/2024-01-01", Day(50), "why", "membership.unknown"),
                ("../..", Day(50), "why", "membership.unknown"),
            }
        )
        {
            var (status, problem) = await desk.JsonAsync(
                HttpMethod.Post,
                $"/api/people/{member}/extend",
                new
                {
                    membership = named,
                    lastDay = day,
                    reason,
                }
            );
            Assert.Equal((422, code), (status, problem.Code()));
        }
        Assert.Equal(404, (await ExtendAsync(desk, Guid.CreateVersion7(), Day(50), "why", own)).Status);
        Assert.Equal(403, (await ExtendAsync(await SignedInAsync(me, member), member, Day(50), "why", own)).Status);

        await desk.GetAsync($"/desk/people/{member}");
        await desk.PostFormAsync("extend-reason", ("lastDay", Day(50)));
        desk.AssertRefused(422, "extension.reason-missing");
        Assert.Contains("href=\"#extend-reason\"", desk.Html, StringComparison.Ordinal);
        await desk.PostFormAsync("extend-reason", ("lastDay", Day(50)), ("reason", "Finishes the thesis"));
        Assert.Contains("Finishes the thesis", desk.Text, StringComparison.Ordinal);
        Assert.Equal(Day(51), portal.Read("select \"until\" from memberships where member_id = @0", Upper(member)));
    }

    [Fact]
    public async Task Sent_twice_at_the_same_moment_an_extension_counts_once()
    {
        var (me, _, member, _, institute) = await MemberAsync("Twice");
        using var _1 = me;
        await EndAsync(member, -1);
        await portal.LaterAsync(TimeSpan.FromMinutes(1));
        using var desk = await portal.RegistrarAsync();

        var both = await Task.WhenAll(
            ExtendAsync(desk, member, Day(50), "once", $"{institute}/2024-01-01"),
            ExtendAsync(desk, member, Day(50), "again", $"{institute}/2024-01-01")
        );

        Assert.Equal([200, 422], both.Select(b => b.Status).Order());
        Assert.Equal(
            "1",
            portal.Read("select count(*) from audit_records where action = 'membership.extended' and member_id = @0", Upper(member))
        );
    }

    private async Task<Visitor> SignedInAsync(Visitor visitor, Guid member) =>
        await visitor.SignInAsync(portal.Read("select name from accounts where member_id = @0", Upper(member)), Steps.Password);

    private static bool Holds(JsonElement answer, string list, Guid member) =>
        answer.GetProperty(list).EnumerateArray().Any(l => l.GetProperty("id").GetGuid() == member);

    private async Task<(int Status, JsonElement Body)> ExtendAsync(
        Visitor desk,
        Guid member,
        string lastDay,
        string reason,
        string? membership = null
    ) =>
        await desk.JsonAsync(
            HttpMethod.Post,
            $"/api/people/{member}/extend",
            new
            {
                membership = membership
                    ?? $"{portal.Read("select institute_id from memberships where member_id = @0", Upper(member))}/2024-01-01",
                lastDay,
                reason,
            }
        );

    /// <summary>Somebody with an account whose only membership is at an institute of its own.</summary>
    private async Task<(Visitor Me, string Account, Guid Member, string Email, Guid Institute)> MemberAsync(string institute)
    {
        var certificate = portal.NextMember();
        var (me, account) = await portal.JoinAsync(certificate);
        var member = Guid.Parse(portal.Read("select member_id from accounts where name = @0", account));
        using var desk = await portal.RegistrarAsync();
        var id = await desk.EnterInstituteAsync(institute);
        await ExecuteAsync($"delete from memberships where member_id = '{Upper(member)}'");
        await JoinAsync(desk, member, id);
        return (me, account, member, certificate.Email, id);
    }

    private static async Task JoinAsync(Visitor desk, Guid member, Guid institute)
    {
        var (status, body) = await desk.JsonAsync(
            HttpMethod.Post,
            $"/api/people/{member}/memberships",
            new
            {
                institute,
                position = "staff",
                from = "2024-01-01",
            }
        );
        Assert.True(status == 200, body.ToString());
    }

    private async Task EndAsync(Guid member, int lastDay)
    {
        var institute = portal.Read("select institute_id from memberships where member_id = @0", Upper(member));
        using var desk = await portal.RegistrarAsync();
        var (status, body) = await desk.JsonAsync(
            HttpMethod.Post,
            $"/api/people/{member}/memberships/{institute}/2024-01-01",
            new { position = "staff", until = Day(lastDay) }
        );
        Assert.True(status == 200, body.ToString());
    }

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
        var speaker = Guid.Parse(portal.Read("select member_id from accounts where name = @0", account));
        await JoinAsync(desk, speaker, institute);
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

    private Task<int> ExecuteAsync(string sql) =>
        portal
            .Services.GetRequiredService<Writer>()
            .WriteAsync(
                nameof(ExpiryTests),
                (db, ct) => db.Database.ExecuteSqlRawAsync(sql, ct),
                TestContext.Current.CancellationToken
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
                        portal.Read("select count(*) from audit_records where member_id = @0 and action = @1", Upper(member), act),
                        CultureInfo.InvariantCulture
                    )
                )
            )
        );

    private string Enabled(string account) =>
        portal.Read("select case when enabled then 'true' else 'false' end from directory_entries where uid = @0", account);

    private string Name(Guid member) => portal.Read("select display_name from members where id = @0", Upper(member));

    private string Day(int days) => portal.Now.AddDays(days).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Upper(Guid id) => id.ToString().ToUpperInvariant();
}
