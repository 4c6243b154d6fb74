using Muster.Core;
using Muster.Core.Guide;
using Muster.Core.Roles;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Enrolment.Guide;

/// <summary>Order and presence of the steps: one up or down, all in a new order, hidden, shown, taken away.</summary>
internal static class ArrangeSteps
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteHandlerBuilder Act(string pattern, Delegate handler) =>
            routes.MapAct(EditGuide.Path, ShowGuide.Api, pattern, Power.EditRegister, handler);

        Act("/steps/{id}/move", MoveAsync).Takes<MoveStepBody, GuideEditAnswer>("moveStep");
        Act("/steps/{id}/show", ShowAsync).Takes<ShowStepBody, GuideEditAnswer>("showStep");
        Act("/steps/{id}/remove", RemoveAsync).Takes<GuideSeenBody, GuideEditAnswer>("removeStep");
        Act("/order", OrderAsync).Takes<StepOrderBody, GuideEditAnswer>("orderSteps");
    }

    private static async Task<IResult> MoveAsync(HttpContext http, string id, GuideEdit edit, EditGuide.Loader page, CancellationToken ct)
    {
        var fields = Posted.Fields(http);
        var by = fields.Text("by") switch
        {
            "up" => -1,
            "down" => 1,
            _ => 0,
        };
        if (by == 0)
            return await page.AnswerAsync(http, new Refusal("guide.direction-unknown", "by"), ct);
        var done = await edit.CommitAsync(http, fields, "moved", id, (now, seen) => now.Move(id, by, seen), ct);
        return await page.AfterAsync(http, done, id, ct);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string id, GuideEdit edit, EditGuide.Loader page, CancellationToken ct)
    {
        var fields = Posted.Fields(http);
        var isShown = fields.Text("shown") is not ("no" or "false");
        var done = await edit.CommitAsync(http, fields, isShown ? "shown" : "hidden", id, Decide, ct);
        return await page.AfterAsync(http, done, id, ct);

        Result<GuideContent> Decide(GuideContent now, GuideContent seen) =>
            now.Find(id) is { } step ? now.Change(step with { IsShown = isShown }, seen) : new Refusal("guide.step-unknown");
    }

    private static async Task<IResult> RemoveAsync(HttpContext http, string id, GuideEdit edit, EditGuide.Loader page, CancellationToken ct)
    {
        var done = await edit.CommitAsync(http, Posted.Fields(http), "removed", id, (now, seen) => now.Remove(id, seen), ct);
        return await page.AfterAsync(http, done, null, ct);
    }

    private static async Task<IResult> OrderAsync(HttpContext http, GuideEdit edit, EditGuide.Loader page, CancellationToken ct)
    {
        var fields = Posted.Fields(http);
        // A page sends one field with all ids, a program a list.
        var ids = fields["order"].SelectMany(o => (o ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var moved = fields.Text("moved") ?? "";
        var done = await edit.CommitAsync(http, fields, "moved", moved, (now, seen) => now.Arrange(ids, seen), ct);
        return await page.AfterAsync(http, done, moved.Length > 0 ? moved : null, ct);
    }
}
