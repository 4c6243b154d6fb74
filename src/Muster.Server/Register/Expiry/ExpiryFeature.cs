using Microsoft.EntityFrameworkCore.Diagnostics;
using Muster.Server.Outbox;
using Muster.Server.Storage;

namespace Muster.Server.Register.Expiry;

internal static class ExpiryFeature
{
    public static void AddExpiry(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddTable(ExpiryTable.Map);
        services.AddSingleton<ExpirySteps>();
        services.AddSingleton<SaveChangesInterceptor, RevivesAccounts>();
        services.AddSingleton(new PeriodicWork(nameof(FollowMemberships), FollowMemberships.Every, FollowMemberships.RunAsync));
    }

    public static void MapExpiry(this IEndpointRouteBuilder routes) => ExtendMembership.Map(routes);
}
