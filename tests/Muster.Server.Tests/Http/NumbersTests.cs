using System.Globalization;
using System.Xml.Linq;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>The registrar's numbers: as the database counts them on any day, as pictures, tables and files.</summary>
public sealed class NumbersTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Numbers_of_any_day_are_what_the_database_counts()
    {
        using var desk = await portal.RegistrarAsync();
        var (tokyo, jena) = (
            await desk.EnterInstituteAsync("Tokyo Count", "JP", "2021-03-01"),
            await desk.EnterInstituteAsync("Jena Count", since: "2021-06-15")
        );
        var twice = await desk.EnterPersonAsync(tokyo, "Two", "Places", from: "2021-04-01");
        await desk.EnterPersonAsync(jena, "One", "Place", from: "2022-02-01");
        foreach (var (institute, from, until) in ((Guid, string, string)[])[(jena, "2022-01-01", "2022-06-30"), (tokyo, "2025-01-01", "")])
        {
            if (institute == tokyo)
                Assert.Equal(
                    200,
                    (
                        await desk.JsonAsync(
                            HttpMethod.Post,
                            $"/api/people/{twice}/memberships/{tokyo}/2021-04-01",
                            new { position = "staff", until = "2023-12-31" }
                        )
                    ).Status
                );
            var (status, _) = await desk.JsonAsync(
                HttpMethod.Post,
                $"/api/people/{twice}/memberships",
                new
                {
                    institute,
                    position = "professor",
                    from,
                    until,
                }
            );
            Assert.InRange(status, 200, 201);
        }

        foreach (var day in (string[])["2021-03-01", "2021-05-01", "2022-02-01", "2022-07-01", "2024-01-01", "2025-02-01"])
        {
            Assert.Equal(Count("count(distinct member_id)", day), Last(await SeriesAsync(desk, "members", day)));
            Assert.Equal(
                portal.Read("select count(*) from institutes where since <= @0 and (\"until\" is null or \"until\" > @0)", day),
                Last(await SeriesAsync(desk, "institutes", day))
            );
            Assert.Equal(
                portal.Read(
                    "select count(distinct country) from institutes where since <= @0 and (\"until\" is null or \"until\" > @0)",
                    day
                ),
                Last(await SeriesAsync(desk, "countries", day))
            );
            var shares = (await desk.JsonAsync(HttpMethod.Get, $"/api/numbers?series=by-country&on={day}")).Body.GetProperty("shares");
            foreach (var share in shares.EnumerateArray())
                Assert.Equal(
                    portal.Read(
                        """select count(distinct member_id) from memberships m join institutes i on i.id = m.institute_id where i.country = @1 and m."from" <= @0 and (m."until" is null or m."until" > @0)""",
                        day,
                        share.GetProperty("name").GetString()!
                    ),
                    share.GetProperty("members").ToString()
                );
        }
    }

    [Fact]
    public async Task Every_picture_has_a_name_and_a_description_and_is_well_formed()
    {
        using var desk = await portal.RegistrarAsync();
        await desk.EnterPersonAsync(await desk.EnterInstituteAsync("Tags <b>&\"' Lab", "GP"), "A", "Tagged");

        await desk.GetAsync("/desk/numbers");

        Assert.Equal(200, desk.Status);
        var pictures = desk.Html.Split("<svg ").Skip(1).Where(p => p.Contains("role=\"img\"", StringComparison.Ordinal)).ToList();
        Assert.Equal(10, pictures.Count);
        foreach (var start in pictures)
        {
            var picture = XElement.Parse(Whole("<svg " + start, desk.Html));
            var ids = picture.Elements().Where(e => e.Name.LocalName is "title" or "desc").Select(e => (string?)e.Attribute("id")).ToList();
            Assert.Equal((string?)picture.Attribute("aria-labelledby"), string.Join(' ', ids));
            Assert.All(picture.Elements().Take(2), e => Assert.NotEmpty(e.Value));
            Assert.Empty(picture.DescendantsAndSelf().Attributes("style"));
        }
        Assert.Equal(10, desk.Html.Split("/api/numbers.csv?").Length - 1);
        Assert.Contains("Guadeloupe 1", desk.Text, StringComparison.Ordinal); // has no tile
        Assert.DoesNotContain("<b>&", desk.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_numbers_is_rfc_4180_and_runs_nothing_in_a_spreadsheet()
    {
        using var desk = await portal.RegistrarAsync();
        await desk.EnterPersonAsync(await desk.EnterInstituteAsync("=1+1\"x, y", "FR"), "C", "Formula");

        await desk.GetAsync("/api/numbers.csv?series=by-institute");
        Assert.Contains("\"'=1+1\"\"x, y\",\"1\"\r\n", desk.Html, StringComparison.Ordinal);

        await desk.GetAsync("/api/numbers.csv?series=positions&from=2024-01-15&to=2024-03-01");
        var lines = desk.Html.Split("\r\n");
        Assert.StartsWith("\"day\",\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"staff\"", lines[0], StringComparison.Ordinal);
        Assert.Equal(["\"2024-02-01\"", "\"2024-03-01\""], lines[1..3].Select(l => l.Split(',')[0]));
        Assert.Equal("", lines[3]);
    }

    [Theory]
    [InlineData("/desk/numbers?from=yesterday", "day.unreadable")]
    [InlineData("/desk/numbers?from=2024-01-01&to=2023-01-01", "numbers.range")]
    [InlineData("/desk/numbers?from=1900-01-01&to=2023-01-01", "numbers.range")]
    [InlineData("/api/numbers", "numbers.series-unknown")]
    [InlineData("/api/numbers.csv?series=salaries", "numbers.series-unknown")]
    [InlineData("/desk/expiring?within=31", "expiring.within-unknown")]
    [InlineData("/desk/expiring?within=-30", "expiring.within-unknown")]
    public async Task What_cannot_be_asked_is_refused(string path, string code)
    {
        using var desk = await portal.RegistrarAsync();

        await desk.GetAsync(path);

        desk.AssertRefused(400, code);
    }

    [Theory]
    [InlineData("/desk/numbers?from=2024-01-02&to=2024-01-20")]
    [InlineData("/desk/numbers?from=1950-01-01&to=1960-01-01")]
    [InlineData("/desk/numbers?from=2024-01-01&to=2024-01-01")]
    [InlineData("/desk/numbers?to=2090-01-01&on=1990-01-01")]
    public async Task A_time_in_which_nothing_was_is_a_page_all_the_same(string path)
    {
        using var desk = await portal.RegistrarAsync();

        Assert.Equal(200, (await desk.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Who_ends_soon_or_ended_lately_is_listed_with_what_comes_afterwards()
    {
        using var desk = await portal.RegistrarAsync();
        var (here, there) = (await desk.EnterInstituteAsync("Ending Here"), await desk.EnterInstituteAsync("Ending There"));
        var people = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (
            var (name, last) in ((string, int)[])
                [("Today", 0), ("Soon", 30), ("Later", 31), ("Yesterday", -1), ("Longago", -31), ("Mover", 20)]
        )
        {
            people[name] = await desk.EnterPersonAsync(here, "Ending", name);
            var (status, _) = await desk.JsonAsync(
                HttpMethod.Post,
                $"/api/people/{people[name]}/memberships/{here}/2024-01-01",
                new { position = "staff", until = Iso(last) }
            );
            Assert.Equal(200, status);
        }
        await desk.JsonAsync(
            HttpMethod.Post,
            $"/api/people/{people["Mover"]}/memberships",
            new
            {
                institute = there,
                position = "staff",
                from = Iso(21),
            }
        );

        var (_, body) = await desk.JsonAsync(HttpMethod.Get, "/api/expiring?within=30");

        string[] Names(string list) =>
            [
                .. body.GetProperty(list)
                    .EnumerateArray()
                    .Select(l => l.GetProperty("sortName").GetString()!)
                    .Where(n => n.EndsWith("Ending", StringComparison.Ordinal)),
            ];
        Assert.Equal(["Today, Ending", "Mover, Ending", "Soon, Ending"], Names("ending"));
        Assert.Equal(["Yesterday, Ending"], Names("ended"));
        Assert.Equal(
            [people["Mover"]],
            body.GetProperty("ending")
                .EnumerateArray()
                .Where(l => l.GetProperty("staysElsewhere").GetBoolean())
                .Select(l => l.GetProperty("id").GetGuid())
        );
        await desk.GetAsync("/desk/expiring?within=180");
        Assert.Contains("Longago, Ending", desk.Text, StringComparison.Ordinal);
        await desk.GetAsync("/api/expiring.csv?within=30");
        Assert.Contains($"\"{Iso(30)}\",\"Soon, Ending\",", desk.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Later, Ending", desk.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_desk_counts_what_waits_and_shows_it_to_those_whose_work_it_is()
    {
        using var desk = await portal.RegistrarAsync();
        await desk.EnterPersonAsync(await desk.EnterInstituteAsync("Newcomers"), "Newest", "Newcomer", from: Iso(0));

        var (_, body) = await desk.JsonAsync(HttpMethod.Get, "/api/desk");

        var waits = body.GetProperty("waits");
        var today = Iso(0);
        Assert.Equal(
            portal.Read("select count(*) from registrations where state = 'AwaitingDecision'"),
            waits.GetProperty("registrations").ToString()
        );
        Assert.Equal(
            portal.Read("select count(*) from certificate_requests where decided_at is null"),
            waits.GetProperty("certificates").ToString()
        );
        Assert.Equal(
            portal.Read("""select count(*) from memberships where "until" > @0 and "until" <= @1""", today, Iso(61)),
            waits.GetProperty("expiring").ToString()
        );
        Assert.Equal(
            portal.Read(
                """
                select count(*) from institutes i where i.since <= @0 and (i."until" is null or i."until" > @0) and (
                  select count(distinct r.member_id) from representatives r where r.institute_id = i.id and r."from" <= @0 and (r."until" is null or r."until" > @0)) < 2
                """,
                today
            ),
            waits.GetProperty("unspoken").ToString()
        );
        Assert.Equal("Newcomer, Newest", body.GetProperty("newest")[0].GetProperty("sortName").GetString());
        await desk.GetAsync("/desk");
        Assert.Contains("href=\"/desk/institutes?show=unspoken\"", desk.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"/desk/registrations\"", desk.Html, StringComparison.Ordinal);
    }

    private async Task<System.Text.Json.JsonElement> SeriesAsync(Visitor desk, string series, string day) =>
        (await desk.JsonAsync(HttpMethod.Get, $"/api/numbers?series={series}&from=2021-01-01&to={day}")).Body;

    private static string Last(System.Text.Json.JsonElement series) =>
        series.GetProperty("lines")[0].GetProperty("counts").EnumerateArray().Last().ToString();

    private string Count(string what, string day) =>
        portal.Read($"""select {what} from memberships where "from" <= @0 and ("until" is null or "until" > @0)""", day);

    /// <summary>From the start of one element to its own end.</summary>
    private static string Whole(string start, string html)
    {
        var from = html.IndexOf(start, StringComparison.Ordinal);
        var (depth, at) = (0, from);
        do
        {
            var (open, close) = (html.IndexOf("<svg", at, StringComparison.Ordinal), html.IndexOf("</svg>", at, StringComparison.Ordinal));
            (depth, at) = open >= 0 && open < close ? (depth + 1, open + 4) : (depth - 1, close + 6);
        } while (depth > 0);
        return html[from..at];
    }

    private string Iso(int days) => portal.Now.AddDays(days).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
