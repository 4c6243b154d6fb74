using Microsoft.Extensions.DependencyInjection;
using Muster.Server.Register.Institutes;
using Muster.Server.Storage;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>What the registry of organisations says otherwise than the register is shown, and taken over fact by fact.</summary>
public sealed class RegistryTests(Portal portal) : IClassFixture<Portal>
{
    private const string Line =
        """{"id":"https://ror.org/01js2sh04","status":"STATUS","names":[["NAME",["ror_display","label"],"de"]],"loc":[["DE","Hamburg",2911298]],"rel":[REL]}""";

    [Fact]
    public async Task What_differs_is_listed_shown_and_taken_over_by_one_press_each()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await EnterAsync(desk, "Electron Place", "Elektron", "FR", "01js2sh04");
        var next = await EnterAsync(desk, "Next Place", "Next", "CH", "01ggx4157");
        await TakeAsync(
            Line.Replace("NAME", "Elektron-Synchrotron", StringComparison.Ordinal)
                .Replace("STATUS", "inactive", StringComparison.Ordinal)
                .Replace("REL", """["successor","https://ror.org/01ggx4157","x"]""", StringComparison.Ordinal)
        );

        Assert.Contains("Elektron", (await desk.GetAsync("/desk/institutes?show=registry")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Next Place", desk.Text, StringComparison.Ordinal);
        var (_, shown) = await desk.JsonAsync(HttpMethod.Get, $"/api/institutes/{institute}");
        Assert.Equal(
            ["Name", "Country", "Inactive", "Successor"],
            shown.GetProperty("registry").EnumerateArray().Select(r => r.GetProperty("fact").GetString())
        );

        foreach (var fact in (string[])["Name", "Country", "Successor", "Inactive"])
        {
            await desk.GetAsync($"/desk/institutes/{institute}");
            await desk.PostFormAsync($"name=\"fact\" value=\"{fact}\"");
            Assert.Equal(200, desk.Status);
        }

        Assert.DoesNotContain("says otherwise", desk.Text, StringComparison.Ordinal);
        var (_, after) = await desk.JsonAsync(HttpMethod.Get, $"/api/institutes/{institute}");
        Assert.Equal(("Elektron-Synchrotron", "DE"), (after.GetProperty("name").GetString(), after.GetProperty("country").GetString()));
        Assert.Equal(next, after.GetProperty("successors")[0].GetGuid());
        Assert.Equal(portal.Now.AddDays(1).UtcDateTime.ToString("yyyy-MM-dd", null), after.GetProperty("until").GetString());
        Assert.Equal(
            "4",
            portal.Read(
                "select count(*) from audit_records where action = 'institute.fact-taken-over' and institute_id = @0",
                institute.ToString().ToUpperInvariant()
            )
        );
    }

    [Fact]
    public async Task What_the_registry_does_not_say_or_says_no_more_is_not_taken_over()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await EnterAsync(desk, "Other Place", "Other", "DE", "03yrm5c26");
        var line = Line.Replace("01js2sh04", "03yrm5c26", StringComparison.Ordinal)
            .Replace("STATUS", "active", StringComparison.Ordinal)
            .Replace("REL", """["successor","https://ror.org/042nb2s44","x"]""", StringComparison.Ordinal);
        await TakeAsync(line.Replace("NAME", "First Name", StringComparison.Ordinal));
        await TakeAsync(line.Replace("NAME", "Second Name", StringComparison.Ordinal));

        foreach (
            var (fact, theirs, code) in new[]
            {
                ("Name", "First Name", "ror.no-difference"), // it was imported anew in between
                ("Name", "Anything Else", "ror.no-difference"),
                ("Country", "DE", "ror.no-difference"),
                ("Nothing", "", "ror.no-difference"),
                ("Successor", "042nb2s44", "institute.successor-missing"), // no institute of ours
            }
        )
        {
            var (status, problem) = await desk.JsonAsync(HttpMethod.Post, $"/api/institutes/{institute}/registry", new { fact, theirs });
            Assert.Equal((422, code), (status, problem.Code()));
        }
        await desk.GetAsync($"/desk/institutes/{institute}");
        Assert.Contains("/desk/institutes/new?ror=042nb2s44", desk.Html, StringComparison.Ordinal);

        var both = await Task.WhenAll(
            Enumerable
                .Range(0, 2)
                .Select(_ =>
                    desk.JsonAsync(HttpMethod.Post, $"/api/institutes/{institute}/registry", new { fact = "Name", theirs = "Second Name" })
                )
        );
        Assert.Equal([200, 422], both.Select(b => b.Status).Order());
    }

    private static async Task<Guid> EnterAsync(Visitor desk, string name, string shortName, string country, string ror)
    {
        var (status, body) = await desk.JsonAsync(
            HttpMethod.Post,
            "/api/institutes",
            new
            {
                name,
                shortName,
                country,
                ror,
                since = "2020-01-01",
            }
        );
        Assert.True(status == 201, body.ToString());
        return body.GetProperty("id").GetGuid();
    }

    private async Task TakeAsync(string line)
    {
        var ct = TestContext.Current.CancellationToken;
        var (records, problems) = await RorFile.ReadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(line)), ct);
        Assert.Empty(problems);
        await portal.Services.GetRequiredService<Writer>().WriteAsync("test", (db, unit) => RorTable.TakeAsync(db, records, unit), ct);
    }
}
