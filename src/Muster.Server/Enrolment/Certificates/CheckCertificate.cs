using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.X509;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Enrolment.Certificates;

/// <summary>What the browser presented, or what somebody sent in, drawn as a chain, with the first thing wrong and the way out. Open to everyone.</summary>
internal static class CheckCertificate
{
    public const string Path = "/certificate";
    private const string Api = "/api/certificate";

    /// <summary>Read to its end, so that a file which is a little too large, or a large text beside it, is told as what it is.</summary>
    private const int LongestBody = 2 * CertificateFile.MaximumLength;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).OpenToEveryone();
        routes
            .MapPost(Path, SentInAsync)
            .OpenToEveryone()
            .RequireFormToken(http => Refused(http, TooLarge.At("file")))
            .TakeUpTo(LongestBody)
            .RequireRateLimiting(RequestLimits.OpenCheck);
        routes
            .MapGet(Api, PresentedJsonAsync)
            .OpenToEveryone()
            .Answers<CertificateReport>("checkPresented", o => o with { ByCertificate = true, Writing = CertificateReport.Json });
        routes
            .MapPost(Api, SentInJsonAsync)
            .OpenToEveryone()
            .DisableAntiforgery()
            .TakeUpTo(LongestBody)
            .RequireRateLimiting(RequestLimits.OpenCheck)
            .Does<CertificateReport>(
                "checkSentIn",
                StatusCodes.Status200OK,
                o => o with { FilesIn = ["application/x-pem-file", "application/octet-stream"], Writing = CertificateReport.Json }
            );
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        ClientCertificates certificates,
        NoteRenewal renewals,
        IDbContextFactory<MusterDb> contexts,
        IOptions<PortalOptions> portal,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (Problems.WantsJson(http))
            return await PresentedJsonAsync(http, certificates, renewals, contexts, portal, clock, ct);
        // Who asks the other listener has a link of old or typed it; here the browser is asked for its certificate.
        if (!ClientCertificates.AreAskedFor(http, portal.Value))
            return Results.Redirect(portal.Value.CertificateLink(Path));
        var model = await PresentedAsync(http, certificates, renewals, contexts, ct);
        return Pages.Show<CheckCertificatePage>(http, new { Model = model });
    }

    private static async Task<IResult> SentInAsync(
        HttpContext http,
        ClientCertificates certificates,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var form = await http.Request.ReadFormAsync(ct);
        var (content, field) = await BytesAsync(form, ct);
        if (!CertificateFile.Read(content, permitsKeys: false).TryGet(out var file, out var why))
            return Refused(http, why.At(field));
        var model = SentIn(file, certificates);
        return Problems.WantsJson(http) ? Json(model, clock) : Pages.Show<CheckCertificatePage>(http, new { Model = model });
    }

    private static IResult Refused(HttpContext http, Refusal why) =>
        Problems.WantsJson(http)
            ? Problems.Document([why], StatusOf(why))
            : Pages.Show<CheckCertificatePage>(
                http,
                new { Model = new CheckCertificateModel(null, IsPresented: false) { Errors = [why] } },
                StatusOf(why)
            );

    private static Refusal TooLarge => new("certificate.file-too-large");

    private static int StatusOf(Refusal why) =>
        why.Code == TooLarge.Code ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status422UnprocessableEntity;

    private static async Task<IResult> PresentedJsonAsync(
        HttpContext http,
        ClientCertificates certificates,
        NoteRenewal renewals,
        IDbContextFactory<MusterDb> contexts,
        IOptions<PortalOptions> portal,
        TimeProvider clock,
        CancellationToken ct
    ) =>
        // A program that follows no redirects would read nothing at all, so it is told in words.
        ClientCertificates.AreAskedFor(http, portal.Value)
            ? Json(await PresentedAsync(http, certificates, renewals, contexts, ct), clock)
            : Results.Json(
                CertificateReport.Of(Refusal.With("certificate.not-asked-for", portal.Value.CertificateLink(Api))),
                CertificateReport.Json
            );

    private static async Task<IResult> SentInJsonAsync(
        HttpContext http,
        ClientCertificates certificates,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, ct); // bounded by the server
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Problems.Document([TooLarge], e.StatusCode);
        }
        return CertificateFile.Read(body.ToArray(), permitsKeys: false).TryGet(out var file, out var why)
            ? Json(SentIn(file, certificates), clock)
            : Problems.Document([why], StatusOf(why));
    }

    /// <summary>The handshake has proved that the visitor holds the key, so they may be told whether the list knows them.</summary>
    private static async Task<CheckCertificateModel> PresentedAsync(
        HttpContext http,
        ClientCertificates certificates,
        NoteRenewal renewals,
        IDbContextFactory<MusterDb> contexts,
        CancellationToken ct
    )
    {
        var verdict = certificates.Judge(http);
        if (verdict is not CertificateVerdict.Accepted accepted)
            return new CheckCertificateModel(verdict, IsPresented: true);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var held = await renewals.OfAsync(db, accepted.EndEntity, http.Connection.RemoteIpAddress?.ToString(), ct);
        return new CheckCertificateModel(verdict, IsPresented: true)
        {
            IsOnList = held is not null,
            IsSuspended = held?.SuspendedAt is not null,
        };
    }

    private static CheckCertificateModel SentIn(CertificateFile file, ClientCertificates certificates) =>
        new(certificates.JudgeOnce(new PresentedChain(file.Leaf, file.Others)), IsPresented: false);

    private static IResult Json(CheckCertificateModel model, TimeProvider clock)
    {
        var report = CertificateReport.Of(model.Verdict!, model.Unlisted, clock.GetUtcNow()) with // a file that cannot be read was answered before
        {
            Membership = model.IsOnList switch
            {
                true => "known",
                false => "unknown",
                null => null,
            },
        };
        return Results.Json(report, CertificateReport.Json);
    }

    /// <summary>What was sent, and in which field.</summary>
    private static async Task<(byte[] Content, string Field)> BytesAsync(IFormCollection form, CancellationToken ct)
    {
        if (form.Files["file"] is { Length: > 0 } file)
        {
            using var content = new MemoryStream();
            await file.CopyToAsync(content, ct);
            return (content.ToArray(), "file");
        }
        var text = form["text"].FirstOrDefault()?.Trim() ?? "";
        return (System.Text.Encoding.UTF8.GetBytes(text), text.Length > 0 ? "text" : "file");
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Verdict">Null where nothing could be read.</param>
/// <param name="IsPresented">By the browser in the handshake; else sent in as a file.</param>
public sealed record CheckCertificateModel(CertificateVerdict? Verdict, bool IsPresented)
{
    /// <summary>Null where the visitor has not shown to hold the key.</summary>
    public bool? IsOnList { get; init; }

    public bool IsSuspended { get; init; }

    public IReadOnlyList<Refusal> Errors { get; init; } = [];

    /// <summary>Good, and yet of no use here: suspended, a robot's, or not a member's.</summary>
    public Refusal? Unlisted =>
        IsSuspended ? new Refusal("certificate.suspended")
        : Verdict is not CertificateVerdict.Accepted { EndEntity: var own } || IsOnList == true ? null
        : CertificateReport.OfRobot(own) is { } robot ? robot
        : IsOnList == false ? Refusal.With("certificate.not-on-list", own.Subject.Slash)
        : null;

    /// <summary>What is told first; null where all is well.</summary>
    public Refusal? Problem => Verdict is CertificateVerdict.Refused refused ? refused.Reason : Unlisted;

    /// <summary>The certificate that the facts are of.</summary>
    public ClientCertificate? Certificate =>
        Verdict switch
        {
            CertificateVerdict.Accepted accepted => accepted.EndEntity,
            CertificateVerdict.Refused refused => refused.Leaf,
            _ => null,
        };
}
