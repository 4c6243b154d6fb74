using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>The register of people: found in any spelling, changed with history, moved in one act, and seen as of any day.</summary>
public sealed class PeopleTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_person_is_found_by_every_name_spelling_and_identifier()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("Zugspitze Lab");
        var id = await desk.EnterPersonAsync(
            institute,
            "Jürgen-Ægir",
            "Großmüllner",
            "j.gross@zugspitze.example",
            "格罗斯",
            "0000-0002-1825-0097"
        );

        foreach (
            var question in (string[])
                [
                    "Großmüllner",
                    "grossmullner",
                    "GROSSMUELLNER jue",
                    "jurgen gross",
                    "gross aegir",
                    "j.gross@zug",
                    "0000-0002-1825",
                    "格罗",
                    "zugspitze grossm",
                    "grossmulner", // one slip
                    "gorssmullner", // two exchanged
                    "ossmulln", // inside
                ]
        )
            Assert.True((await desk.FindAsync(question)).Ids().Contains(id), question);
        foreach (var question in (string[])["grossmullner anna", "xyzzyq", "0000-0002-1825-0098", "%", "' or 1=1 --", "\"", "*"])
            Assert.False((await desk.FindAsync(question)).Ids().Contains(id), question);
    }

    [Fact]
    public async Task A_person_is_found_by_the_subject_of_a_certificate_and_by_the_account()
    {
        var certificate = portal.NextMember();
        var (visitor, account) = await portal.JoinAsync(certificate);
        visitor.Dispose();
        using var desk = await portal.RegistrarAsync();

        Assert.Single((await desk.FindAsync(certificate.Subject)).Ids());
        Assert.Single((await desk.FindAsync(account)).Ids());
        Assert.Contains(account, (await desk.GetAsync($"/desk/people?q={account}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_was_given_up_finds_the_person_for_ever_and_is_shown()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("Names");
        var id = await desk.EnterPersonAsync(institute, "Maria", "Altenkirchenburg");

        await desk.GetAsync($"/desk/people/{id}");
        await desk.PostFormAsync("name=\"publicationName\"", ("family", "Neuenkirchenburg"), ("publicationName", "M. Neuenkirchenburg"));

        Assert.Equal($"/desk/people/{id}", desk.Path);
        Assert.Contains("Altenkirchenburg", desk.Text, StringComparison.Ordinal);
        Assert.Contains("Neuenkirchenburg", desk.Text, StringComparison.Ordinal);
        Assert.Equal([id], (await desk.FindAsync("altenkirchenb")).Ids());
        Assert.Equal([id], (await desk.FindAsync("neuenkirchenb")).Ids());
        Assert.Equal("1", portal.Read("select count(*) from audit_records where action = 'member.changed' and member_id = @0", Upper(id)));
        // Saved again without a change, nothing is written.
        await desk.PostFormAsync("name=\"publicationName\"");
        Assert.Equal("1", portal.Read("select count(*) from audit_records where action = 'member.changed' and member_id = @0", Upper(id)));
    }

    [Fact]
    public async Task A_move_is_one_act_keeps_the_account_and_tells_those_who_speak_for_both()
    {
        using var desk = await portal.RegistrarAsync();
        var (here, there) = (await desk.EnterInstituteAsync("Moving From"), await desk.EnterInstituteAsync("Moving To"));
        var id = await desk.EnterPersonAsync(here, "Ada", "Wanderer");
        foreach (var (institute, mail) in ((Guid, string)[])[(here, "from@speakers.example"), (there, "to@speakers.example")])
        {
            var speaker = await desk.EnterPersonAsync(institute, "Speaker", institute == here ? "Ofhere" : "Ofthere", mail);
            var (named, _) = await desk.JsonAsync(
                HttpMethod.Post,
                $"/api/institutes/{institute}/representatives",
                new { member = speaker, kind = "Representative" }
            );
            Assert.Equal(200, named);
        }
        var on = Iso(portal.Now.AddDays(30));

        var (status, body) = await desk.JsonAsync(
            HttpMethod.Post,
            $"/api/people/{id}/move",
            new
            {
                leaving = $"{here}/2024-01-01",
                institute = there,
                position = "professor",
                from = on,
            }
        );

        Assert.True(status == 200, body.ToString());
        var memberships = body.GetProperty("memberships").EnumerateArray().ToList();
        Assert.Equal(2, memberships.Count);
        Assert.Equal(on, memberships[0].GetProperty("until").GetString());
        Assert.Contains(await portal.MailsAsync("from@speakers.example"), m => m.Text.Contains("Ada Wanderer", StringComparison.Ordinal));
        Assert.Contains(await portal.MailsAsync("to@speakers.example"), m => m.Text.Contains("Ada Wanderer", StringComparison.Ordinal));
        Assert.Equal([id], (await desk.FindAsync("wanderer", "&on=" + on)).Ids());
        Assert.Contains("Moving To", (await desk.FindAsync("wanderer", "&on=" + on)).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Moving To",
            (await desk.FindAsync("wanderer", "&on=" + Iso(portal.Now))).ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Every_list_can_be_asked_for_another_day()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("Calendar");
        var id = await desk.EnterPersonAsync(institute, "Past", "Calendarman", from: "2021-05-01");
        var (status, _) = await desk.JsonAsync(
            HttpMethod.Post,
            $"/api/people/{id}/memberships/{institute}/2021-05-01",
            new { position = "staff", until = "2022-04-30" }
        );
        Assert.Equal(200, status);

        string State(string day) =>
            desk.FindAsync("calendarman", "&on=" + day).Result.GetProperty("people")[0].GetProperty("state").GetString()!;

        Assert.Equal("to-come", State("2021-04-30"));
        Assert.Equal("active", State("2021-05-01"));
        Assert.Equal("active", State("2022-04-30"));
        Assert.Equal("left", State("2022-05-01"));
        Assert.Contains("Calendarman", (await desk.GetAsync($"/desk/institutes/{institute}?on=2022-01-01")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Calendarman, Past",
            (await desk.GetAsync($"/desk/institutes/{institute}?on=2023-01-01")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Nobody_is_entered_twice_by_mistake()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("Twice");
        await desk.EnterPersonAsync(institute, "Jana", "Zwilling", "jana@twice.example", orcid: "0000-0001-5109-3700");
        object Body(string given, string email, string? orcid, string? different = null) =>
            new
            {
                given,
                family = "Zwilling",
                email,
                orcid,
                institute,
                position = "staff",
                from = "2024-01-01",
                different,
            };

        Assert.Equal("person.email-of-another", await CodeAsync(desk, Body("Other", "JANA@twice.example", null)));
        Assert.Equal("person.orcid-of-another", await CodeAsync(desk, Body("Other", "o@twice.example", "0000-0001-5109-3700")));
        Assert.Equal("person.like-another", await CodeAsync(desk, Body("Jana", "j2@twice.example", null)));
        Assert.Equal(201, (await desk.JsonAsync(HttpMethod.Post, "/api/people", Body("Jana", "j2@twice.example", null, "on"))).Status);
        Assert.Equal(2, (await desk.FindAsync("jana zwilling")).Ids().Count);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_or_a_repetition_by_alphabet_and_by_search()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("Paging");
        for (var i = 0; i < 60; i++)
            await desk.EnterPersonAsync(institute, i % 7 == 0 ? "Same" : $"{(char)('A' + i / 20)}{(char)('a' + i % 20)}", "Pagination");

        var found = await AllAsync(desk, "pagination");
        Assert.Equal(60, found.Count);
        Assert.Equal(60, found.Distinct().Count());

        var all = await AllAsync(desk, "");
        Assert.Equal(portal.Read("select count(*) from members"), all.Count.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    [Theory]
    [InlineData("position", "wizard", "membership.position-unknown")]
    [InlineData("percent", "101", "membership.percent")]
    [InlineData("percent", "1e2", "membership.percent")]
    [InlineData("category", "7", "membership.category-unknown")]
    [InlineData("from", "", "membership.from-missing")]
    [InlineData("from", "2024-02-30", "day.unreadable")]
    [InlineData("from", "0001-01-01", "day.unreadable")]
    [InlineData("until", "2019-01-01", "membership.ends-before")]
    [InlineData("authorUntil", "2025-01-01", "membership.author-has-no-start")]
    [InlineData("institute", "nowhere", "membership.institute-unknown")]
    public async Task A_membership_that_cannot_be_is_refused_and_nothing_is_written(string field, string value, string code)
    {
        using var desk = await portal.RegistrarAsync();
        var institute = Guid.Parse(portal.Read("select id from institutes limit 1"));
        var id = portal.Read("select id from members limit 1");
        var before = portal.Read("select count(*) from memberships");
        var body = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["institute"] = institute.ToString(),
            ["position"] = "staff",
            ["from"] = "2040-01-01",
            [field] = value,
        };

        var (status, problem) = await desk.JsonAsync(HttpMethod.Post, $"/api/people/{id}/memberships", body);

        Assert.Equal(422, status);
        Assert.Equal(code, problem.Code());
        Assert.Equal(before, portal.Read("select count(*) from memberships"));
    }

    [Fact]
    public async Task A_refused_form_shows_what_was_typed_and_why_at_its_field()
    {
        using var desk = await portal.RegistrarAsync();
        var id = portal.Read("select id from members limit 1");
        await desk.GetAsync($"/desk/people/{id}");

        await desk.PostFormAsync("value=\"join\"", ("percent", "250"));

        Assert.Equal(422, desk.Status);
        Assert.Contains("href=\"#join-percent\"", desk.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"250\"", desk.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_was_there_before_words_were_kept_is_found_soon_after_the_start()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("Late Words");
        var id = await desk.EnterPersonAsync(institute, "Lotte", "Spätwortmann");
        await portal
            .Services.GetRequiredService<Writer>()
            .WriteAsync(
                "test",
                (db, ct) => db.Database.ExecuteSqlRawAsync("delete from member_words", ct),
                TestContext.Current.CancellationToken
            );
        Assert.Empty((await desk.FindAsync("spatwort")).Ids());

        await CatchUpWords.RunAsync(portal.Services, TestContext.Current.CancellationToken);

        Assert.Equal([id], (await desk.FindAsync("spatwort")).Ids());
        Assert.Equal("0", portal.Read("select count(*) from members where id not in (select member_id from member_words)"));
    }

    [Fact]
    public async Task Who_is_not_there_is_not_found()
    {
        using var desk = await portal.RegistrarAsync();

        Assert.Equal(404, (await desk.GetAsync($"/desk/people/{Guid.CreateVersion7()}")).Status);
        Assert.Equal(404, (await desk.GetAsync($"/desk/people/{Guid.Empty}")).Status);
        Assert.Equal(404, (await desk.GetAsync($"/desk/institutes/{Guid.Empty}")).Status);
        Assert.Equal(400, (await desk.GetAsync("/desk/people?on=yesterday")).Status);
        Assert.Equal(200, (await desk.GetAsync("/desk/people?after=nonsense&q=a")).Status);
    }

    private static async Task<List<Guid>> AllAsync(Visitor desk, string question)
    {
        var (found, more) = (new List<Guid>(), "");
        while (true)
        {
            var answer = await desk.FindAsync(question, more);
            found.AddRange(answer.Ids());
            if (answer.GetProperty("next").GetString() is not { } next)
                return found;
            more = "&after=" + next;
        }
    }

    private static async Task<string> CodeAsync(Visitor desk, object body)
    {
        var (status, problem) = await desk.JsonAsync(HttpMethod.Post, "/api/people", body);
        Assert.Equal(422, status);
        return problem.Code();
    }

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Upper(Guid id) => id.ToString().ToUpperInvariant();
}
