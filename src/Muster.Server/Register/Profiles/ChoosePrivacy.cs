using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Profiles;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Profiles;

/// <summary>Who sees what of me: told for every field, chosen where the collaboration leaves the choice.</summary>
internal static class ChoosePrivacy
{
    public const string Path = "/me/privacy";

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteHandlerBuilder Show(string path) =>
            routes.MapGet(path, (HttpContext http, Desk desk, CancellationToken ct) => AnswerAsync(http, desk, [], ct)).RequireSignIn();
        RouteHandlerBuilder Choose(string path) => routes.MapPost(path, HandleAsync).RequireSignIn().TakesFormOrJson();

        Show(Path);
        Show("/api" + Path).Answers<PrivacyChoicesAnswer>("showMyPrivacy");
        Choose(Path);
        Choose("/api" + Path).Takes<PrivacyChoicesBody, PrivacyChoicesAnswer>("chooseMyPrivacy");
    }

    private static async Task<IResult> HandleAsync(HttpContext http, Desk desk, CancellationToken ct)
    {
        var fields = Posted.Fields(http);
        var me = SignedIn.On(http)!.MemberId; // the route needs it
        var seen = fields.Text("seen");
        var wrong = await desk.Writer.WriteAsync<IReadOnlyList<Refusal>>(
            nameof(ChoosePrivacy),
            async (db, unit) =>
            {
                var now = desk.Now;
                var settings = await db.PrivacySettingsAsync(unit);
                var kept = await db.Set<PrivacyChoice>().Where(c => c.MemberId == me).ToDictionaryAsync(c => c.Field, unit);
                if (seen is not null && seen != Fingerprint(Lines(settings, kept.ToDictionary(c => c.Key, c => c.Value.Audience))))
                    return [new Refusal("privacy.changed-meanwhile")];
                var refused = new List<Refusal>();
                var changed = new List<string>();
                foreach (var field in PrivacySettings.Fields)
                {
                    var name = SetPrivacy.NameOf(field);
                    if (fields.Text(name) is not { } word)
                        continue;
                    if (FieldRule.ReadAudience(word) is not { } audience)
                        refused.Add(new Refusal("privacy.rule-unknown", name));
                    else if (!settings[field].IsChosen)
                        refused.Add(new Refusal("privacy.no-choice", name));
                    else if (
                        kept.GetValueOrDefault(field) is var choice
                        && choice?.Audience != audience
                        // The form sends every field: one that was left as it stood is not chosen. A program names those it chooses.
                        && (seen is null || choice is not null || settings[field].Audience != audience)
                    )
                    {
                        if (choice is not null)
                            choice.Take(audience);
                        else
                            db.Add(new PrivacyChoice(me, field, audience));
                        changed.Add($"{field}: {word}");
                    }
                }
                if (refused.Count > 0)
                {
                    db.ChangeTracker.Clear();
                    return refused;
                }
                if (changed.Count == 0)
                    return []; // nothing to do
                var entry = Desk.Entry(http, "privacy.chosen", me.Value, null, ("after", string.Join(", ", changed)));
                await desk.Audit.AppendAsync(db, entry, now, unit);
                await db.SaveChangesAsync(unit);
                return [];
            },
            ct
        );
        return wrong.Count == 0 && !Problems.WantsJson(http) ? Results.Redirect(Path) : await AnswerAsync(http, desk, wrong, ct);
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, Desk desk, IReadOnlyList<Refusal> errors, CancellationToken ct)
    {
        var status = errors is [{ Code: "privacy.changed-meanwhile" }]
            ? StatusCodes.Status409Conflict
            : StatusCodes.Status422UnprocessableEntity;
        if (errors.Count > 0 && Problems.WantsJson(http))
            return Problems.Document(errors, status);
        var me = SignedIn.On(http)!.MemberId; // the route needs it
        await using var db = await desk.ReadAsync(ct);
        var lines = Lines(await db.PrivacySettingsAsync(ct), await db.PrivacyChoicesAsync(me, ct));
        return Problems.WantsJson(http)
            ? Results.Json(PrivacyChoicesAnswer.Of(lines))
            : Pages.Show<ChoosePrivacyPage>(
                http,
                new
                {
                    Member = me,
                    Lines = lines,
                    Errors = errors,
                },
                errors.Count > 0 ? status : StatusCodes.Status200OK
            );
    }

    private static List<PrivacyLine> Lines(PrivacySettings settings, Dictionary<ProfileField, Audience> choices) =>
        [
            .. PrivacySettings.Fields.Select(f => new PrivacyLine(
                f,
                settings[f].IsChosen,
                settings[f].IsChosen && choices.TryGetValue(f, out var chosen) ? chosen : settings[f].Audience
            )),
        ];

    /// <summary>Tells whether what the member saw when choosing is still so.</summary>
    public static string Fingerprint(IEnumerable<PrivacyLine> lines) =>
        string.Join(' ', lines.Where(l => l.IsChosen).Select(l => $"{l.Field}:{l.Audience}"));
}

/// <param name="IsChosen">By the member.</param>
public sealed record PrivacyLine(ProfileField Field, bool IsChosen, Audience Audience);
