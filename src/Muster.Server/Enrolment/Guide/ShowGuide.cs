using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Muster.Core.Guide;
using Muster.Server.Register;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Enrolment.Guide;

/// <summary>How one becomes a member, step by step: explained to a stranger; to others with what is done, what is next and what is waited for.</summary>
internal static class ShowGuide
{
    public const string Path = "/guide";
    public const string Api = "/api/guide";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, HandleAsync).OpenToEveryone();
        routes.MapGet(Api, HandleAsync).OpenToEveryone().Answers<GuideAnswer>("showGuide");
    }

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        Desk desk,
        VisitorFacts visitor,
        IOptions<PortalOptions> portal,
        IStringLocalizer<GuideText> texts,
        CancellationToken ct
    )
    {
        await using var db = await desk.ReadAsync(ct);
        var latest = await db.LatestGuideAsync(ct);
        var facts = await visitor.LoadAsync(http, db, ct);
        var judged = GuideRules.Judge(latest?.ToContent() ?? GuideContent.Shipped, facts, desk.Today);
        var half = await db.HalfWithinAsync(ct);
        var lines = judged.Select(j => Line(j, facts, half, portal.Value, texts)).ToList();
        var model = new GuideModel(lines, facts, SignedIn.On(http)?.DisplayName, ClientCertificates.AreAskedFor(http, portal.Value));
        return Problems.WantsJson(http)
            ? Results.Json(GuideAnswer.Of(model, latest?.Number ?? 0))
            : Pages.Show<GuidePage>(http, new { Model = model });
    }

    internal static GuideLine Line(
        JudgedStep judged,
        GuideFacts facts,
        IReadOnlyDictionary<GuideStepKind, TimeSpan> half,
        PortalOptions portal,
        IStringLocalizer<GuideText> texts
    ) =>
        new(
            judged.Step,
            judged.Standing,
            judged.Step.Title(texts),
            judged.Step.Text(texts),
            judged.Step.Place(facts, portal),
            half.TryGetValue(judged.Step.Kind, out var time) ? time : null
        );
}

/// <summary>A step as it is shown.</summary>
/// <param name="Place">Address where it is done.</param>
/// <param name="HalfWithin">The time that half of the last newcomers took at most.</param>
public sealed record GuideLine(GuideStep Step, GuideStanding Standing, string Title, string Text, string? Place, TimeSpan? HalfWithin);

/// <param name="Name">Of who is signed in.</param>
/// <param name="IsAskedForCertificate">Whether the browser was asked for one on this connection.</param>
public sealed record GuideModel(IReadOnlyList<GuideLine> Lines, GuideFacts Facts, string? Name, bool IsAskedForCertificate)
{
    /// <summary>A registrar looks at a version as a stranger would see it.</summary>
    public bool IsPreview { get; init; }

    public int Done => Lines.Count(l => l.Standing is GuideStanding.Done or GuideStanding.NotNeeded);
}
