using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Profiles;
using Muster.Core.Roles;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Profiles;

/// <summary>What the collaboration says of every field of a profile: who sees it, or that the member chooses.</summary>
internal static class SetPrivacy
{
    public const string Path = "/desk/privacy";
    private const string Api = "/api/privacy";

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteHandlerBuilder Show(string path) =>
            routes
                .MapGet(path, (HttpContext http, Desk desk, CancellationToken ct) => AnswerAsync(http, desk, null, null, ct))
                .RequirePower(Power.SetPrivacy);

        Show(Path);
        Show(Api).Answers<PrivacyRulesAnswer>("showPrivacy");
        routes.MapAct(Path, Api, "", Power.SetPrivacy, HandleAsync).Takes<PrivacyRulesBody, PrivacyRulesAnswer>("setPrivacy");
    }

    private static async Task<IResult> HandleAsync(HttpContext http, Desk desk, CancellationToken ct)
    {
        var fields = Posted.Fields(http);
        if (!Read(fields).TryGet(out var rules, out var unknown))
            return await AnswerAsync(http, desk, unknown, fields, ct);
        var seen = fields.Text("seen");

        var refused = await desk.Writer.WriteAsync<Refusal?>(
            nameof(SetPrivacy),
            async (db, unit) =>
            {
                var now = desk.Now;
                var settings = await db.PrivacySettingsAsync(unit);
                if (seen is not null && seen != settings.Fingerprint)
                    return new Refusal("privacy.changed-meanwhile");
                var changed = rules.Where(r => settings[r.Key] != r.Value).ToList();
                if (changed.Count == 0)
                    return null; // nothing to do
                foreach (var (field, rule) in changed)
                    if (await db.Set<PrivacyRule>().SingleOrDefaultAsync(r => r.Field == field, unit) is { } kept)
                        kept.Take(rule);
                    else
                        db.Add(new PrivacyRule(field, rule));
                var entry = Desk.Entry(
                    http,
                    "privacy.changed",
                    null,
                    null,
                    ("before", string.Join(", ", changed.Select(c => $"{c.Key}: {settings[c.Key]}"))),
                    ("after", string.Join(", ", changed.Select(c => $"{c.Key}: {c.Value}")))
                );
                await desk.Audit.AppendAsync(db, entry, now, unit);
                await db.SaveChangesAsync(unit);
                return null;
            },
            ct
        );
        return refused is not null ? await AnswerAsync(http, desk, refused, fields, ct)
            : Problems.WantsJson(http) ? await AnswerAsync(http, desk, null, null, ct)
            : Results.Redirect(Path);
    }

    /// <summary>Fields that are named, each with its rule.</summary>
    private static Result<Dictionary<ProfileField, FieldRule>> Read(IFormCollection fields)
    {
        var rules = new Dictionary<ProfileField, FieldRule>();
        foreach (var field in PrivacySettings.Fields)
            if (fields.Text(NameOf(field)) is { } word)
            {
                if (FieldRule.Read(word) is not { } rule)
                    return new Refusal("privacy.rule-unknown", NameOf(field));
                rules[field] = rule;
            }
        return rules;
    }

    /// <summary><c>memberSince</c> for <see cref="ProfileField.MemberSince"/>, as in forms and for programs.</summary>
    public static string NameOf(ProfileField field)
    {
        var name = field.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, Desk desk, Refusal? why, IFormCollection? typed, CancellationToken ct)
    {
        var status =
            why is null ? StatusCodes.Status200OK
            : why.Code == "privacy.changed-meanwhile" ? StatusCodes.Status409Conflict
            : StatusCodes.Status422UnprocessableEntity;
        if (why is not null && Problems.WantsJson(http))
            return Problems.Document([why], status);
        await using var db = await desk.ReadAsync(ct);
        var settings = await db.PrivacySettingsAsync(ct);
        return Problems.WantsJson(http)
            ? Results.Json(PrivacyRulesAnswer.Of(settings))
            : Pages.Show<SetPrivacyPage>(http, new { Model = new PrivacyModel(settings, typed, why is null ? [] : [why]) }, status);
    }
}

public sealed record PrivacyModel(PrivacySettings Settings, IFormCollection? Typed, IReadOnlyList<Refusal> Errors);
