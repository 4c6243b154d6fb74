using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Renewals;
using Muster.Core.Roles;
using Muster.Server.Register;
using Muster.Server.Register.Institutes;
using Muster.Server.Storage;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Enrolment.Renewals;

/// <summary>The registrar opens the yearly round: everybody who speaks for an institute gets a mail with a link. And sees how far it is.</summary>
internal static class OpenRound
{
    public const string Path = "/desk/rounds";
    public const string Api = "/api/rounds";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(Path, (HttpContext http, Desk desk, CancellationToken ct) => ListAsync(http, desk, [], null, ct))
            .RequirePower(Power.ReadRegister);
        routes
            .MapGet(Api, (HttpContext http, Desk desk, CancellationToken ct) => ListAsync(http, desk, [], null, ct))
            .RequirePower(Power.ReadRegister)
            .Answers<List<RoundLineAnswer>>("listRounds");
        routes
            .MapAct(Path, Api, "", Power.EditRegister, HandleAsync)
            .Takes<RoundBody, MadeAnswer>("openRound", StatusCodes.Status201Created);
        routes.MapGet(Path + "/{id:guid}", ShowAsync).RequirePower(Power.ReadRegister);
        routes.MapGet(Api + "/{id:guid}", ShowAsync).RequirePower(Power.ReadRegister).Answers<RoundAnswer>("showRound");
        routes.MapGet(Api + "/{id:guid}.csv", CsvAsync).RequirePower(Power.ReadRegister).AnswersFile("showRoundCsv", ["text/csv"]);
    }

    private static async Task<IResult> HandleAsync(HttpContext http, Desk desk, CancellationToken ct)
    {
        var fields = Posted.Fields(http);
        var wrong = new List<Refusal>();
        if (fields.Words("name", ConfirmationRound.MaxName) is not { } name)
            wrong.Add(new Refusal("renewal.name-missing", "name"));
        else if (!WellFormedText.Is(name))
            wrong.Add(new Refusal("person.bad-characters", "name"));
        if (!Days.Of(fields, "lastDay").TryGet(out var lastDay, out var noDay))
            wrong.Add(noDay);
        else if (lastDay is null || lastDay < desk.Today)
            wrong.Add(new Refusal("renewal.deadline", "lastDay"));
        if (wrong.Count > 0)
            return await ListAsync(http, desk, wrong, fields, ct);

        var round = await desk.Writer.WriteAsync<Result<ConfirmationRound>>(
            nameof(OpenRound),
            async (db, unit) =>
            {
                var now = desk.Now;
                if (await db.OpenRoundAsync(desk.Today, unit) is not null)
                    return new Refusal("renewal.round-open", "name");
                var opened = new ConfirmationRound(
                    Guid.CreateVersion7(now),
                    fields.Words("name", ConfirmationRound.MaxName)!, // looked at above
                    lastDay!.Value,
                    SignedIn.On(http)!.Name, // the route needs it
                    now
                );
                db.Add(opened);
                var invited = await InviteRepresentatives.InviteAsync(db, opened, desk.Today, now, unit);
                var entry = Desk.Entry(
                    http,
                    "round.opened",
                    null,
                    null,
                    ("name", opened.Name),
                    ("lastDay", Days.Iso(opened.LastDay)),
                    ("invited", $"{invited}")
                );
                await desk.Audit.AppendAsync(db, entry, now, unit);
                await db.SaveChangesAsync(unit);
                return opened;
            },
            ct
        );
        if (!round.TryGet(out var good, out var why))
            return await ListAsync(http, desk, [why], fields, ct);
        return Problems.WantsJson(http)
            ? Results.Json(new MadeAnswer(good.Id), statusCode: StatusCodes.Status201Created)
            : Results.Redirect($"{Path}/{good.Id}");
    }

    private static async Task<IResult> ListAsync(
        HttpContext http,
        Desk desk,
        List<Refusal> errors,
        IFormCollection? typed,
        CancellationToken ct
    )
    {
        if (errors.Count > 0 && Problems.WantsJson(http))
            return Problems.Document(errors, StatusCodes.Status422UnprocessableEntity);
        await using var db = await desk.ReadAsync(ct);
        var model = new RoundsModel(await db.Set<ConfirmationRound>().OrderByDescending(r => r.LastDay).ToListAsync(ct), desk.Today)
        {
            MayOpen = SignedIn.On(http)!.Has(Power.EditRegister), // the route needs it
            Errors = errors,
            Typed = typed,
        };
        return Problems.WantsJson(http)
            ? Results.Json(model.Rounds.Select(r => RoundLineAnswer.Of(r, model.Today)))
            : Pages.ShowForm<RoundsPage>(http, new { Model = model }, errors);
    }

    private static async Task<IResult> CsvAsync(HttpContext http, Guid id, Desk desk, CancellationToken ct)
    {
        await using var db = await desk.ReadAsync(ct);
        return await RoundAsync(db, id, ct) is { } round
            ? CsvFile.Answer(
                "round",
                ["day", "answered_on_day", "answered"],
                (await DaysAsync(db, round, desk.Today, ct)).Select(d =>
                    (IReadOnlyList<string?>)
                        [Days.Iso(d.Day), d.Answered.ToString(CultureInfo.InvariantCulture), d.InAll.ToString(CultureInfo.InvariantCulture)]
                )
            )
            : Problems.Answer(http, new Refusal("renewal.round-unknown"), StatusCodes.Status404NotFound);
    }

    private static Task<ConfirmationRound?> RoundAsync(MusterDb db, Guid id, CancellationToken ct) =>
        db.Set<ConfirmationRound>().SingleOrDefaultAsync(r => r.Id == id, ct);

    private static async Task<IReadOnlyList<RoundDay>> DaysAsync(MusterDb db, ConfirmationRound round, DateOnly today, CancellationToken ct)
    {
        var said = await db.Set<Confirmation>().Where(c => c.RoundId == round.Id).Select(c => c.AnsweredAt).ToListAsync(ct);
        return RoundDay.Of(round.FirstDay, round.LastDay, today, said.Select(s => DateOnly.FromDateTime(s.UtcDateTime)));
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Guid id, Desk desk, CancellationToken ct)
    {
        await using var db = await desk.ReadAsync(ct);
        if (await RoundAsync(db, id, ct) is not { } round)
            return Problems.Answer(http, new Refusal("renewal.round-unknown"), StatusCodes.Status404NotFound);
        var day = desk.Today < round.LastDay ? desk.Today : round.LastDay;
        var model = new RoundModel(round, await db.ProgressAsync(id, day, ct), desk.Today)
        {
            Days = await DaysAsync(db, round, desk.Today, ct),
            Answers = await db.Set<Confirmation>()
                .Where(c => c.RoundId == id)
                .GroupBy(c => c.Answer)
                .Select(g => new { g.Key, Count = g.Count() })
                .ToDictionaryAsync(g => g.Key, g => g.Count, ct),
        };
        return Problems.WantsJson(http) ? Results.Json(RoundAnswer.Of(model)) : Pages.Show<RoundPage>(http, new { Model = model });
    }
}

public sealed record RoundsModel(IReadOnlyList<ConfirmationRound> Rounds, DateOnly Today)
{
    public bool MayOpen { get; init; }
    public IReadOnlyList<Refusal> Errors { get; init; } = [];
    public IFormCollection? Typed { get; init; }
}

public sealed record RoundModel(ConfirmationRound Round, IReadOnlyList<RoundProgress> Progress, DateOnly Today)
{
    public IReadOnlyDictionary<RenewalAnswer, int> Answers { get; init; } = new Dictionary<RenewalAnswer, int>();
    public IReadOnlyList<RoundDay> Days { get; init; } = [];
    public IReadOnlyList<DateOnly> Axis => RoundDay.Axis(Round.FirstDay, Round.LastDay);
    public int People => Progress.Sum(p => p.People);
    public int Answered => Progress.Sum(p => p.Answered);
}
