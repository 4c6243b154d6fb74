using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Server.Audit;
using Muster.Server.Register.AcceptableUse;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.IdentityProvider.SignIn;

/// <summary>Everything that is kept about me, whole: as a page to read and print, and as JSON for programs.</summary>
internal static class TakeCopy
{
    public const string Path = "/me/copy";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).RequireSignIn();
        routes.MapGet("/api" + Path, FileAsync).RequireSignIn().AnswersFile("takeCopy", ["application/json"]);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        IDbContextFactory<MusterDb> contexts,
        TimeProvider clock,
        CancellationToken ct
    ) => Pages.Show<CopyPage>(http, new { Sections = await LoadAsync(http, contexts, clock, ct) });

    private static async Task<IResult> FileAsync(
        HttpContext http,
        IDbContextFactory<MusterDb> contexts,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var sections = await LoadAsync(http, contexts, clock, ct);
        var file = JsonSerializer.SerializeToUtf8Bytes(sections.ToDictionary(s => s.Name, s => s.Rows, StringComparer.Ordinal), json);
        return Results.File(file, "application/json", $"{SignedIn.On(http)!.Name}.json"); // the route needs it
    }

    private static readonly JsonSerializerOptions json = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static async Task<List<CopySection>> LoadAsync(
        HttpContext http,
        IDbContextFactory<MusterDb> contexts,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var me = SignedIn.On(http)!; // the route needs it
        await using var db = await contexts.CreateDbContextAsync(ct);
        var account = (await db.AccountAsync(me.Id, ct))!; // the session is of it
        var member = (await db.MemberAsync(account.MemberId, ct))!; // an account has one
        var institutes = await db.Set<Institute>().ToDictionaryAsync(i => i.Id, i => i.Name, ct);
        var speaks = await db.Set<Representative>().Where(r => r.MemberId == member.Id).OrderBy(r => r.From).ToListAsync(ct);
        var history = await db.AboutAsync(me.Id.Value, member.Id.Value, account.RegistrationId?.Value, null, int.MaxValue, ct);
        return
        [
            new("person", [Person(member)]),
            new(
                "formerNames",
                Rows(member.FormerNames.OrderBy(n => n.Number), n => [("name", n.Display), ("native", n.Native), ("until", At(n.Until))])
            ),
            new("emails", Rows(member.Emails.OrderBy(e => e.Position), e => [("address", e.Address), ("confirmed", At(e.ConfirmedAt))])),
            new("formerEmails", Rows(member.FormerEmails.OrderBy(e => e.Number), e => [("address", e.Address), ("until", At(e.Until))])),
            .. await CopyOfAddresses.LoadAsync(db, member, ct),
            new("memberships", Rows(member.Memberships.OrderBy(m => m.From), m => Membership(m, institutes))),
            new(
                "speaksFor",
                Rows(
                    speaks,
                    r =>
                        [
                            ("institute", institutes.GetValueOrDefault(r.InstituteId)),
                            ("as", r.Kind.ToString()),
                            ("from", Days.Iso(r.From)),
                            ("lastDay", Days.LastIso(r.Until)),
                        ]
                )
            ),
            new(
                "certificates",
                Rows(
                    member.Certificates.OrderBy(c => c.AddedAt),
                    c =>
                        [
                            ("subject", c.Subject),
                            ("issuer", c.Issuer),
                            ("serial", c.Serial),
                            ("ends", At(c.NotAfter)),
                            ("added", At(c.AddedAt)),
                            ("suspended", At(c.SuspendedAt)),
                        ]
                )
            ),
            new(
                "account",
                Rows(
                    [account],
                    a =>
                        [
                            ("name", a.Name),
                            ("state", a.State.ToString()),
                            ("email", a.Email),
                            ("language", a.Language),
                            ("ordered", At(a.OrderedAt)),
                            ("passwordSet", At(a.PasswordSetAt)),
                        ]
                )
            ),
            new(
                "conditions",
                Rows(
                    await db.AcceptancesOfAsync(me.Id.Value, ct),
                    a => [("version", a.Version), ("language", a.Language), ("sha256", a.TextHash), ("accepted", At(a.AcceptedAt))]
                )
            ),
            new(
                "sessions",
                Rows(
                    await db.SessionsOfAsync(me.Id, clock.GetUtcNow(), ct),
                    s => [("from", s.Origin), ("browser", s.Browser), ("began", At(s.CreatedAt)), ("ends", At(s.ExpiresAt))]
                )
            ),
            new(
                "history",
                Rows(
                    history,
                    r =>
                        [
                            ("at", At(r.At)),
                            ("what", r.Action),
                            ("by", $"{r.ActorKind}:{r.ActorName}"),
                            ("from", r.Origin),
                            ("details", r.Details),
                        ]
                )
            ),
        ];
    }

    private static Dictionary<string, string?> Person(Member member) =>
        Row([
            ("given", member.Given),
            ("family", member.Family),
            ("order", member.NameOrder.ToString()),
            ("native", member.Native),
            ("publicationName", member.PublicationName),
            ("orcid", member.Orcid),
            ("entered", At(member.CreatedAt)),
        ]);

    private static (string, string?)[] Membership(Membership m, Dictionary<InstituteId, string> institutes) =>
        [
            ("institute", institutes.GetValueOrDefault(m.InstituteId)),
            ("position", m.Position),
            ("category", m.Category.ToString()),
            ("percent", $"{m.Percent}"),
            ("from", Days.Iso(m.From)),
            ("lastDay", Days.LastIso(m.Until)),
            ("authorFrom", m.AuthorFrom is { } first ? Days.Iso(first) : null),
            ("authorLastDay", Days.LastIso(m.AuthorUntil)),
        ];

    internal static List<Dictionary<string, string?>> Rows<T>(IEnumerable<T> of, Func<T, (string, string?)[]> facts) =>
        [.. of.Select(one => Row(facts(one)))];

    private static Dictionary<string, string?> Row((string Name, string? Value)[] facts) =>
        facts.Where(f => f.Value is not null).ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);

    internal static string? At(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Records of one kind; names of facts are those of the JSON file.</summary>
public sealed record CopySection(string Name, IReadOnlyList<Dictionary<string, string?>> Rows);
