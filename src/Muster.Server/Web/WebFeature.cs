using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Muster.Server.Storage;
using Muster.Server.Web.Api;

namespace Muster.Server.Web;

internal static class WebFeature
{
    /// <summary>Languages that the texts exist in; more follow with their resources.</summary>
    private static readonly CultureInfo[] Languages = [CultureInfo.GetCultureInfo("en")];

    public static void AddWeb(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddCheckedOptions<PortalOptions>(PortalOptions.Section, o => o.Problems());
        services.AddHttpContextAccessor();
        services.AddLocalization();
        services.AddRazorComponents();
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "__Host-muster-form";
            o.Cookie.SecurePolicy = CookieSecurePolicy.Always;
            o.Cookie.Path = "/";
            o.FormFieldName = "formToken";
            o.HeaderName = null;
            o.SuppressXFrameOptionsHeader = true; // frame-ancestors says it for every answer
        });
        services.Configure<FormOptions>(o =>
        {
            o.ValueCountLimit = 64;
            o.ValueLengthLimit = 16 * 1024;
            o.KeyLengthLimit = 256;
        });
        services.AddRequestLimits();
        services
            .AddDataProtection()
            .SetApplicationName("muster")
            .PersistKeysToFileSystem(
                new DirectoryInfo(Path.Combine(builder.Configuration["Storage:DataFolder"] ?? "data", "keys", "cookies"))
            );
        services.AddSingleton(provider => new OneTimeLinks(KeyFiles.Open(provider, "one-time-links.key")));
        services.AddSingleton<TrustFolder>();
        services.AddHostedService(provider => provider.GetRequiredService<TrustFolder>());
        services.AddSingleton<ClientCertificates>();
        services.AddSingleton<Assets>();
        services.AddSingleton<ApiDocument>();
        ((WebApplicationBuilder)builder).WebHost.UseKestrelHttpsConfiguration();
        services
            .AddOptions<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>()
            .Configure<IOptions<PortalOptions>, ILogger<TrustFolder>>(
                (kestrel, portal, log) =>
                {
                    if (!TlsLibrary.AllowProxies())
                        Log.ProxiesCloseConnections(log);
                    Listeners.Configure(kestrel, portal.Value);
                }
            );
    }

    public static void UseWeb(this WebApplication app)
    {
        app.UseHeadRequests();
        app.UseSecurityHeaders();
        app.UseRequestLocalization(o =>
        {
            o.DefaultRequestCulture = new(Languages[0]);
            o.SupportedCultures = [CultureInfo.InvariantCulture];
            o.SupportedUICultures = Languages;
        });
        app.UseProblems();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
    }

    public static void MapWeb(this WebApplication app)
    {
        ShowStart.Map(app);
        ShowHelp.Map(app);
        ShowApi.Map(app);
        Health.Map(app);
        app.Services.GetRequiredService<Assets>().Map(app);
    }
}
