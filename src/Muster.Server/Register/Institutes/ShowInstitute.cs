using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Roles;
using Muster.Server.Audit;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Institutes;

/// <summary>One institute on one day: its people, who speaks for it, what it was before and became; and the forms that change it.</summary>
internal static class ShowInstitute
{
    private const int HistoryShown = 30;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                FindInstitutes.Path + "/{id:guid}",
                (HttpContext http, Guid id, Loader loader, CancellationToken ct) => loader.AnswerAsync(http, id, [], null, ct)
            )
            .RequirePower(Power.ReadRegister);
        routes
            .MapGet(
                FindInstitutes.Api + "/{id:guid}",
                (HttpContext http, Guid id, Loader loader, CancellationToken ct) => loader.AnswerAsync(http, id, [], null, ct)
            )
            .RequirePower(Power.ReadRegister)
            .Answers<InstituteAnswer>("showInstitute", o => o with { MoreQuery = ["on"] });
    }

    internal sealed class Loader(Desk desk)
    {
        public async Task<IResult> AnswerAsync(
            HttpContext http,
            Guid id,
            IReadOnlyList<Refusal> errors,
            IFormCollection? typed,
            CancellationToken ct
        )
        {
            if (errors.Count > 0 && Problems.WantsJson(http))
                return Problems.Document(errors, StatusCodes.Status422UnprocessableEntity);
            if (!Days.OfQuery(http.Request.Query["on"], desk.Today).TryGet(out var day, out var noDay))
                return Problems.Answer(http, noDay, StatusCodes.Status400BadRequest);
            await using var db = await desk.ReadAsync(ct);
            if (await db.InstituteAsync(id, ct) is not { } institute)
                return Problems.Answer(http, new Refusal("institute.unknown"), StatusCodes.Status404NotFound);
            var model = new InstituteModel(institute, day, day != desk.Today)
            {
                People = await db.OfInstituteAsync(institute.Id, day, ct),
                Speakers = await db.SpeakingAsync(institute.Id, ct),
                Links = await LinksAsync(db, institute.Id, ct),
                Registry = await db.RegistryLinesAsync(institute, desk.Today, ct),
                Others = await db.Set<Institute>().Where(i => i.Id != institute.Id).OrderBy(i => i.ShortName).ToListAsync(ct),
                History = await db.AboutInstituteAsync(id, HistoryShown, ct),
                MayEdit = SignedIn.On(http)!.Has(Power.EditRegister), // the route needs it
                Errors = errors,
                Typed = typed,
                Today = desk.Today,
            };
            return Problems.WantsJson(http)
                ? Results.Json(InstituteAnswer.Of(model))
                : Pages.ShowForm<InstitutePage>(http, new { Model = model }, errors);
        }

        /// <summary>After a form: the page again, or why not.</summary>
        public async Task<IResult> AfterAsync(HttpContext http, Guid id, Refusal? why, IFormCollection typed, CancellationToken ct) =>
            why is { Code: "institute.unknown" } ? Problems.Answer(http, why, StatusCodes.Status404NotFound)
            : why is not null ? await AnswerAsync(http, id, [why], typed, ct)
            : Problems.WantsJson(http) ? await AnswerAsync(http, id, [], null, ct)
            : Results.Redirect($"{FindInstitutes.Path}/{id}");

        private static async Task<List<InstituteLink>> LinksAsync(MusterDb db, InstituteId id, CancellationToken ct)
        {
            var known = await db.Set<InstituteSuccession>()
                .Where(s => s.PredecessorId == id || s.SuccessorId == id)
                .OrderBy(s => s.On)
                .ToListAsync(ct);
            var ids = known.SelectMany(k => (InstituteId[])[k.PredecessorId, k.SuccessorId]).ToList();
            var institutes = await db.Set<Institute>().Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, ct);
            return
            [
                .. known.Select(k =>
                    k.PredecessorId == id
                        ? new InstituteLink(institutes[k.SuccessorId], true, k.On)
                        : new InstituteLink(institutes[k.PredecessorId], false, k.On)
                ),
            ];
        }
    }
}

/// <summary>Another institute that this one was, or became, on a day.</summary>
public sealed record InstituteLink(Institute Institute, bool IsSuccessor, DateOnly On);

/// <summary>Somebody who speaks for an institute, spoke or will.</summary>
public sealed record Speaking(Representative Who, string Name, string? Email);

public sealed record InstituteModel(Institute Institute, DateOnly Day, bool IsOtherDay)
{
    public IReadOnlyList<PersonLine> People { get; init; } = [];
    public IReadOnlyList<Speaking> Speakers { get; init; } = [];
    public IReadOnlyList<InstituteLink> Links { get; init; } = [];
    public IReadOnlyList<RegistryLine> Registry { get; init; } = [];
    public IReadOnlyList<Institute> Others { get; init; } = [];
    public IReadOnlyList<AuditRecord> History { get; init; } = [];
    public bool MayEdit { get; init; }
    public IReadOnlyList<Refusal> Errors { get; init; } = [];
    public IFormCollection? Typed { get; init; }
    public DateOnly Today { get; init; }
}
