using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Guide;
using Muster.Server.Register;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Enrolment.Guide;

/// <summary>"I have done this", and the opposite. The same word twice changes nothing.</summary>
internal static class TickStep
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteHandlerBuilder At(string path) => routes.MapPost(path + "/steps/{id}/done", HandleAsync).RequireSignIn().TakesFormOrJson();

        At(ShowGuide.Path);
        At(ShowGuide.Api).Takes<TickBody, TickedStepAnswer>("tickStep");
    }

    private static async Task<IResult> HandleAsync(HttpContext http, string id, Desk desk, CancellationToken ct)
    {
        var me = SignedIn.On(http)!.Id.Value; // the route needs it
        var isDone = Posted.Fields(http).Text("done") is not ("no" or "false");
        var refused = await desk.Writer.WriteAsync<Refusal?>(
            nameof(TickStep),
            async (db, unit) =>
            {
                var content = (await db.LatestGuideAsync(unit))?.ToContent() ?? GuideContent.Shipped;
                if (content.Find(id) is not { Kind: GuideStepKind.Own, IsShown: true })
                    return new Refusal("guide.step-unknown");
                var tick = await db.Set<GuideTick>().SingleOrDefaultAsync(t => t.AccountId == me && t.StepId == id, unit);
                if (isDone && tick is null)
                    db.Add(new GuideTick(me, id, desk.Now));
                else if (!isDone && tick is not null)
                    db.Remove(tick);
                await db.SaveChangesAsync(unit);
                return null;
            },
            ct
        );
        return refused is not null ? Problems.Answer(http, refused, StatusCodes.Status404NotFound)
            : Problems.WantsJson(http) ? Results.Json(new TickedStepAnswer(id, isDone))
            : Results.Redirect($"{ShowGuide.Path}#step-{Uri.EscapeDataString(id)}");
    }
}
