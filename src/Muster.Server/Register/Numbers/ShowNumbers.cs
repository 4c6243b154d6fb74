using Muster.Core;
using Muster.Core.Roles;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Numbers;

/// <summary>The numbers of the collaboration: a page of plots, and each list of numbers for programs and as a file.</summary>
internal static class ShowNumbers
{
    public const string Path = "/desk/numbers";
    public const string Api = "/api/numbers";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, PageAsync).RequirePower(Power.ReadRegister);
        routes.MapGet(Api, JsonAsync).RequirePower(Power.ReadRegister).Answers<NumbersAnswer>("countNumbers", NeedsSeries);
        routes.MapGet(Api + ".csv", CsvAsync).RequirePower(Power.ReadRegister).AnswersFile("countNumbersCsv", ["text/csv"], NeedsSeries);
    }

    private static ApiOperation NeedsSeries(ApiOperation operation) => operation with { NeededQuery = ["series"] };

    private static async Task<IResult> PageAsync(
        HttpContext http,
        Desk desk,
        KnownMemberships memberships,
        string? from,
        string? to,
        string? on,
        CancellationToken ct
    )
    {
        if (!NumbersAsked.Read(from, to, on, desk.Today).TryGet(out var asked, out var why))
            return Problems.Answer(http, why, StatusCodes.Status400BadRequest);
        await using var db = await desk.ReadAsync(ct);
        return Pages.Show<NumbersPage>(http, new { Model = new NumbersModel(await db.CountedAsync(memberships, asked, ct)) });
    }

    private static Task<IResult> JsonAsync(
        HttpContext http,
        Desk desk,
        KnownMemberships memberships,
        string? series,
        string? from,
        string? to,
        string? on,
        CancellationToken ct
    ) =>
        AnswerAsync(
            http,
            desk,
            memberships,
            series,
            NumbersAsked.Read(from, to, on, desk.Today),
            (counted, name) => Results.Json(NumbersAnswer.Of(counted, name)),
            ct
        );

    private static Task<IResult> CsvAsync(
        HttpContext http,
        Desk desk,
        KnownMemberships memberships,
        string? series,
        string? from,
        string? to,
        string? on,
        CancellationToken ct
    ) =>
        AnswerAsync(
            http,
            desk,
            memberships,
            series,
            NumbersAsked.Read(from, to, on, desk.Today),
            (counted, name) => counted.Table(name) is { } table ? CsvFile.Answer(name, table.Columns, table.Rows) : Unknown(http),
            ct
        );

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        Desk desk,
        KnownMemberships memberships,
        string? series,
        Result<NumbersAsked> query,
        Func<Counted, string, IResult> answer,
        CancellationToken ct
    )
    {
        if (!query.TryGet(out var asked, out var why))
            return Problems.Answer(http, why, StatusCodes.Status400BadRequest);
        if (series is null || !Counted.Names.Contains(series, StringComparer.Ordinal))
            return Unknown(http);
        await using var db = await desk.ReadAsync(ct);
        return answer(await db.CountedAsync(memberships, asked, ct), series);
    }

    private static IResult Unknown(HttpContext http) =>
        Problems.Answer(http, new Refusal("numbers.series-unknown", "series"), StatusCodes.Status400BadRequest);
}
