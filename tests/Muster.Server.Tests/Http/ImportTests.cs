using System.Text;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>Files with people: looked at, applied whole, taken back whole.</summary>
public sealed class ImportTests(Portal portal) : IClassFixture<Portal>
{
    private string Everything =>
        string.Join(
            '/',
            ((string[])["members", "member_emails", "member_certificates", "memberships", "former_names", "member_words"]).Select(t =>
                portal.Read($"select count(*) from {t}")
            )
        );

    [Fact]
    public async Task A_dry_run_shows_what_would_be_done_and_does_nothing()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("Dry Dock");
        var known = await desk.EnterPersonAsync(institute, "Dorothea", "Trockenbau", "doro@dry.example");
        var before = Everything;

        var look = await desk.LookAtLinesAsync(
            ",Dorothea,Trockenbau,doro@dry.example doro2@dry.example,,Dry Dock,staff,2024-01-01,2027-03-31",
            ",Egon,Neuling,egon@dry.example,0000-0001-5109-3700,dry dock,student,2026-01-01,"
        );

        Assert.Equal((1, 1, 0), (look.Count("entered"), look.Count("changed"), look.GetProperty("problemCount").GetInt32()));
        Assert.Equal(before, Everything);
        await desk.GetAsync($"/desk/import/{look.Id()}");
        Assert.Contains("email: – → doro2@dry.example", desk.Text, StringComparison.Ordinal);
        Assert.Contains("2024-01-01 – 2027-03-31", desk.Text, StringComparison.Ordinal);
        Assert.Contains($"/desk/people/{known}", desk.Html, StringComparison.Ordinal);
        Assert.Contains("Egon Neuling", (await desk.GetAsync($"/desk/import/{look.Id()}/diff.csv")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_is_applied_once_as_one_act_that_names_everybody_it_touched()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("Applied Lab");
        var known = await desk.EnterPersonAsync(institute, "Anton", "Angewandt", "anton@applied.example");
        var look = await desk.LookAtLinesAsync(
            ",Anton Maria,Angewandt,anton@applied.example anton2@applied.example,,Applied Lab,staff,2024-01-01,2026-06-30",
            ",Anton Maria,Angewandt,anton@applied.example anton2@applied.example,,Applied Lab,professor,2026-07-01,",
            ",Berta,Angewandtsen,berta@applied.example,,Applied Lab,student,2026-01-01,"
        );

        var (status, body) = await desk.ApplyAsync(look);

        Assert.True(status == 200, body.ToString());
        Assert.Equal(("Applied", 2), (body.GetProperty("state").GetString(), body.GetProperty("changes").GetArrayLength()));
        var (_, person) = await desk.JsonAsync(HttpMethod.Get, $"/api/people/{known}");
        Assert.Equal(
            ("Anton Maria Angewandt", 2, 2),
            (
                person.GetProperty("name").GetString(),
                person.GetProperty("emails").GetArrayLength(),
                person.GetProperty("memberships").GetArrayLength()
            )
        );
        Assert.Equal([known], (await desk.FindAsync("anton2@applied")).Ids());
        Assert.Single((await desk.FindAsync("berta angewandts")).Ids());
        Assert.Equal(
            "1",
            portal.Read("select count(*) from audit_records where action = 'import.applied' and details like @0", $"%{look.Id()}%")
        );
        Assert.Equal(
            "2",
            portal.Read("select count(*) from audit_records where action = 'member.imported' and details like @0", $"%{look.Id()}%")
        );
        Assert.Contains("entered or changed by an import", (await desk.GetAsync($"/desk/people/{known}")).Text, StringComparison.Ordinal);
        Assert.Equal("0", portal.Read("select length(content) from imports where id = @0", look.Id().ToUpperInvariant()));

        var (again, problem) = await desk.ApplyAsync(look);
        Assert.Equal((409, "import.not-planned"), (again, problem.Code()));
    }

    [Fact]
    public async Task Two_who_apply_one_import_at_the_same_moment_apply_it_once()
    {
        using var desk = await portal.RegistrarAsync();
        using var other = await portal.RegistrarAsync();
        await desk.EnterInstituteAsync("Race Track");
        var look = await desk.LookAtLinesAsync(",Rainer,Doppelklick,r@race.example,,Race Track,staff,2024-01-01,");

        var answers = await Task.WhenAll(desk.ApplyAsync(look), other.ApplyAsync(look), desk.ApplyAsync(look));

        Assert.Equal([200, 409, 409], answers.Select(a => a.Status).Order());
        Assert.Single((await desk.FindAsync("doppelklick")).Ids());
    }

    [Fact]
    public async Task An_import_that_is_taken_back_leaves_the_register_as_it_was()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("Way Back");
        var known = await desk.EnterPersonAsync(institute, "Rita", "Rückwärts", "rita@back.example");
        var (before, everything) = (await desk.ExportAsync(), Everything);
        var look = await desk.LookAsync(
            "id,given,family,publicationName,email,certificate,institute,position,percent,from,until\n"
                + $"{known},Rita,Vorwärts,R. Vorwärts,rita2@back.example,/DC=org/DC=back/CN=Rita Vorwaerts,Way Back,professor,50,2024-01-01,2026-06-30\n"
                + $"{known},Rita,Vorwärts,R. Vorwärts,rita2@back.example,/DC=org/DC=back/CN=Rita Vorwaerts,Way Back,staff,100,2026-07-01,\n"
                + ",Neu,Rückwärtsen,,neu@back.example,,Way Back,student,,2026-01-01,\n"
        );
        Assert.Equal(200, (await desk.ApplyAsync(look)).Status);
        Assert.NotEqual(everything, Everything);

        var (status, body) = await desk.RollBackAsync(look);

        Assert.True(status == 200, body.ToString());
        Assert.Equal("RolledBack", body.GetProperty("state").GetString());
        Assert.Equal(before, await desk.ExportAsync());
        Assert.Equal(everything, Everything);
        Assert.Empty((await desk.FindAsync("ruckwartsen")).Ids());
        Assert.Equal([known], (await desk.FindAsync("rita ruckwarts")).Ids());
        Assert.Equal(
            "2",
            portal.Read("select count(*) from audit_records where action = 'member.import-undone' and details like @0", $"%{look.Id()}%")
        );
        Assert.Equal((409, "import.not-applied"), Answer(await desk.RollBackAsync(look)));
    }

