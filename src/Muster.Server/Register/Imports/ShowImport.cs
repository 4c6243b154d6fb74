using Muster.Core;
using Muster.Core.Imports;
using Muster.Core.Roles;
using Muster.Server.Register.Members;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Imports;

/// <summary>What a file would do, problems first; once it is applied, what it did.</summary>
internal static class ShowImport
{
    internal const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(UploadImport.Path + "/{id:guid}", ShowAsync).RequirePower(Power.EditRegister);
        routes.MapGet(UploadImport.Api + "/{id:guid}", ShowAsync).RequirePower(Power.EditRegister).Answers<ImportAnswer>("showImport");
        routes.MapGet(UploadImport.Path + "/{id:guid}/diff.csv", DiffAsync).RequirePower(Power.EditRegister);
    }

    private static Task<IResult> ShowAsync(HttpContext http, Guid id, int? page, Loader loader, CancellationToken ct) =>
        loader.AnswerAsync(http, id, page ?? 1, null, ct);

    /// <summary>Loads the page, also where an act of it was refused.</summary>
    internal sealed class Loader(Desk desk, ImportPlans plans)
    {
        public async Task<IResult> AnswerAsync(HttpContext http, Guid id, int page, Refusal? why, CancellationToken ct)
        {
            if (why is { Code: "import.unknown" })
                return Problems.Answer(http, why, StatusCodes.Status404NotFound);
            var status =
                why is null ? StatusCodes.Status200OK
                : why.Code is "import.not-planned" or "import.not-applied" or "import.stale" or "import.changed-since"
                    ? StatusCodes.Status409Conflict
                : StatusCodes.Status422UnprocessableEntity;
            if (why is not null && Problems.WantsJson(http))
                return Problems.Document([why], status);
            await using var db = await desk.ReadAsync(ct);
            if (await db.ImportAsync(id, ct) is not { } batch)
                return Problems.Answer(http, new Refusal("import.unknown"), StatusCodes.Status404NotFound);
            var plan =
                batch.State == ImportState.Planned ? await plans.LookAsync(db, ImportPlans.Unpack(batch.Content), batch.Mode, ct) : null;
            var at = Math.Clamp(page, 1, 1 + ImportPlan.MostSteps);
            var changes = plan is null ? await db.ImportChangesAsync(id, (at - 1) * PageSize, PageSize, ct) : [];
            return Problems.WantsJson(http)
                ? Results.Json(ImportAnswer.Of(batch, plan, changes, at, PageSize), statusCode: status)
                : Pages.Show<ImportPage>(http, new { Model = new ImportModel(batch, plan, changes, at, PageSize, why) }, status);
        }
    }

    private static async Task<IResult> DiffAsync(HttpContext http, Guid id, Desk desk, ImportPlans plans, CancellationToken ct)
    {
        await using var db = await desk.ReadAsync(ct);
        if (await db.ImportAsync(id, ct) is not { } batch)
            return Problems.Answer(http, new Refusal("import.unknown"), StatusCodes.Status404NotFound);
        if (batch.State != ImportState.Planned)
            return Problems.Answer(http, new Refusal("import.not-planned"), StatusCodes.Status409Conflict);
        var plan = await plans.LookAsync(db, ImportPlans.Unpack(batch.Content), batch.Mode, ct);
        return Results.File(ExportPeople.Marked(ImportWords.Csv(plan)), "text/csv; charset=utf-8", $"import-{id:N}.csv");
    }
}

/// <param name="Plan">Null once it is applied or thrown away.</param>
/// <param name="Changes">What it did; some of it.</param>
/// <param name="Page">From 1.</param>
public sealed record ImportModel(
    ImportBatch Batch,
    ImportPlan? Plan,
    IReadOnlyList<ImportChange> Changes,
    int Page,
    int PageSize,
    Refusal? Why
)
{
    public int Total => Plan is { } plan ? plan.Problems.Count + plan.Steps.Count : Batch.Entered + Batch.Changed + Batch.Left;
    public int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);
    public IEnumerable<ImportProblem> Problems => Plan?.Problems.Skip(First).Take(PageSize) ?? [];
    public IEnumerable<PersonStep> Steps
    {
        get
        {
            var problems = Plan?.Problems.Count ?? 0;
            var used = Math.Clamp(problems - First, 0, PageSize);
            return Plan?.Steps.Skip(Math.Max(0, First - problems)).Take(PageSize - used) ?? [];
        }
    }

    private int First => (Page - 1) * PageSize;
}
