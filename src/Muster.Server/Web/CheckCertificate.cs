using Microsoft.Extensions.Options;
using Muster.Core.X509;

namespace Muster.Server.Web;

/// <summary>What the browser presented, what is wrong with it and what to do; open to everyone.</summary>
internal static class CheckCertificate
{
    public const string Path = "/certificate";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Handle);
        routes.MapGet("/api/certificate", HandleJson);
    }

    private static IResult Handle(HttpContext http, ClientCertificates certificates, IOptions<PortalOptions> portal)
    {
        if (http.Connection.LocalPort != portal.Value.CertificateOriginUri.Port && ClientCertificates.Of(http) is null)
            return Results.Redirect(portal.Value.CertificateLink(Path));
        return certificates.Judge(http) switch
        {
            CertificateVerdict.Accepted accepted => Pages.Show<CertificatePage>(http, new { Verdict = accepted }),
            CertificateVerdict.Refused refused => Pages.Show<CertificateProblemPage>(http, new { Verdict = refused }),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static IResult HandleJson(HttpContext http, ClientCertificates certificates) =>
        certificates.Judge(http) switch
        {
            CertificateVerdict.Accepted accepted => Results.Json(
                new
                {
                    ok = true,
                    subject = accepted.EndEntity.Subject.Slash,
                    issuer = accepted.EndEntity.Issuer.Slash,
                    notAfter = accepted.EndEntity.NotAfter,
                }
            ),
            CertificateVerdict.Refused refused => Problems.Document([refused.Reason], StatusCodes.Status403Forbidden),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
