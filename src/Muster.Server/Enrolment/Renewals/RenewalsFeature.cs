using Muster.Server.Outbox;
using Muster.Server.Storage;

namespace Muster.Server.Enrolment.Renewals;

internal static class RenewalsFeature
{
    public static void AddRenewals(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddTable(RenewalsTable.Map);
        services.AddCheckedOptions<RenewalsOptions>(RenewalsOptions.Section, o => o.Problems());
        services.AddSingleton<ConfirmPeople>();
        services.AddSingleton(new PeriodicWork(nameof(InviteRepresentatives), InviteRepresentatives.Every, InviteRepresentatives.RunAsync));
    }

    public static void MapRenewals(this IEndpointRouteBuilder routes)
    {
        ShowMyInstitute.Map(routes);
        OpenRound.Map(routes);
    }
}
