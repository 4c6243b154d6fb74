using Microsoft.AspNetCore.DataProtection;
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
/// Adds the certificate that this browser presents. The session belongs to one listener and the certificate to the other: a link that lasts minutes
/// leads over, and what was presented comes back under our seal. Both belong to one session, so a link that somebody else opens, or sends, adds nothing.
/// </summary>
internal static class AddCertificate
{
    public const string StartPath = MyCertificates.Path + "/add";
    public const string ConfirmPath = MyCertificates.Path + "/confirm";
    private const string PresentPath = "/certificates/add/";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(StartPath, Start).RequireSignIn().RequireFormToken();
        routes.MapGet(PresentPath + "{token}", Present).OpenToEveryone();
        routes.MapGet(ConfirmPath, ShowAsync).RequireSignIn();
        routes.MapPost(ConfirmPath, HandleAsync).RequireSignIn().RequireFormToken();
    }

    private static IResult Start(HttpContext http, OneTimeLinks links, IOptions<PortalOptions> portal, TimeProvider clock)
    {
        var session = SignedIn.On(http)!.SessionId; // the route needs it
        var token = links.Make(OneTimeLinks.AddCertificate, session, ShownCertificate.Minute(clock.GetUtcNow()));
        return Results.Redirect(portal.Value.CertificateLink(PresentPath + token));
    }

    /// <summary>On the listener that asks for certificates: judged here, decided on the other.</summary>
    private static IResult Present(
        HttpContext http,
        string token,
        OneTimeLinks links,
        ClientCertificates certificates,
        IDataProtectionProvider protection,
        IOptions<PortalOptions> portal,
        TimeProvider clock
    )
    {
        if (!ClientCertificates.AreAskedFor(http, portal.Value))
            return Results.Redirect(portal.Value.CertificateLink(PresentPath + token));
        var now = clock.GetUtcNow();
        if (links.Read(OneTimeLinks.AddCertificate, token) is not var (session, minute) || !ShownCertificate.IsFresh(minute, now))
            return Over(http);
        var verdict = certificates.Judge(http);
        if (verdict is not CertificateVerdict.Accepted accepted)
            return Pages.CertificateProblem(http, (CertificateVerdict.Refused)verdict);
        var shown = ShownCertificate.Of(accepted.EndEntity, session, now).Seal(protection);
        return Results.Redirect(portal.Value.Link($"{ConfirmPath}?shown={Uri.EscapeDataString(shown)}"));
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        string? shown,
        IDataProtectionProvider protection,
        IDbContextFactory<MusterDb> contexts,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var me = SignedIn.On(http)!; // the route needs it
        if (ShownCertificate.Open(shown, me.SessionId, protection, clock.GetUtcNow()) is not { } certificate)
            return Over(http);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.AccountAsync(me.Id, ct) is { } account
            ? Pages.Show<AddCertificatePage>(
                http,
                new
                {
                    Account = account,
                    Certificate = certificate,
                    Sealed = shown,
                }
            )
            : Problems.Answer(http, new Refusal("account.unknown"), StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        IDataProtectionProvider protection,
        LinkCertificate link,
        Writer writer,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var me = SignedIn.On(http)!; // the route needs it
        var shown = (await http.Request.ReadFormAsync(ct))["shown"].FirstOrDefault();
        if (ShownCertificate.Open(shown, me.SessionId, protection, clock.GetUtcNow()) is not { } certificate)
            return Over(http);
        var origin = http.Connection.RemoteIpAddress?.ToString();

        var result = await writer.WriteAsync<Result<LinkStep>>(
            nameof(AddCertificate),
            async (db, unit) =>
            {
                if (await db.AccountAsync(me.Id, unit) is not { IsUsable: true } account)
                    return new Refusal("account.unknown");
                // Whoever presented a certificate holds its key, and may know what it is linked to.
                var step = await link.CommitAsync(
                    db,
                    account,
                    certificate.Name,
                    certificate,
                    "browser",
                    Actor.Account(me.Name),
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
            ? Results.Redirect($"{MyCertificates.Path}?done={(step == LinkStep.Add ? "added" : "nothing")}")
            : Problems.Answer(http, why, StatusCodes.Status409Conflict);
    }

    private static IResult Over(HttpContext http) => Problems.Answer(http, new Refusal("certificate.link-over"), StatusCodes.Status410Gone);
}
