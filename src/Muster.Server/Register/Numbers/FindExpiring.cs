using System.Globalization;
using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.Calendar;
using Muster.Core.Roles;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Numbers;

/// <summary>Whose membership ends soon, whose ended lately, and whose account works on or no more; as of any day. The files have them all.</summary>
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
        routes.MapGet(Api, PageAsync).RequirePower(Power.ReadRegister).Answers<ExpiringAnswer>("findExpiring");
        routes.MapGet(Api + ".csv", CsvAsync).RequirePower(Power.ReadRegister).AnswersFile("findExpiringCsv", ["text/csv"]);
    }

    private static async Task<IResult> PageAsync(
        HttpContext http,
        Desk desk,
        IOptions<RegisterOptions> options,
        string? within,
        string? show,
        string? on,
        CancellationToken ct
    )
    {
        if (!Read(desk, within, show, on).TryGet(out var asked, out var why))
            return Problems.Answer(http, why, StatusCodes.Status400BadRequest);
        var model = await LoadAsync(desk, asked, options.Value, Shown, ct);
        return Problems.WantsJson(http) ? Results.Json(ExpiringAnswer.Of(model)) : Pages.Show<ExpiringPage>(http, new { Model = model });
    }

    private static async Task<IResult> CsvAsync(
        HttpContext http,
        Desk desk,
        IOptions<RegisterOptions> options,
        string? within,
        string? show,
        string? on,
        CancellationToken ct
    )
    {
        if (!Read(desk, within, show, on).TryGet(out var asked, out var why))
            return Problems.Answer(http, why, StatusCodes.Status400BadRequest);
        var model = await LoadAsync(desk, asked, options.Value, int.MaxValue, ct);
        return asked.Show is ExpiringList.Grace or ExpiringList.Expired
            ? CsvFile.Answer(
                asked.Show == ExpiringList.Grace ? "in-grace" : "expired",
                ["last_day", "works_until", "name", "email", "account", "institutes", "member_id"],
                model.Grace.Concat(model.Expired).Select(Cells)
            )
            : CsvFile.Answer(
                "expiring",
                ["last_day", "name", "email", "institute", "position", "stays_elsewhere", "member_id"],
                model.Ended.Reverse().Concat(model.Ending).Select(Cells)
            );
    }

    /// <summary>Who is still there on the day ends; whose last day was before it has ended. Those that ended come the latest first.</summary>
    private static async Task<ExpiringModel> LoadAsync(
        Desk desk,
        ExpiringAsked asked,
        RegisterOptions options,
        int limit,
        CancellationToken ct
    )
    {
        var (day, before) = (asked.On, asked.On.Plus(-1));
        var (first, last) = (day.Plus(-asked.Within), day.Plus(asked.Within));
        var rules = options.Expiry;
        await using var db = await desk.ReadAsync(ct);
        return new ExpiringModel(asked)
        {
            Ending = asked.Has(ExpiringList.Ending) ? await db.EndingAsync(day, last, limit, latestFirst: false, ct) : [],
            Ended = asked.Has(ExpiringList.Ended) ? await db.EndingAsync(first, before, limit, latestFirst: true, ct) : [],
            Grace = asked.Has(ExpiringList.Grace) ? await db.AfterMembershipAsync(isOver: false, rules, day, limit, ct) : [],
            Expired = asked.Has(ExpiringList.Expired) ? await db.AfterMembershipAsync(isOver: true, rules, day, limit, ct) : [],
            EndingInAll = await db.EndingCountAsync(day, last, ct),
            EndedInAll = await db.EndingCountAsync(first, before, ct),
            GraceInAll = await db.AfterMembershipCountAsync(isOver: false, rules, day, ct),
            ExpiredInAll = await db.AfterMembershipCountAsync(isOver: true, rules, day, ct),
        };
    }

    private static Result<ExpiringAsked> Read(Desk desk, string? within, string? show, string? on)
    {
        if (!Within(within).TryGet(out var days, out var why) || !Days.OfQuery(on, desk.Today).TryGet(out var day, out why))
            return why;
        ExpiringList? list = string.IsNullOrEmpty(show) ? null : FormPosts.Choice<ExpiringList>(show);
        return list is null && !string.IsNullOrEmpty(show)
            ? new Refusal("expiring.list-unknown", "show")
            : new ExpiringAsked(days, list, day, desk.Today);
    }

    private static Result<int> Within(string? text) =>
        string.IsNullOrEmpty(text) ? Usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && Choices.Contains(days) ? days
        : new Refusal("expiring.within-unknown", "within");

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

    private static IReadOnlyList<string?> Cells(GraceLine line) =>
        [
            Days.Iso(line.LastDay),
            Days.Iso(line.WorksUntil),
            line.SortName,
            line.Email,
            line.Account,
            line.Institutes,
            line.Member.ToString(),
        ];
}
