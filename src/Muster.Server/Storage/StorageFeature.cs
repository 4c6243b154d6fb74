using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace Muster.Server.Storage;

internal static class StorageFeature
{
    public static void AddStorage(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddCheckedOptions<StorageOptions>(StorageOptions.Section, o => o.Problems());
        services.AddSingleton<TableMappings>();
        services.AddSingleton<CommitSignal>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<StorageOptions>>().Value.Engine());
        services.AddPooledDbContextFactory<MusterDb>(
            (provider, options) =>
            {
                provider.GetRequiredService<IStorageEngine>().Use(options);
                options.AddInterceptors(provider.GetServices<SaveChangesInterceptor>());
                options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
            }
        );
        services.AddSingleton<Writer>();
        services.AddHostedService(provider => provider.GetRequiredService<Writer>());
    }
}
