using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Core.Roles;
using Muster.Core.X509;
using Muster.Server.Audit;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Certificates;

/// <summary>The registrar's queue of asked-for subjects: what waits, and a yes or a no with words for the member.</summary>
internal static class DecideCertificate
{
    public const string Path = "/desk/certificates";
    private const int Shown = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                Path,
                (HttpContext http, Parts parts, Guid? after, CancellationToken ct) => ShowAsync(http, parts, after, [], default, ct)
            )
            .RequirePower(Power.DecideCertificates);
        routes.MapPost(Path + "/{id:guid}", HandleAsync).RequirePower(Power.DecideCertificates).RequireFormToken();
    }

    private static async Task<IResult> HandleAsync(HttpContext http, Guid id, Parts parts, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var approve = form.Text("decision") == "approve";
        Guid? after = Guid.TryParse(form.Text("after"), out var last) ? last : null;
        var words = form.Words($"words-{id}", CertificateRequest.LongestText);
        if (!approve && words is null)
            return await ShowAsync(http, parts, after, [new Refusal("certificate.words-missing", $"words-{id}")], default, ct);
        var registrar = SignedIn.On(http)!; // the route needs the role
        var origin = http.Connection.RemoteIpAddress?.ToString();

        var result = await parts.Writer.WriteAsync<Result<CertificateRequest>>(
            nameof(DecideCertificate),
            async (db, unit) =>
            {
                var now = parts.Clock.GetUtcNow();
                if (await db.Set<CertificateRequest>().SingleOrDefaultAsync(r => r.Id == id, unit) is not { } request)
                    return new Refusal("certificate.request-unknown");
                if (await db.AccountOfMemberAsync(request.MemberId, unit) is not { } account)
                    return new Refusal("account.unknown");
                if (approve && account.ExpiredAt is not null)
                    return new Refusal("account.expired");
                if (approve && account.State != AccountState.Active)
                    return new Refusal("account.locked");
                var me = await db.Set<Account>().Where(a => a.Id == registrar.Id).Select(a => a.MemberId).SingleAsync(unit);
                if (!request.Decide(approve, registrar.Name, me, words, now).TryGet(out _, out var closed))
                    return closed;
                if (approve && !(await LinkAsync(parts, db, account, request, registrar, origin, now, unit)).TryGet(out _, out var taken))
                    return taken;

                db.Add(CertificateMails.Decided(account, request, now));
                await parts.Audit.AppendAsync(
                    db,
                    new AuditEntry(approve ? "certificate.request-approved" : "certificate.request-refused", Actor.Account(registrar.Name))
                    {
                        AccountId = account.Id.Value,
                        MemberId = account.MemberId.Value,
                        Origin = origin,
                        Details = { ["subject"] = request.Subject, ["words"] = words },
                    },
                    now,
                    unit
                );
                await db.SaveChangesAsync(unit);
                return request;
            },
            ct
        );

        return result.TryGet(out _, out var why)
            ? Results.Redirect(PageAfter(after))
            : await ShowAsync(http, parts, after, [why], (id, words), ct);
    }

    /// <summary>The registrar may know whose the subject is.</summary>
    private static Task<Result<LinkStep>> LinkAsync(
        Parts parts,
        MusterDb db,
        Account account,
        CertificateRequest request,
        SignedIn registrar,
        string? origin,
        DateTimeOffset now,
        CancellationToken ct
    ) =>
        parts.Link.CommitAsync(
            db,
            account,
            DistinguishedName.ParseSlash(request.Subject).Value,
            null,
            "request",
            Actor.Account(registrar.Name),
            origin,
            mayKnow: true,
            now,
            ct
        );

    internal static string PageAfter(Guid? last) => last is { } id ? $"{Path}?after={id}" : Path;

    /// <param name="after">The last one of the page before; null for the first page.</param>
    private static async Task<IResult> ShowAsync(
        HttpContext http,
        Parts parts,
        Guid? after,
        IReadOnlyList<Refusal> errors,
        (Guid Id, string? Words) typed,
        CancellationToken ct
    )
    {
        await using var db = await parts.Contexts.CreateDbContextAsync(ct);
        var open = db.Set<CertificateRequest>().Where(r => r.DecidedAt == null);
        var waiting = await (
            from request in after is { } last ? open.Where(r => r.Id > last) : open
            join member in db.Set<Member>().IgnoreAutoIncludes() on request.MemberId equals member.Id
            join account in db.Set<Account>() on request.MemberId equals account.MemberId
            orderby request.Id // version 7: the order of asking
            select new
            {
                request,
                member.DisplayName,
                account.Name,
            }
        )
            .Take(Shown + 1) // one more tells whether there is a next page
            .ToListAsync(ct);
        if (waiting.Count == 0 && after is not null && errors.Count == 0)
            return Results.Redirect(Path); // the last one of the last page was decided
        var me = SignedIn.On(http)!.Name; // the route needs the role
        var lines = new List<WaitingCertificate>(waiting.Count);
        foreach (var one in waiting.Take(Shown))
        {
            var holder = await db.HolderOfAsync(one.request.Key, ct);
            // Who added it meanwhile from a browser is linked to it already, and a yes only says so.
            var isHeld = holder == one.request.MemberId;
            var linked = holder is { } other && !isHeld ? (await db.MemberAsync(other, ct))?.DisplayName : null;
            lines.Add(new WaitingCertificate(one.request, one.DisplayName, one.Name, isHeld, linked, one.Name == me));
        }
        return Pages.ShowForm<DecideCertificatePage>(
            http,
            new
            {
                Waiting = lines,
                Total = await open.CountAsync(ct),
                After = after,
                Next = waiting.Count > Shown ? lines[^1].Request.Id : (Guid?)null,
                Errors = errors,
                Typed = typed,
            },
            errors
        );
    }

    internal sealed record Parts(
        Writer Writer,
        AuditTrail Audit,
        LinkCertificate Link,
        IDbContextFactory<MusterDb> Contexts,
        TimeProvider Clock
    );
}

/// <summary>A request with who asks, and whose the subject is already.</summary>
/// <param name="IsHeld">Who asks has it by now.</param>
/// <param name="LinkedTo">Who else has it.</param>
public sealed record WaitingCertificate(
    CertificateRequest Request,
    string Member,
    string Account,
    bool IsHeld,
    string? LinkedTo,
    bool IsOwn
);
