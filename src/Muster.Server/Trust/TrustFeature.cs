using Microsoft.Extensions.Options;
using Muster.Server.Outbox;
using Muster.Server.Storage;

namespace Muster.Server.Trust;

internal static class TrustFeature
{
    public static void AddTrust(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddCheckedOptions<TrustOptions>(TrustOptions.Section, o => o.Problems());
        services.AddSingleton<FetchRevocationLists>();
        services.AddSingleton(
            new PeriodicWork(
                nameof(FetchRevocationLists),
                FetchRevocationLists.Every,
                (provider, ct) =>
                    provider.GetRequiredService<IOptions<TrustOptions>>().Value.FetchRevocationLists
                        ? provider.GetRequiredService<FetchRevocationLists>().RunAsync(ct)
                        : Task.CompletedTask
            )
        );
    }
}
