using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.Guide;
using Muster.Core.Roles;
using Muster.Server.Register;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Enrolment.Guide;

/// <summary>Every version of the guide, each as strangers saw it, and the way back to an earlier one.</summary>
internal static class GuideHistory
{
    private const string Versions = "/versions";
    private const int Shown = 50;

    public static string PathOf(int number) => $"{EditGuide.Path}{Versions}/{number}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(EditGuide.Path + Versions, ListAsync).RequirePower(Power.EditRegister);
        routes
            .MapGet(ShowGuide.Api + Versions, ListAsync)
            .RequirePower(Power.EditRegister)
            .Answers<IReadOnlyList<GuideVersionLineAnswer>>("listGuideVersions");
        routes.MapGet(EditGuide.Path + Versions + "/{number}", ShowAsync).RequirePower(Power.EditRegister);
        routes
            .MapGet(ShowGuide.Api + Versions + "/{number}", ShowAsync)
            .RequirePower(Power.EditRegister)
            .Answers<GuideVersionAnswer>("showGuideVersion");
        routes
            .MapAct(EditGuide.Path, ShowGuide.Api, Versions + "/{number}/restore", Power.EditRegister, RestoreAsync)
            .Takes<GuideSeenBody, GuideEditAnswer>("restoreGuide");
    }

    private static async Task<IResult> ListAsync(HttpContext http, Desk desk, string? before, CancellationToken ct)
    {
        await using var db = await desk.ReadAsync(ct);
        var limit = GuideEdit.Number(before) ?? int.MaxValue;
        var versions = await db.Set<GuideVersion>()
            .Where(v => v.Number < limit)
            .OrderByDescending(v => v.Number)
            .Take(Shown)
            .ToListAsync(ct);
        if (!Problems.WantsJson(http))
            return Pages.Show<GuideHistoryPage>(http, new { Versions = versions, Latest = (await db.LatestGuideAsync(ct))?.Number ?? 0 });
        return Results.Json(versions.Select(GuideVersionLineAnswer.Of));
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        string number,
        Desk desk,
        IOptions<PortalOptions> portal,
        IStringLocalizer<GuideText> texts,
        CancellationToken ct
    )
    {
        await using var db = await desk.ReadAsync(ct);
        if (GuideEdit.Number(number) is not { } wanted || await db.GuideAsync(wanted, ct) is not { } content)
            return Problems.Answer(http, new Refusal("guide.version-unknown"), StatusCodes.Status404NotFound);
        if (Problems.WantsJson(http))
            return Results.Json(GuideVersionAnswer.Of(wanted, content, texts));
        var stranger = new GuideFacts();
        var half = await db.HalfWithinAsync(ct);
        var lines = GuideRules
            .Judge(content, stranger, desk.Today)
            .Select(j => ShowGuide.Line(j, stranger, half, portal.Value, texts))
            .ToList();
        var model = new GuideModel(lines, stranger, null, IsAskedForCertificate: false) { IsPreview = true };
        return Pages.Show<GuideVersionPage>(
            http,
            new
            {
                Guide = model,
                Number = wanted,
                Latest = (await db.LatestGuideAsync(ct))?.Number ?? 0,
            }
        );
    }

    /// <summary>A version more that is as the earlier one was; nothing between is lost.</summary>
    private static async Task<IResult> RestoreAsync(
        HttpContext http,
        string number,
        Desk desk,
        GuideEdit edit,
        EditGuide.Loader page,
        CancellationToken ct
    )
    {
        await using var db = await desk.ReadAsync(ct);
        if (GuideEdit.Number(number) is not { } wanted || await db.GuideAsync(wanted, ct) is not { } content)
            return Problems.Answer(http, new Refusal("guide.version-unknown"), StatusCodes.Status404NotFound);
        var done = await edit.CommitAsync(
            http,
            Posted.Fields(http),
            "restored",
            number,
            (now, seen) => now.IsSameAs(seen) || now.IsSameAs(content) ? content : new Refusal("guide.changed-meanwhile"),
            ct
        );
        return await page.AfterAsync(http, done, null, ct);
    }
}
