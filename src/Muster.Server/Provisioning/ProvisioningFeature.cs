using Muster.Server.Provisioning.Targets.Directory;
using Muster.Server.Provisioning.Targets.MailServer;
using Muster.Server.Storage;

namespace Muster.Server.Provisioning;

internal static class ProvisioningFeature
{
    public static void AddProvisioning(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddTable(DirectoryTable.Map);
        services.AddSingleton<ProvisioningRules>();
        services.AddSingleton<ProvisioningWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<ProvisioningWorker>());
        services.AddHostedService<AliasFile>();
    }
}
