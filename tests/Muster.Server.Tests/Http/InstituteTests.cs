using Microsoft.Extensions.DependencyInjection;
using Muster.Server.Operator;
using Muster.Server.Register.Institutes;
using Muster.Server.Storage;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>Institutes with their days, those who speak for them, what they became, and the registry they are taken from.</summary>
public sealed class InstituteTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task An_institute_is_entered_changed_and_leaves_and_stays_on_record()
    {
        using var desk = await portal.RegistrarAsync();
        await desk.GetAsync("/desk/institutes/new");
        await desk.PostFormAsync(
            "name=\"shortName\"",
            ("name", "Physics Place"),
            ("shortName", "PhysPlace"),
            ("country", "JP"),
            ("since", "2020-02-01"),
            ("ror", "https://ror.org/01ggx4157")
        );
        Assert.StartsWith("/desk/institutes/", desk.Path, StringComparison.Ordinal);
        Assert.Contains("01ggx4157", desk.Text, StringComparison.Ordinal);

        await desk.PostFormAsync("name=\"shortName\"", ("until", "2021-12-31"));

        Assert.Equal(200, desk.Status);
        Assert.DoesNotContain("PhysPlace", (await desk.GetAsync("/desk/institutes")).Text, StringComparison.Ordinal);
        Assert.Contains("PhysPlace", (await desk.GetAsync("/desk/institutes?show=all")).Text, StringComparison.Ordinal);
        Assert.Contains("PhysPlace", (await desk.GetAsync("/desk/institutes?on=2021-12-31")).Text, StringComparison.Ordinal);
        Assert.Equal(
            "1",
            portal.Read("select count(*) from audit_records where action = 'institute.changed' and institute_id is not null")
        );
    }

    [Fact]
    public async Task Two_with_one_short_name_or_one_ror_id_are_refused()
    {
        using var desk = await portal.RegistrarAsync();
        await desk.EnterInstituteAsync("Unique");

        var (status, problem) = await desk.JsonAsync(
            HttpMethod.Post,
            "/api/institutes",
            new
            {
                name = "x",
                shortName = "Unique",
                country = "DE",
                since = "2020-01-01",
            }
        );

        Assert.Equal(422, status);
        Assert.Equal("institute.short-name-taken", problem.Code());
    }

    [Fact]
    public async Task Those_who_speak_are_named_with_days_and_missing_ones_are_shown()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("Speechless");
        var (one, two) = (await desk.EnterPersonAsync(institute, "Una", "Voce"), await desk.EnterPersonAsync(institute, "Duo", "Voce"));
        Assert.Contains("2 missing", Line(await desk.GetAsync("/desk/institutes?show=unspoken&q=speechless")), StringComparison.Ordinal);
        Assert.Contains("Nobody speaks", (await desk.GetAsync($"/desk/institutes/{institute}")).Text, StringComparison.Ordinal);

        await desk.PostFormAsync("name=\"kind\"", ("member", one.ToString()), ("kind", "Representative"));
        Assert.Equal(200, desk.Status);
        await desk.PostFormAsync("name=\"kind\"", ("member", two.ToString()), ("kind", "Cover"));
        desk.AssertRefused(422, "representative.cover-has-no-end");
        await desk.PostFormAsync("name=\"kind\"", ("member", two.ToString()), ("kind", "Cover"), ("until", "2099-01-31"));
        Assert.Equal(200, desk.Status);

        Assert.DoesNotContain("Speechless", (await desk.GetAsync("/desk/institutes?show=unspoken")).Text, StringComparison.Ordinal);
        await desk.GetAsync($"/desk/institutes/{institute}");
        await desk.PostFormAsync("/representatives/end");
        Assert.Contains("1 missing", Line(await desk.GetAsync("/desk/institutes?show=unspoken&q=speechless")), StringComparison.Ordinal);
        Assert.Contains("Voce", (await desk.GetAsync("/desk/roles")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_of_another_institute_cannot_speak_for_this_one()
    {
        using var desk = await portal.RegistrarAsync();
        var (here, there) = (await desk.EnterInstituteAsync("Own House"), await desk.EnterInstituteAsync("Other House"));
        var stranger = await desk.EnterPersonAsync(there, "Strange", "Speaker");

        var (status, problem) = await desk.JsonAsync(
            HttpMethod.Post,
            $"/api/institutes/{here}/representatives",
            new { member = stranger, kind = "Deputy" }
        );

        Assert.Equal(422, status);
        Assert.Equal("representative.not-of-institute", problem.Code());
    }

    [Fact]
    public async Task Successors_are_found_from_both_ends_and_never_go_in_a_circle()
    {
        using var desk = await portal.RegistrarAsync();
        var ids = new List<Guid>();
        foreach (var name in (string[])["Circle A", "Circle B", "Circle C"])
            ids.Add(await desk.EnterInstituteAsync(name));
        async Task<(int Status, System.Text.Json.JsonElement Body)> Link(int from, int to) =>
            await desk.JsonAsync(
                HttpMethod.Post,
                $"/api/institutes/{ids[from]}/successors",
                new { successor = ids[to], day = "2025-01-01" }
            );

        Assert.Equal(200, (await Link(0, 1)).Status);
        Assert.Equal(200, (await Link(1, 2)).Status);
        Assert.Equal("institute.succeeds-itself", (await Link(2, 0)).Body.Code());
        Assert.Contains("Circle A", (await desk.GetAsync($"/desk/institutes/{ids[1]}")).Text, StringComparison.Ordinal);
        Assert.Contains("Circle C", desk.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Organisations_are_imported_once_found_by_any_name_and_fill_in_the_form()
    {
        var lines = string.Join(
            '\n',
            """{"id":"https://ror.org/01ggx4157","status":"active","names":[["European Organization for Nuclear Research",["ror_display","label"],"en"],["CERN",["acronym"],null],["Conseil Européen pour la Recherche Nucléaire",["alias"],"fr"]],"loc":[["CH","Genève",2660646]],"rel":[]}""",
            """{"id":"https://ror.org/01js2sh04","status":"inactive","names":[["Deutsches Elektronen-Synchrotron",["ror_display","label"],"de"],["DESY",["acronym"],null]],"loc":[["DE","Hamburg",2911298]],"rel":[["successor","https://ror.org/01ggx4157","x"]]}"""
        );
        Assert.Equal((2, 0, 0), await TakeAsync(lines));
        Assert.Equal((0, 0, 2), await TakeAsync(lines));
        Assert.Equal((0, 1, 1), await TakeAsync(lines.Replace("Genève", "Meyrin", StringComparison.Ordinal)));
        using var desk = await portal.RegistrarAsync();

        var (_, found) = await desk.JsonAsync(HttpMethod.Get, "/api/ror?q=conseil%20europeen");

        Assert.Equal("01ggx4157", found[0].GetProperty("id").GetString());
        await desk.GetAsync("/desk/institutes/new?ror=cern");
        Assert.Contains("European Organization", desk.Text, StringComparison.Ordinal);
        await desk.GetAsync("/desk/institutes/new?ror=01ggx4157");
        Assert.Contains("value=\"CERN\"", desk.Html, StringComparison.Ordinal);
        Assert.Empty((await desk.JsonAsync(HttpMethod.Get, "/api/ror?q=%25")).Body.EnumerateArray());
    }

    [Theory]
    [InlineData("{\"id\":1}\nnot json", 2)]
    [InlineData("[{\"id\":1}, {}]", 2)]
    [InlineData("", 1)]
    [InlineData("[1, 2", 1)]
    public async Task A_file_that_is_none_is_told_line_by_line_and_nothing_of_it_is_taken(string content, int problems)
    {
        var (_, found) = await RorFile.ReadAsync(
            new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(problems, found.Count);
        Assert.All(found, f => Assert.True(f.Line > 0));
    }

    private async Task<(int, int, int)> TakeAsync(string lines)
    {
        var ct = TestContext.Current.CancellationToken;
        var (records, problems) = await RorFile.ReadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(lines)), ct);
        Assert.Empty(problems);
        var outcome = await portal
            .Services.GetRequiredService<Writer>()
            .WriteAsync("test", (db, unit) => RorTable.TakeAsync(db, records, unit), ct);
        return (outcome.Added, outcome.Changed, outcome.Same);
    }

    private static string Line(Visitor page) => page.Text;
}