    [Fact]
    public async Task An_import_is_not_taken_back_where_an_address_of_it_was_confirmed_or_is_asked_about()
    {
        var (me, holder, account) = await portal.MemberAsync();
        using var _ = me;
        using var desk = await portal.RegistrarAsync();
        var id = portal.MemberOf(account);
        var (_, person) = await desk.JsonAsync(HttpMethod.Get, $"/api/people/{id}");
        var (confirmed, asked) = (AddressSteps.Fresh(), AddressSteps.Fresh());
        var first = await ApplyAsync(confirmed);
        await portal.AddedAsync(me, confirmed);

        Assert.Equal((409, "import.changed-since"), Answer(await desk.RollBackAsync(first)));
        var second = await ApplyAsync(asked);
        await me.AddAsync(asked);
        Assert.Equal((409, "import.changed-since"), Answer(await desk.RollBackAsync(second)));

        Assert.Equal([holder.Email, confirmed, asked], (await me.AddressesAsync()).Emails());
        // Nothing rests on it any more.
        var request = (await me.AddressesAsync()).GetProperty("waiting")[0].GetProperty("request").GetGuid();
        await me.DoneAsync(AddressSteps.Api + "/withdraw", new { request });
        Assert.Equal(200, (await desk.RollBackAsync(second)).Status);

        async Task<System.Text.Json.JsonElement> ApplyAsync(string email)
        {
            var look = await desk.LookAtLinesAsync(
                $"{id},{person.GetProperty("given").GetString()},{person.GetProperty("family").GetString()},{email},,,,,"
            );
            var (status, body) = await desk.ApplyAsync(look);
            Assert.True(status == 200, body.ToString());
            return look;
        }
    }

    [Fact]
    public async Task An_import_is_not_taken_back_where_somebody_was_changed_since_and_says_who()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("Moved On");
        var known = await desk.EnterPersonAsync(institute, "Moritz", "Weitergang", "moritz@on.example");
        var look = await desk.LookAtLinesAsync(
            $"{known},Moritz,Weitergang,moritz2@on.example,,Moved On,staff,2024-01-01,",
            ",Nora,Weitergangsen,nora@on.example,,Moved On,staff,2024-01-01,"
        );
        Assert.Equal(200, (await desk.ApplyAsync(look)).Status);
        var (changed, _) = await desk.JsonAsync(
            HttpMethod.Post,
            $"/api/people/{known}",
            new { given = "Moritz", family = "Weitergegangen" }
        );
        Assert.Equal(200, changed);
        var everything = Everything;

        var (status, problem) = await desk.RollBackAsync(look);

        Assert.Equal((409, "import.changed-since"), (status, problem.Code()));
        Assert.Contains("Moritz Weitergang", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Nora", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal(everything, Everything);
    }

    [Fact]
    public async Task A_plan_that_was_made_for_another_register_is_not_carried_out()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("Stale Bread");
        var known = await desk.EnterPersonAsync(institute, "Stefan", "Altbacken", "stefan@stale.example");
        var look = await desk.LookAtLinesAsync($"{known},Stefan,Altbacken,,0000-0002-1694-233X,Stale Bread,professor,2024-01-01,");
        var (status, _) = await desk.JsonAsync(HttpMethod.Post, $"/api/people/{known}", new { given = "Stefano", family = "Altbacken" });
        Assert.Equal(200, status);

