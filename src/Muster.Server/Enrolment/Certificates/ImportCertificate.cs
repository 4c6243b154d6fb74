using Muster.Server.Web;

namespace Muster.Server.Enrolment.Certificates;

/// <summary>How a certificate gets into each browser, and from one kind of file into the other.</summary>
internal static class ImportCertificate
{
    public const string Path = "/help/import-certificate";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, (HttpContext http) => Pages.Show<ImportCertificatePage>(http, new { })).OpenToEveryone();
}
