using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Muster.Core;
using Muster.Core.Guide;
using Muster.Core.Roles;
using Muster.Server.Register;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Guide;

/// <summary>The registrar's page of the guide: every step in its order, the hidden ones too, and what can be done with each.</summary>
internal static class EditGuide
{
    public const string Path = "/desk/guide";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(Path, (HttpContext http, Loader loader, CancellationToken ct) => loader.AnswerAsync(http, null, ct))
            .RequirePower(Power.EditRegister);

    /// <summary>Loads the page, also where an act on it was refused.</summary>
    internal sealed class Loader(Desk desk)
    {
        public async Task<IResult> AnswerAsync(HttpContext http, Refusal? why, CancellationToken ct)
        {
            var status = why is null ? StatusCodes.Status200OK : GuideEdit.StatusOf(why);
            if (why is not null && (Problems.WantsJson(http) || status == StatusCodes.Status404NotFound))
                return Problems.Answer(http, why, status);
            await using var db = await desk.ReadAsync(ct);
            var latest = await db.LatestGuideAsync(ct);
            var ticks = await db.Set<GuideTick>().GroupBy(t => t.StepId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
            var model = new EditGuideModel(latest?.ToContent() ?? GuideContent.Shipped, latest)
            {
                Ticked = ticks.ToDictionary(t => t.Key, t => t.Count, StringComparer.Ordinal),
                Errors = why is null ? [] : [why],
            };
            return Pages.Show<EditGuidePage>(http, new { Model = model }, status);
        }

        /// <summary>After an act: the page again at the step, or why not. Programs get the number of the version that holds now.</summary>
        public async Task<IResult> AfterAsync(HttpContext http, Result<int> done, string? step, CancellationToken ct) =>
            !done.TryGet(out var version, out var why) ? await AnswerAsync(http, why, ct)
            : Problems.WantsJson(http) ? Results.Json(new GuideEditAnswer(version))
            : Results.Redirect(step is null ? Path : $"{Path}#step-{Uri.EscapeDataString(step)}");
    }
}

public sealed record EditGuideModel(GuideContent Content, GuideVersion? Latest)
{
    public int Version => Latest?.Number ?? 0;

    /// <summary>How many members have ticked a step, by its id.</summary>
    public IReadOnlyDictionary<string, int> Ticked { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    public IReadOnlyList<Refusal> Errors { get; init; } = [];
}
