using Microsoft.Extensions.Options;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Mail;

internal static class MailFeature
{
    public static void AddMail(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddCheckedOptions<MailOptions>(MailOptions.Section, o => o.Problems());
        services.AddSingleton<MailFiles>();
        services.AddSingleton<SmtpRelay>();
        services.AddSingleton<IMailTransport>(provider =>
            provider.GetRequiredService<IOptions<MailOptions>>().Value.SmtpHost.Length > 0
                ? provider.GetRequiredService<SmtpRelay>()
                : provider.GetRequiredService<MailFiles>()
        );
        services.AddSingleton<MailWriter>();
        services.AddSingleton<MailPost>();
        services.AddSingleton<MailWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<MailWorker>());
    }

    public static void MapMail(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<IOptions<PortalOptions>>().Value.ShowMailbox)
            ShowMailbox.Map(routes);
    }
}
