using Microsoft.Extensions.Localization;
using Muster.Core;
using Muster.Core.Guide;
using Muster.Core.Roles;
using Muster.Server.Register;
using Muster.Server.Storage;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Enrolment.Guide;

/// <summary>Words of a step: looked at first as members will read them, then kept. An own step begins here too.</summary>
internal static class EditStep
{
    private const string Steps = "/steps";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(EditGuide.Path + Steps + "/new", NewAsync).RequirePower(Power.EditRegister);
        routes
            .MapGet(
                EditGuide.Path + Steps + "/{id}",
                (HttpContext http, string id, Loader loader, CancellationToken ct) => loader.AnswerAsync(http, id, null, [], ct)
            )
            .RequirePower(Power.EditRegister);
        routes
            .MapAct(EditGuide.Path, ShowGuide.Api, Steps, Power.EditRegister, AddAsync)
            .Takes<NewStepBody, MadeStepAnswer>("addStep", StatusCodes.Status201Created);
        routes
            .MapAct(EditGuide.Path, ShowGuide.Api, Steps + "/{id}", Power.EditRegister, ChangeAsync)
            .Takes<StepBody, GuideEditAnswer>("changeStep");
    }

    private static Task<IResult> NewAsync(HttpContext http, Loader loader, CancellationToken ct) =>
        loader.AnswerAsync(http, null, null, [], ct);

    /// <summary>The form names the step before it exists, so that the same form sent twice makes one.</summary>
    private static async Task<IResult> AddAsync(
        HttpContext http,
        Desk desk,
        GuideEdit edit,
        EditGuide.Loader list,
        Loader page,
        CancellationToken ct
    )
    {
        var fields = Posted.Fields(http);
        var (title, text, wrong) = Read(fields);
        var id = Guid.TryParse(fields.Text("key"), out var key) ? key.ToString("N") : Guid.CreateVersion7(desk.Now).ToString("N");
        if (wrong.Count > 0 || IsPreview(fields))
            return await page.AnswerAsync(http, null, new TypedStep(title, text, IsPreview(fields)), wrong, ct);
        var done = await edit.CommitAsync(
            http,
            fields,
            "added",
            id,
            (now, _) => now.Add(new GuideStep(id, GuideStepKind.Own, title, text, IsShown: true)),
            ct
        );
        if (done.IsSuccess && Problems.WantsJson(http))
            return Results.Json(new MadeStepAnswer(id, done.Value), statusCode: StatusCodes.Status201Created);
        return await list.AfterAsync(http, done, id, ct);
    }

    private static async Task<IResult> ChangeAsync(
        HttpContext http,
        string id,
        GuideEdit edit,
        EditGuide.Loader list,
        Loader page,
        CancellationToken ct
    )
    {
        var fields = Posted.Fields(http);
        var isShipped = GuideContent.Shipped.Find(id) is not null && fields.Ticked("shipped");
        var (title, text, wrong) = isShipped ? (null, null, []) : Read(fields);
        if (wrong.Count > 0 || IsPreview(fields))
            return await page.AnswerAsync(http, id, new TypedStep(title, text, IsPreview(fields)), wrong, ct);
        var done = await edit.CommitAsync(http, fields, "changed", id, Decide, ct);
        // Both texts are shown where somebody else was faster: theirs as it is now, and one's own in the form.
        return !done.IsSuccess && done.Refusal.Code == "guide.changed-meanwhile" && !Problems.WantsJson(http)
            ? await page.AnswerAsync(http, id, new TypedStep(title, text, false), [done.Refusal], ct)
            : await list.AfterAsync(http, done, id, ct);

        Result<GuideContent> Decide(GuideContent now, GuideContent seen) =>
            now.Find(id) is { } step ? now.Change(page.Reworded(step, title, text), seen) : new Refusal("guide.step-unknown");
    }

    private static bool IsPreview(IFormCollection fields) => fields.Text("act") == "preview";

    private static (string? Title, string? Text, List<Refusal> Wrong) Read(IFormCollection fields)
    {
        var title = fields.Text("title")?.Trim();
        var text = LinkedText.Tidy(fields.Text("text") ?? "").Trim();
        return (title, text, [.. GuideStep.Check(title, text)]);
    }

    /// <summary>Loads the page with the form; with what was typed where it was refused or is only looked at.</summary>
    internal sealed class Loader(Desk desk, IStringLocalizer<GuideText> texts)
    {
        /// <summary>Words that are the shipped ones stay ours, and follow when we improve them.</summary>
        public GuideStep Reworded(GuideStep step, string? title, string? text)
        {
            var shipped = GuideContent.Shipped.Find(step.Id);
            return step with
            {
                Title = shipped is not null && title == shipped.Title(texts) ? null : title,
                Text = shipped is not null && text == LinkedText.Tidy(shipped.Text(texts)) ? null : text,
            };
        }

        public async Task<IResult> AnswerAsync(
            HttpContext http,
            string? id,
            TypedStep? typed,
            IReadOnlyList<Refusal> errors,
            CancellationToken ct
        )
        {
            if (errors.Count > 0 && Problems.WantsJson(http))
                return Problems.Document(errors, GuideEdit.StatusOf(errors[0]));
            await using var db = await desk.ReadAsync(ct);
            var latest = await db.LatestGuideAsync(ct);
            var step = id is null ? null : (latest?.ToContent() ?? GuideContent.Shipped).Find(id);
            if (id is not null && step is null)
                return Problems.Answer(http, new Refusal("guide.step-unknown"), StatusCodes.Status404NotFound);
            var isConflict = errors.Any(e => e.Code == "guide.changed-meanwhile");
            var model = new EditStepModel(step, latest, Guid.CreateVersion7(desk.Now))
            {
                Typed = typed,
                Seen = !isConflict && GuideEdit.Number(SeenBefore(http)) is { } seen ? seen : latest?.Number ?? 0,
                Errors = errors,
            };
            return Pages.Show<EditStepPage>(
                http,
                new { Model = model },
                errors.Count > 0 ? GuideEdit.StatusOf(errors[0]) : StatusCodes.Status200OK
            );
        }

        /// <summary>A form that comes back keeps the version it began with, or a change in between would go unnoticed.</summary>
        private static string? SeenBefore(HttpContext http) =>
            HttpMethods.IsPost(http.Request.Method) ? Posted.Fields(http).Text(GuideEdit.Seen) : null;
    }
}

/// <param name="IsPreview">To be looked at, not kept.</param>
public sealed record TypedStep(string? Title, string? Text, bool IsPreview);

/// <param name="Step">Null for a new one.</param>
/// <param name="Key">For a new one.</param>
public sealed record EditStepModel(GuideStep? Step, GuideVersion? Latest, Guid Key)
{
    public TypedStep? Typed { get; init; }
    public int Seen { get; init; }
    public IReadOnlyList<Refusal> Errors { get; init; } = [];
    public bool IsConflict => Errors.Any(e => e.Code == "guide.changed-meanwhile");
}
