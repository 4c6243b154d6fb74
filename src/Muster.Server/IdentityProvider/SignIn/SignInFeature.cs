using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using Muster.Server.Outbox;
using Muster.Server.Storage;

namespace Muster.Server.IdentityProvider.SignIn;

internal static class SignInFeature
{
    private static readonly TimeSpan TidyEvery = TimeSpan.FromHours(1);

    public static void AddSignIn(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddTable(SignInTable.Map);
        services.AddCheckedOptions<SignInOptions>(SignInOptions.Section, o => o.Problems());
        services.AddSingleton<KnownBrowser>();
        services.AddSingleton<AttemptLedger>();
        services.AddSingleton<SignInWork>();
        services.AddSingleton<RecentSessions>();
        services.AddSingleton<SaveChangesInterceptor, EndsSessions>();
        services.AddAuthentication(Sessions.Scheme).AddCookie(Sessions.Scheme);
        services
            .AddOptions<CookieAuthenticationOptions>(Sessions.Scheme)
            .Configure<IOptions<SignInOptions>>((cookie, options) => Sessions.Configure(cookie, options.Value));
        services.AddSingleton(new PeriodicWork("TidySignIn", TidyEvery, TidyAsync));
    }

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        SignInWithPassword.Map(routes);
        SignOut.Map(routes);
        MyAccount.Map(routes);
        TakeCopy.Map(routes);
    }

    /// <summary>Forgets attempts and sessions that no longer matter.</summary>
    private static async Task TidyAsync(IServiceProvider services, CancellationToken ct)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var forgotten = now - services.GetRequiredService<IOptions<SignInOptions>>().Value.Forgotten;
        services.GetRequiredService<AttemptLedger>().Forget(forgotten);
        var longGone = now - TimeSpan.FromDays(30);
        await services
            .GetRequiredService<Writer>()
            .WriteAsync(
                "TidySignIn",
                async (db, unit) =>
                    await db.Set<SignInAttempts>().Where(a => a.LastAt < forgotten).ExecuteDeleteAsync(unit)
                    + await db.Set<Session>().Where(s => s.ExpiresAt < longGone).ExecuteDeleteAsync(unit),
                ct
            );
    }
}
