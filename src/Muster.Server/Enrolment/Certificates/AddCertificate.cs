using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Core.X509;
using Muster.Server.Audit;
using Muster.Server.Register.Accounts;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Certificates;

/// <summary>
/// Adds the certificate that this browser presents. The session belongs to one listener and the certificate to the other, so a link that
/// lasts minutes leads over; who has added nothing in that time begins again.
/// </summary>
internal static class AddCertificate
{
    public const string StartPath = MyCertificates.Path + "/add";
    private const string Path = "/certificates/add/";
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromMinutes(10);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(StartPath, Start).RequireSignIn().RequireFormToken();
        routes.MapGet(Path + "{token}", ShowAsync);
        routes.MapPost(Path + "{token}", HandleAsync).RequireFormToken();
    }

    private static IResult Start(HttpContext http, OneTimeLinks links, IOptions<PortalOptions> portal, TimeProvider clock)
    {
        var me = SignedIn.On(http)!; // the route needs it
        return Results.Redirect(
            portal.Value.CertificateLink(Path + links.Make(OneTimeLinks.AddCertificate, me.Id.Value, Minute(clock.GetUtcNow())))
        );
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        string token,
        OneTimeLinks links,
        ClientCertificates certificates,
        IDbContextFactory<MusterDb> contexts,
        IOptions<PortalOptions> portal,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (http.Connection.LocalPort != portal.Value.CertificateOriginUri.Port && ClientCertificates.Of(http) is null)
            return Results.Redirect(portal.Value.CertificateLink(Path + token));
        if (Read(links, token, clock.GetUtcNow()) is not { } id)
            return Problems.Answer(http, new Refusal("certificate.link-over"), StatusCodes.Status410Gone);
        var verdict = certificates.Judge(http);
        if (verdict is not CertificateVerdict.Accepted accepted)
            return Refused(http, verdict);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.AccountAsync(id, ct) is { State: AccountState.Active } account
            ? Pages.Show<AddCertificatePage>(http, new { Account = account, accepted.EndEntity })
            : Problems.Answer(http, new Refusal("account.unknown"), StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        string token,
        OneTimeLinks links,
        ClientCertificates certificates,
        LinkCertificate link,
        Writer writer,
        IOptions<PortalOptions> portal,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (Read(links, token, clock.GetUtcNow()) is not { } id)
            return Problems.Answer(http, new Refusal("certificate.link-over"), StatusCodes.Status410Gone);
        var verdict = certificates.Judge(http);
        if (verdict is not CertificateVerdict.Accepted accepted)
            return Refused(http, verdict);
        var origin = http.Connection.RemoteIpAddress?.ToString();

        var result = await writer.WriteAsync<Result<LinkStep>>(
            nameof(AddCertificate),
            async (db, unit) =>
            {
                if (await db.AccountAsync(id, unit) is not { State: AccountState.Active } account)
                    return new Refusal("account.unknown");
                var by = Actor.Account(account.Name);
                // Whoever presents a certificate holds its key, and may know what it is linked to.
                var step = await link.CommitAsync(
                    db,
                    account,
                    accepted.EndEntity.Subject,
                    accepted.EndEntity,
                    "browser",
                    by,
                    origin,
                    mayKnow: true,
                    clock.GetUtcNow(),
                    unit
                );
                await db.SaveChangesAsync(unit);
                return step;
            },
            ct
        );

        return result.TryGet(out var step, out var why)
            ? Results.Redirect(portal.Value.Link($"{MyCertificates.Path}?done={(step == LinkStep.Add ? "added" : "nothing")}"))
            : Problems.Answer(http, why, StatusCodes.Status409Conflict);
    }

    private static AccountId? Read(OneTimeLinks links, string token, DateTimeOffset now) =>
        links.Read(OneTimeLinks.AddCertificate, token) is var (subject, minute)
        && Minute(now) - minute is var age
        && age >= 0
        && age <= LinkLifetime.TotalMinutes
            ? new AccountId(subject)
            : null;

    private static int Minute(DateTimeOffset moment) => (int)(moment.ToUnixTimeSeconds() / 60);

    private static IResult Refused(HttpContext http, CertificateVerdict verdict) =>
        Pages.Show<CertificateProblemPage>(http, new { Verdict = (CertificateVerdict.Refused)verdict }, StatusCodes.Status403Forbidden);
}
