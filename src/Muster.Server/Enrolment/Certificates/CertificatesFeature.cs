namespace Muster.Server.Enrolment.Certificates;

internal static class CertificatesFeature
{
    public static void MapCertificates(this IEndpointRouteBuilder routes)
    {
        CheckCertificate.Map(routes);
        GetCertificate.Map(routes);
        ImportCertificate.Map(routes);
    }
}
