using System.Globalization;
using System.Text;
using System.Text.Json;
using Muster.Core.Imports;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>The whole register as a file: out, in again, by a whole list, in bulk, and on paper.</summary>
public sealed class WholeListTests(Portal portal) : IClassFixture<Portal>
{
    private const int Percent = (int)ImportField.Percent;

    [Fact]
    public async Task An_export_that_is_imported_again_changes_nothing()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("Round, \"Trip\"; Lab");
        await desk.EnterPersonAsync(
            institute,
            "-Anna",
            "'t Hooft",
            "=odd+@trip.example",
            native: "=安娜;-x安",
            orcid: "0000-0001-5109-3700"
        );
        var all = await desk.ExportAsync();
        var today = DateOnly.FromDateTime(portal.Now.UtcDateTime).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        foreach (
            var (file, mode, kind) in ((string, string, string)[])
                [
                    (all, "changes", "text/csv"),
                    (all, "whole", "text/csv"),
                    (await desk.ExportAsync(".csv?on=" + today), "whole", "text/csv"),
                    (await desk.ExportAsync(".json"), "whole", "application/json"),
                ]
        )
        {
            var look = await desk.LookAsync(file, mode, kind);

            Assert.Equal((0, 0), (look.GetProperty("problemCount").GetInt32(), look.GetProperty("stepCount").GetInt32()));
            Assert.True(look.Count("same") > 800);
            var (status, problem) = await desk.ApplyAsync(look);
            Assert.Equal((422, "import.nothing-to-do"), (status, problem.Code()));
        }
        Assert.Contains("'-Anna", all, StringComparison.Ordinal);
        Assert.DoesNotContain(",-Anna", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_many_changes_need_the_number_once_more_and_can_be_taken_back()
    {
        using var desk = await portal.RegistrarAsync();
        var before = await desk.ExportAsync();
        var active = 0;
        var csv = ImportDesk.Changed(
            before,
            (_, cells) =>
            {
                if (cells[(int)ImportField.Until].Length == 0 && ++active % 4 == 0)
                    cells[Percent] = "77";
                return cells;
            }
        );
        var look = await desk.LookAsync(csv);
        var braked = look.Count("braked");
        Assert.True(look.GetProperty("braked").GetBoolean());
        Assert.True(braked * 10 > look.Count("active"));

        foreach (var word in (int?[])[null, 1, braked + 1])
        {
            var (stopped, problem) = await desk.ApplyAsync(look, word);
            Assert.Equal((422, "import.brake"), (stopped, problem.Code()));
        }
        Assert.Equal(before, await desk.ExportAsync());
        Assert.Contains($"{braked}", (await desk.GetAsync($"/desk/import/{look.Id()}")).Text, StringComparison.Ordinal);
        await desk.PostFormAsync("name=\"digest\"", ("brake", "on"), ("changes", "3"));
        desk.AssertRefused(422, "import.brake");

        var (status, body) = await desk.ApplyAsync(look, braked);
        Assert.True(status == 200, body.ToString());
        Assert.Equal(braked.ToString(CultureInfo.InvariantCulture), portal.Read("select count(*) from memberships where percent = 77"));
        Assert.Equal(200, (await desk.RollBackAsync(look)).Status);

        Assert.Equal(before, await desk.ExportAsync());
    }

    [Fact]
    public async Task Who_is_not_in_a_whole_list_leaves_and_comes_back_when_it_is_taken_back()
    {
        using var desk = await portal.RegistrarAsync();
        var before = await desk.ExportAsync();
        var csv = ImportDesk.Changed(before, (number, cells) => number % 3 == 0 ? cells : null);
        var look = await desk.LookAsync(csv, "whole");
        Assert.True(look.Count("left") > 400);
        Assert.Equal(0, look.GetProperty("problemCount").GetInt32());

        var (status, body) = await desk.ApplyAsync(look, look.Count("braked"));

        Assert.True(status == 200, body.ToString());
        var day = DateOnly.FromDateTime(portal.Now.UtcDateTime).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        const string Active =
            """select count(distinct member_id) from memberships where "from" <= @0 and ("until" is null or "until" > @0)""";
        Assert.Equal($"{look.Count("active") - look.Count("left")}", portal.Read(Active, day));
        Assert.Equal(200, (await desk.RollBackAsync(look)).Status);
        Assert.Equal(before, await desk.ExportAsync());
    }

    [Fact]
    public async Task Two_hundred_thousand_lines_are_answered_and_nothing_is_half_done()
    {
        using var desk = await portal.RegistrarAsync();
        await desk.EnterInstituteAsync("Very Large");
        var members = portal.Read("select count(*) from members");
        var csv = new StringBuilder("given,family,email,institute,position,from\n");
        for (var i = 0; i < 200_000; i++)
            csv.Append(
                CultureInfo.InvariantCulture,
                $"Ann{Letters(i)},Lee{Letters(i / 7)},p{i}@large.example,Very Large,staff,2024-01-01\n"
            );

        var look = await desk.LookAsync(csv.ToString());

        Assert.Equal(200_000, look.Count("entered"));
        Assert.Equal(["import.too-many-changes"], look.Codes());
        var (status, problem) = await desk.ApplyAsync(look);
        Assert.Equal((422, "import.has-problems"), (status, problem.Code()));
        Assert.Equal(members, portal.Read("select count(*) from members"));
    }

    [Fact]
    public async Task The_list_for_paper_has_every_institute_with_its_people_of_the_day()
    {
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("Paper Mill");
        await desk.EnterPersonAsync(institute, "Gutenberg", "Printersson", from: "2025-01-01");

        Assert.Contains("Printersson, Gutenberg", (await desk.GetAsync("/desk/people/print")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Printersson", (await desk.GetAsync("/desk/people/print?on=2024-12-31")).Text, StringComparison.Ordinal);
        Assert.Equal(400, (await desk.GetAsync("/desk/people/print?on=x")).Status);
        Assert.DoesNotContain("Printersson", await desk.ExportAsync(".csv?on=2024-12-31"), StringComparison.Ordinal);
        var row = JsonDocument
            .Parse(await desk.ExportAsync(".json"))
            .RootElement.EnumerateArray()
            .Single(r => r.GetProperty("family").GetString() == "Printersson");
        Assert.Equal((100, "Paper Mill"), (row.GetProperty("percent").GetInt32(), row.GetProperty("institute").GetString()));
    }

    /// <summary>Consonants, so that no two of the names count as spellings of one.</summary>
    private static string Letters(int number) =>
        string.Concat(Enumerable.Range(0, 5).Select(i => "bcdfghjklmnpqrstvwxz"[number / (int)Math.Pow(20, i) % 20]));
}
