using System.Globalization;
using Microsoft.Extensions.Localization;
using Muster.Core;
using Muster.Core.Guide;
using Muster.Server.Register;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Guide;

/// <summary>One act of a registrar on the guide: a version more, with its line in the trail. What changes nothing makes no version.</summary>
internal sealed class GuideEdit(Desk desk, IStringLocalizer<GuideText> texts)
{
    /// <summary>Field with the number of the version that the registrar had before them.</summary>
    public const string Seen = "version";

    /// <summary>What there is now, and what the registrar saw; answers what there is to be.</summary>
    public delegate Result<GuideContent> Decide(GuideContent now, GuideContent seen);

    /// <param name="step">Id of the step it is about, or the number of the version that is put back.</param>
    /// <returns>The refusals of <paramref name="decide"/>, and <c>guide.version-unknown</c>.</returns>
    public Task<Result<int>> CommitAsync(
        HttpContext http,
        IFormCollection fields,
        string act,
        string step,
        Decide decide,
        CancellationToken ct
    ) =>
        desk.Writer.WriteAsync<Result<int>>(
            nameof(GuideEdit),
            async (db, unit) =>
            {
                var now = desk.Now;
                var last = await db.LatestGuideAsync(unit);
                var present = last?.ToContent() ?? GuideContent.Shipped;
                if (Number(fields.Text(Seen)) is not { } number || await db.GuideAsync(number, unit) is not { } seen)
                    return new Refusal("guide.version-unknown");
                if (!decide(present, seen).TryGet(out var content, out var why))
                    return why;
                if (content.IsSameAs(present))
                    return last?.Number ?? 0;
                var about = (content.Find(step) ?? present.Find(step))?.Title(texts) ?? step;
                var version = GuideVersion.After(last, content, act, about, SignedIn.On(http)!.Name, now); // the route needs it
                db.Add(version);
                var entry = Desk.Entry(
                    http,
                    "guide.changed",
                    null,
                    null,
                    ("act", act),
                    ("about", about),
                    ("version", version.Number.ToString(CultureInfo.InvariantCulture))
                );
                await desk.Audit.AppendAsync(db, entry, now, unit);
                await db.SaveChangesAsync(unit);
                return version.Number;
            },
            ct
        );

    /// <summary>Null for what is no number of a version.</summary>
    public static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static int StatusOf(Refusal why) =>
        why.Code switch
        {
            "guide.changed-meanwhile" => StatusCodes.Status409Conflict,
            "guide.step-unknown" or "guide.version-unknown" => StatusCodes.Status404NotFound,
            _ => StatusCodes.Status422UnprocessableEntity,
        };
}