        Assert.Equal((409, "import.stale"), Answer(await desk.ApplyAsync(look)));

        await desk.GetAsync($"/desk/import/{look.Id()}");
        await desk.PostFormAsync("name=\"digest\"");
        Assert.Contains("applied", desk.Text, StringComparison.Ordinal);
        Assert.Equal([known], (await desk.FindAsync("0000-0002-1694-233X")).Ids());
    }

    [Fact]
    public async Task A_file_with_problems_is_shown_with_line_and_column_and_never_applied_in_part()
    {
        using var desk = await portal.RegistrarAsync();
        await desk.EnterInstituteAsync("Bad Input");
        var before = Everything;
        var look = await desk.LookAtLinesAsync(
            ",Good,Person,good@bad.example,,Bad Input,staff,2024-01-01,",
            ",=cmd|calc!A,Evil,evil@bad.example,,Bad Input,staff,2024-01-01,",
            ",Double,Trouble,double@bad.example,,Bad Input,staff,2024-01-01,",
            ",Double,Trouble,double@bad.example,,Bad Input,staff,2024-06-01,",
            ",Lost,Soul,lost@bad.example,,Nowhere Institute,staff,2024-13-01,"
        );

        Assert.Equal(["import.formula", "name.not-latin", "membership.overlaps", "day.unreadable"], look.Codes());
        Assert.Equal(
            [(3, 2), (3, 2), (5, 8), (6, 8)],
            look.GetProperty("problems")
                .EnumerateArray()
                .Select(p => (p.GetProperty("line").GetInt32(), p.GetProperty("column").GetInt32()))
        );
        Assert.Equal((422, "import.has-problems"), Answer(await desk.ApplyAsync(look)));
        Assert.Equal(before, Everything);
        var page = (await desk.GetAsync($"/desk/import/{look.Id()}")).Text;
        Assert.Contains("Line 5, column 8", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_takes_a_file_and_tells_what_is_wrong_with_it()
    {
        using var desk = await portal.RegistrarAsync();
        await desk.GetAsync("/desk/import");
        var token = desk.Fields(desk.FormIndex("multipart"))["formToken"];

        async Task SendAsync(byte[] file, string mode)
        {
            using var form = new MultipartFormDataContent
            {
                { new StringContent(token), "formToken" },
                { new StringContent(mode), "mode" },
            };
            form.Add(new ByteArrayContent(file), "file", @"C:\people\list.csv");
            await desk.SendAsync("/desk/import", form);
        }

        await SendAsync(Encoding.Unicode.GetBytes("given,family,institute,from\n"), "changes");
        Assert.Contains("The file is in UTF-16.", desk.Text, StringComparison.Ordinal);
        Assert.Contains("list.csv", desk.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("people\\list", desk.Text, StringComparison.Ordinal);
        await SendAsync(
            Encoding.UTF8.GetBytes("given,family,institute,from\n" + string.Concat(Enumerable.Repeat("A,B,Nowhere,2024-01-01\n", 40_000))),
            "changes"
        );
        Assert.Contains("There is no institute “Nowhere”.", desk.Text, StringComparison.Ordinal);
        Assert.Contains("1 of ", desk.Text, StringComparison.Ordinal);
        await SendAsync([], "changes");
        desk.AssertRefused(422, "import.file-missing");
        await SendAsync([1], "everything");
        desk.AssertRefused(422, "import.mode-unknown");
        await desk.SendAsync("/api/imports", new StringContent("a=b", Encoding.UTF8, "text/plain"));
        Assert.Equal(415, desk.Status);
        await desk.SendAsync(
            "/api/imports",
            new ByteArrayContent(new byte[65 * 1024 * 1024]) { Headers = { { "Content-Type", "text/csv" } } }
        );
        Assert.Equal(413, desk.Status);
    }

    [Fact]
    public async Task What_was_thrown_away_is_gone()
    {
        using var desk = await portal.RegistrarAsync();
        await desk.EnterInstituteAsync("Bin Side");
        var look = await desk.LookAtLinesAsync(",Gone,Forever,gone@bin.example,,Bin Side,staff,2024-01-01,");

        var (status, body) = await desk.JsonAsync(HttpMethod.Post, $"/api/imports/{look.Id()}/discard", new { });

        Assert.Equal((200, "Discarded"), (status, body.GetProperty("state").GetString()));
        Assert.Equal("0", portal.Read("select length(content) from imports where id = @0", look.Id().ToUpperInvariant()));
        Assert.Equal((409, "import.not-planned"), Answer(await desk.ApplyAsync(look)));
        Assert.Equal(404, (await desk.GetAsync($"/desk/import/{Guid.CreateVersion7()}")).Status);
    }

    private static (int, string) Answer((int Status, System.Text.Json.JsonElement Body) answer) => (answer.Status, answer.Body.Code());
}
