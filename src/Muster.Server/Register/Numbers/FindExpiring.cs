using System.Globalization;
using Muster.Core;
using Muster.Core.Roles;
using Muster.Server.Web;

namespace Muster.Server.Register.Numbers;

/// <summary>Whose membership ends soon, and whose ended lately; bounded by days, and the file has them all.</summary>
internal static class FindExpiring
{
    public const string Path = "/desk/expiring";
    public const string Api = "/api/expiring";

    /// <summary>So many days ahead, and back, where nobody says how many.</summary>
    public const int Usual = 60;

    private const int Shown = 500;

    public static IReadOnlyList<int> Choices { get; } = [30, Usual, 90, 180];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, PageAsync).RequirePower(Power.ReadRegister);
        routes.MapGet(Api, PageAsync).RequirePower(Power.ReadRegister);
        routes.MapGet(Api + ".csv", CsvAsync).RequirePower(Power.ReadRegister);
    }

    private static async Task<IResult> PageAsync(HttpContext http, Desk desk, string? within, CancellationToken ct)
    {
        if (!Within(within).TryGet(out var days, out var why))
            return Problems.Answer(http, why, StatusCodes.Status400BadRequest);
        var model = await LoadAsync(desk, days, Shown, ct);
        return Problems.WantsJson(http)
            ? Results.Json(
                new
                {
                    within = days,
                    ending = model.Ending.Select(Json),
                    ended = model.Ended.Select(Json),
                    endingInAll = model.EndingInAll,
                    endedInAll = model.EndedInAll,
                }
            )
            : Pages.Show<ExpiringPage>(http, new { Model = model });
    }

    private static async Task<IResult> CsvAsync(HttpContext http, Desk desk, string? within, CancellationToken ct)
    {
        if (!Within(within).TryGet(out var days, out var why))
            return Problems.Answer(http, why, StatusCodes.Status400BadRequest);
        var model = await LoadAsync(desk, days, int.MaxValue, ct);
        return CsvFile.Answer(
            "expiring",
            ["last_day", "name", "email", "institute", "position", "stays_elsewhere", "member_id"],
            model.Ended.Reverse().Concat(model.Ending).Select(Cells)
        );
    }

    /// <summary>Who is still there today ends; whose last day was yesterday has ended. Those that ended come the latest first.</summary>
    private static async Task<ExpiringModel> LoadAsync(Desk desk, int days, int limit, CancellationToken ct)
    {
        var (today, yesterday) = (desk.Today, desk.Today.AddDays(-1));
        await using var db = await desk.ReadAsync(ct);
        return new ExpiringModel(
            days,
            await db.EndingAsync(today, today.AddDays(days), limit, latestFirst: false, ct),
            await db.EndingAsync(today.AddDays(-days), yesterday, limit, latestFirst: true, ct),
            await db.EndingCountAsync(today, today.AddDays(days), ct),
            await db.EndingCountAsync(today.AddDays(-days), yesterday, ct)
        );
    }

    private static Result<int> Within(string? text) =>
        string.IsNullOrEmpty(text) ? Usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && Choices.Contains(days) ? days
        : new Refusal("expiring.within-unknown", "within");

    private static object Json(EndingLine line) =>
        new
        {
            id = line.Member.Value,
            sortName = line.SortName,
            email = line.Email,
            institute = line.ShortName,
            position = line.Position,
            lastDay = Days.Iso(line.LastDay),
            staysElsewhere = line.Stays,
        };

    private static IReadOnlyList<string?> Cells(EndingLine line) =>
        [
            Days.Iso(line.LastDay),
            line.SortName,
            line.Email,
            line.ShortName,
            line.Position,
            line.Stays ? "yes" : "no",
            line.Member.ToString(),
        ];
}

/// <param name="EndingInAll">More than are shown, maybe.</param>
/// <param name="EndedInAll">More than are shown, maybe.</param>
public sealed record ExpiringModel(
    int Within,
    IReadOnlyList<EndingLine> Ending,
    IReadOnlyList<EndingLine> Ended,
    int EndingInAll,
    int EndedInAll
);
