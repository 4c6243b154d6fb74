using Muster.Server.Storage;

namespace Muster.Server.Outbox;

internal static class OutboxFeature
{
    public static void AddOutbox(this IHostApplicationBuilder builder)
    {
        builder.Services.AddTable(OutboxTable.Map);
        builder.Services.AddSingleton<PeriodicWorker>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<PeriodicWorker>());
    }
}
