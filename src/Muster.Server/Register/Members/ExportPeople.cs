using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Muster.Core.Imports;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Roles;
using Muster.Core.Tables;
using Muster.Server.Storage;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Members;

/// <summary>
/// Everybody as a table or as JSON, with the columns of an import: all that is on record, or who is active on a day. What is exported and
/// imported again changes nothing.
/// </summary>
internal static class ExportPeople
{
    private const int AtOnce = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(FindPeople.Api + ".csv", (HttpContext http, Desk desk, string? on) => Handle(http, desk, on, WriteCsvAsync, "csv"))
            .RequirePower(Power.ReadRegister)
            .AnswersFile("exportPeopleCsv", ["text/csv"]);
        routes
            .MapGet(FindPeople.Api + ".json", (HttpContext http, Desk desk, string? on) => Handle(http, desk, on, WriteJsonAsync, "json"))
            .RequirePower(Power.ReadRegister)
            .AnswersFile("exportPeopleJson", ["application/json"]);
    }

    /// <summary>With the mark by which spreadsheets know UTF-8.</summary>
    public static byte[] Marked(string csv) => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(csv)];

    private static IResult Handle(
        HttpContext http,
        Desk desk,
        string? on,
        Func<Stream, IAsyncEnumerable<IReadOnlyList<string?>>, CancellationToken, Task> write,
        string kind
    )
    {
        if (!Days.OfQuery(on, desk.Today).TryGet(out var day, out var why))
            return Problems.Answer(http, why, StatusCodes.Status400BadRequest);
        DateOnly? asOf = string.IsNullOrWhiteSpace(on) ? null : day;
        return Results.Stream(
            body => write(body, RowsAsync(desk, asOf, http.RequestAborted), http.RequestAborted),
            kind == "csv" ? "text/csv; charset=utf-8" : "application/json",
            $"people-{Days.Iso(day)}.{kind}"
        );
    }

    /// <summary>Some people at a time, by name; one row for each membership, and one for somebody without any.</summary>
    private static async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(
        Desk desk,
        DateOnly? on,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        await using var db = await desk.ReadAsync(ct);
        var institutes = new PresentRegister([], await db.Set<Institute>().AsNoTracking().ToListAsync(ct));
        var ids = await db.Set<Member>().OrderBy(m => m.SortKey).ThenBy(m => m.Id).Select(m => m.Id).ToListAsync(ct);
        foreach (var some in ids.Chunk(AtOnce))
        {
            var members = await db.Set<Member>().AsNoTracking().Where(m => some.Contains(m.Id)).ToDictionaryAsync(m => m.Id, ct);
            foreach (var member in some.Select(id => members.GetValueOrDefault(id)).OfType<Member>())
            {
                var memberships = member
                    .Memberships.Where(m => on is not { } day || m.Covers(day))
                    .OrderBy(m => m.From)
                    .ThenBy(m => m.InstituteId.Value)
                    .ToList();
                foreach (var membership in memberships)
                    yield return ImportRow.Of(member, membership, institutes.NameOf(membership.InstituteId));
                if (memberships.Count == 0 && on is null)
                    yield return ImportRow.Of(member, null, null);
            }
        }
    }

    private static async Task WriteCsvAsync(Stream body, IAsyncEnumerable<IReadOnlyList<string?>> rows, CancellationToken ct)
    {
        var csv = new StringBuilder("\uFEFF"); // by which spreadsheets know UTF-8
        CsvText.AppendRow(csv, ImportFields.All.Select(f => f.Name()));
        await foreach (var row in rows.WithCancellation(ct))
        {
            CsvText.AppendRow(csv, row);
            if (csv.Length > 32_000)
                await FlushAsync();
        }
        await FlushAsync();

        async Task FlushAsync()
        {
            await body.WriteAsync(Encoding.UTF8.GetBytes(csv.ToString()), ct);
            csv.Clear();
        }
    }

    private static async Task WriteJsonAsync(Stream body, IAsyncEnumerable<IReadOnlyList<string?>> rows, CancellationToken ct)
    {
        await using var json = new Utf8JsonWriter(body);
        json.WriteStartArray();
        await foreach (var row in rows.WithCancellation(ct))
        {
            json.WriteStartObject();
            foreach (var field in ImportFields.All)
                if (field == ImportField.Percent && row[(int)field] is { } number)
                    json.WriteNumber(field.Name(), int.Parse(number, System.Globalization.CultureInfo.InvariantCulture));
                else if (field == ImportField.FamilyFirst)
                    json.WriteBoolean(field.Name(), row[(int)field] == "yes");
                else
                    json.WriteString(field.Name(), row[(int)field]);
            json.WriteEndObject();
            if (json.BytesPending > 32_000)
                await json.FlushAsync(ct);
        }
        json.WriteEndArray();
        await json.FlushAsync(ct);
    }
}
