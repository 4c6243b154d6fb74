using Microsoft.EntityFrameworkCore;
using Muster.Core.Roles;
using Muster.Server.Outbox;
using Muster.Server.Register.Home;
using Muster.Server.Storage;

namespace Muster.Server.Enrolment.Registrations;

internal static class RegistrationsFeature
{
    public static void AddRegistrations(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddTable(RegistrationsTable.Map);
        services.AddCheckedOptions<RegistrationsOptions>(RegistrationsOptions.Section, o => o.Problems());
        services.AddSingleton<RegistrationLinks>();
        services.AddSingleton<RegistrationApproval>();
        services.AddSingleton<SubmitRegistrationParts>();
        services.AddSingleton<SubmitRegistrationWork>();
        services.AddSingleton<ConfirmEmailWork>();
        services.AddSingleton<ShowRegistration.Loader>();
        services.AddSingleton<ReviewRegistration.Loader>();
        services.AddSingleton(
            new DeskTile(
                "registrations",
                Power.DecideRegistrations,
                ListRegistrations.Path,
                (db, _, ct) => db.AwaitingDecision().CountAsync(ct)
            )
        );
        services.AddSingleton(new PeriodicWork(nameof(LapseRegistrations), LapseRegistrations.Every, LapseRegistrations.RunAsync));
    }

    public static void MapRegistrations(this IEndpointRouteBuilder routes)
    {
        StartRegistration.Map(routes);
        SubmitRegistration.Map(routes);
        ConfirmEmail.Map(routes);
        ShowRegistration.Map(routes);
        ResendConfirmation.Map(routes);
        WithdrawRegistration.Map(routes);
        ListRegistrations.Map(routes);
        ReviewRegistration.Map(routes);
        DecideRegistration.Map(routes);
    }
}
