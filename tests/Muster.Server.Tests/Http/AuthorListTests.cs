using System.Diagnostics;
using System.Xml.Linq;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>The author list of any day, out of the register, in the formats that publishers take.</summary>
public sealed class AuthorListTests(Portal portal) : IClassFixture<Portal>
{
    private const string Query = "?reference=XYZ-2027-001&language=sv&on=";

    [Fact]
    public async Task The_list_of_a_day_has_its_authors_in_order_with_all_their_places_and_passes_its_own_document_type()
    {
        using var desk = await portal.RegistrarAsync();
        var (one, two) = (await desk.EnterInstituteAsync("Author Lab A", "SE"), await desk.EnterInstituteAsync("Author Lab B", "DK"));
        var id = await desk.EnterPersonAsync(one, "Åsa", "Öberg", native: "<Å & Ö>", orcid: "0000-0002-1825-0097");
        await desk.EnterPersonAsync(one, "Zoë", "Zander");
        Assert.Equal(
            200,
            (
                await desk.JsonAsync(
                    HttpMethod.Post,
                    $"/api/people/{id}/memberships",
                    new
                    {
                        institute = two,
                        position = "guest",
                        from = "2024-06-01",
                        authorFrom = "2024-06-01",
                    }
                )
            ).Status
        );

        var xml = await FileAsync(desk, "author.xml", "2024-07-01");

        XNamespace foaf = "http://xmlns.com/foaf/0.1/";
        var people = xml.Descendants(foaf + "Person").ToList();
        var names = people.Select(p => p.Element(foaf + "familyName")!.Value).ToList();
        Assert.True(names.IndexOf("Zander") < names.IndexOf("Öberg")); // Ö stands after Z in Swedish
        var öberg = people[names.IndexOf("Öberg")];
        Assert.Equal(2, öberg.Descendants().Count(e => e.Name.LocalName == "authorAffiliation"));
        Assert.Contains("0000-0002-1825-0097", öberg.ToString(), StringComparison.Ordinal);
        // A month earlier there was one place.
        öberg = (await FileAsync(desk, "author.xml", "2024-05-01"))
            .Descendants(foaf + "Person")
            .Single(p => p.Value.Contains("Öberg", StringComparison.Ordinal));
        Assert.Single(öberg.Descendants(), e => e.Name.LocalName == "authorAffiliation");
    }

    [Fact]
    public async Task Every_file_is_had_and_the_page_tells_how_it_reads()
    {
        using var desk = await portal.RegistrarAsync();
        var today = portal.Now.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        await desk.GetAsync("/desk/author-list" + Query + today);
        Assert.Equal(200, desk.Status);
        Assert.Contains("nothing is in the way", desk.Text, StringComparison.Ordinal);
        foreach (
            var (file, marker) in ((string, string)[])
                [("authors.tex", "\\affil[1]"), ("authors-revtex.tex", "\\affiliation{"), ("authors.csv", "position,given_name")]
        )
        {
            await desk.GetAsync($"/api/author-list/{file}{Query}{today}");
            Assert.Equal(200, desk.Status);
            Assert.Contains(marker, desk.Html, StringComparison.Ordinal);
        }
        Assert.Equal(404, (await desk.GetAsync($"/api/author-list/authors.exe{Query}{today}")).Status);
    }

    [Fact]
    public async Task Whoever_stops_being_an_author_is_on_the_list_to_the_last_day_and_the_dead_are_marked()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("Last Authors");
        var id = await desk.EnterPersonAsync(institute, "Last", "Lastauthor");
        await desk.JsonAsync(
            HttpMethod.Post,
            $"/api/people/{id}/memberships/{institute}/2024-01-01",
            new
            {
                position = "staff",
                until = "2024-12-31",
                authorFrom = "2024-01-01",
                authorUntil = "2025-12-31",
            }
        );
        await desk.JsonAsync(
            HttpMethod.Post,
            $"/api/people/{id}",
            new
            {
                given = "Last",
                family = "Lastauthor",
                deceasedOn = "2025-06-01",
            }
        );

        Assert.DoesNotContain("Deceased", (await PersonAsync(desk, "2025-05-31"))!.ToString(), StringComparison.Ordinal);
        Assert.Contains("Deceased", (await PersonAsync(desk, "2025-12-31"))!.ToString(), StringComparison.Ordinal);
        Assert.Null(await PersonAsync(desk, "2026-01-01"));
    }

    [Fact]
    public async Task A_list_that_does_not_hold_is_not_written_and_each_fault_leads_to_its_place()
    {
        using var desk = await portal.RegistrarAsync();

        var (status, problem) = await desk.JsonAsync(HttpMethod.Get, "/api/author-list/author.xml?reference=X&on=1950-01-01");
        Assert.Equal(422, status);
        Assert.Equal("author-list.no-authors", problem.Code());
        (await desk.GetAsync("/desk/author-list?reference=X&language=tlh")).AssertRefused(422, "author-list.unknown-language");
        Assert.Contains(
            "author-list.no-authors",
            (await desk.GetAsync("/desk/author-list?reference=X&on=1950-01-01")).Html,
            StringComparison.Ordinal
        );
    }

    private static async Task<XElement?> PersonAsync(Visitor desk, string day) =>
        (await FileAsync(desk, "author.xml", day))
            .Descendants()
            .SingleOrDefault(e => e.Name.LocalName == "Person" && e.Value.Contains("Lastauthor", StringComparison.Ordinal));

    /// <summary>Checked by xmllint against the document type that the server serves.</summary>
    private static async Task<XDocument> FileAsync(Visitor desk, string file, string day)
    {
        await desk.GetAsync($"/api/author-list/{file}{Query}{day}");
        Assert.True(desk.Status == 200, desk.Html);
        var xml = desk.Html;
        var folder = Directory.CreateTempSubdirectory("muster-authors-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "author.xml"), xml, TestContext.Current.CancellationToken);
            await desk.GetAsync("/api/author-list/author.dtd");
            await File.WriteAllTextAsync(Path.Combine(folder, "author.dtd"), desk.Html, TestContext.Current.CancellationToken);
            using var lint = Process.Start(
                new ProcessStartInfo("xmllint", ["--nonet", "--noout", "--valid", "author.xml"])
                {
                    WorkingDirectory = folder,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                }
            )!; // a name was given
            var said = await lint.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await lint.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(lint.ExitCode == 0, said);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return XDocument.Parse(xml);
    }
}
