using Microsoft.EntityFrameworkCore;
using Muster.Core.Members;
using Muster.Core.Roles;
using Muster.Server.Outbox;
using Muster.Server.Register.Home;
using Muster.Server.Storage;

namespace Muster.Server.Enrolment.Certificates;

internal static class CertificatesFeature
{
    public static void AddCertificates(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddCheckedOptions<CertificatesOptions>(CertificatesOptions.Section, o => o.Problems());
        services.AddSingleton<LinkCertificate>();
        services.AddSingleton<MyCertificates.Loader>();
        services.AddSingleton<SuspendCertificate.Parts>();
        services.AddSingleton<DecideCertificate.Parts>();
        services.AddSingleton(
            new DeskTile(
                "certificates",
                Power.DecideCertificates,
                DecideCertificate.Path,
                (db, _, ct) => db.Set<CertificateRequest>().CountAsync(r => r.DecidedAt == null, ct)
            )
        );
        services.AddSingleton(new PeriodicWork(nameof(WarnOfExpiry), WarnOfExpiry.Every, WarnOfExpiry.RunAsync));
    }

    public static void MapCertificates(this IEndpointRouteBuilder routes)
    {
        CheckCertificate.Map(routes);
        GetCertificate.Map(routes);
        ImportCertificate.Map(routes);
        MyCertificates.Map(routes);
        AddCertificate.Map(routes);
        AskForCertificate.Map(routes);
        SuspendCertificate.Map(routes);
        DecideCertificate.Map(routes);
    }
}
