using System.Text;
using System.Text.Json;
using Muster.Core.Imports;
using Muster.Core.Tables;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>What a registrar does with files, for tests that need it done.</summary>
internal static class ImportDesk
{
    public const string Header = "id,given,family,email,orcid,institute,position,from,until";

    /// <summary>Sends a table in; the answer is the dry run.</summary>
    public static async Task<JsonElement> LookAsync(this Visitor desk, string csv, string mode = "changes", string kind = "text/csv")
    {
        await desk.SendAsync($"/api/imports?mode={mode}&name=people.csv", new StringContent(csv, Encoding.UTF8, kind));
        Assert.True(desk.Status == 201, desk.Html);
        return JsonDocument.Parse(desk.Html).RootElement;
    }

    public static Task<JsonElement> LookAtLinesAsync(this Visitor desk, params string[] lines) =>
        desk.LookAsync(string.Join("\r\n", lines.Prepend(Header)));

    public static Task<(int Status, JsonElement Body)> ApplyAsync(this Visitor desk, JsonElement look, int? brake = null) =>
        desk.JsonAsync(
            HttpMethod.Post,
            $"/api/imports/{look.Id()}/apply",
            new
            {
                digest = look.GetProperty("digest").GetString(),
                brake = brake is null ? null : "on",
                changes = brake,
            }
        );

    public static Task<(int Status, JsonElement Body)> RollBackAsync(this Visitor desk, JsonElement look) =>
        desk.JsonAsync(HttpMethod.Post, $"/api/imports/{look.Id()}/rollback", new { });

    public static async Task<string> ExportAsync(this Visitor desk, string more = ".csv")
    {
        await desk.GetAsync("/api/people" + more);
        Assert.Equal(200, desk.Status);
        return desk.Html;
    }

    public static string Id(this JsonElement look) => look.GetProperty("id").GetString()!; // every dry run has one

    public static List<string> Codes(this JsonElement look) =>
        [.. look.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("code").GetString()!)]; // as it is written

    public static int Count(this JsonElement look, string name) => look.GetProperty("counts").GetProperty(name).GetInt32();

    /// <summary>The table with other cells; rows as <see cref="CsvReader"/> reads them, the first one left alone.</summary>
    public static string Changed(string csv, Func<int, string[], IEnumerable<string>?> change)
    {
        var reader = new CsvReader(ImportEncoding.WithoutMark(Encoding.UTF8.GetBytes(csv)), ',');
        var written = new StringBuilder();
        for (var number = 0; reader.Next() is { } row; number++)
            if ((number == 0 ? row.Cells : change(number, [.. row.Cells.Select(CsvText.AsMeant)])) is { } cells)
                CsvText.AppendRow(written, cells);
        return written.ToString();
    }
}
