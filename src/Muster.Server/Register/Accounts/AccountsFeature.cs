using Microsoft.AspNetCore.Identity;
using Muster.Server.Outbox;
using Muster.Server.Storage;

namespace Muster.Server.Register.Accounts;

internal static class AccountsFeature
{
    public static void AddAccounts(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddTable(AccountsTable.Map);
        services.AddCheckedOptions<AccountsOptions>(AccountsOptions.Section, o => o.Problems());
        services.AddSingleton<PasswordHashing>();
        services.AddSingleton<IPasswordHasher<Credential>>(provider => provider.GetRequiredService<PasswordHashing>());
        services.AddSingleton<SetPasswordWork>();
        services.AddSingleton<ReissueWork>();
        services.AddSingleton(
            new PeriodicWork(nameof(InitialPasswordDeadlines), InitialPasswordDeadlines.Every, InitialPasswordDeadlines.RunAsync)
        );
    }

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        SetPassword.Map(routes);
        ForgotPassword.Map(routes);
        ReissueInitialPassword.Map(routes);
        CheckPassword.Map(routes);
    }
}
