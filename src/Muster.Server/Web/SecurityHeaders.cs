using Microsoft.Extensions.Options;

namespace Muster.Server.Web;

/// <summary>Headers of every answer: nothing is loaded from elsewhere, nothing is framed, no link leaks in a referrer.</summary>
internal static class SecurityHeaders
{
    public static void UseSecurityHeaders(this WebApplication app)
    {
        var portal = app.Services.GetRequiredService<IOptions<PortalOptions>>().Value;

        // Both origins, because browsers apply form-action to the redirect that follows a form as well.
        var policy =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
            + $"form-action 'self' {portal.Origin} {portal.CertificateOrigin}; base-uri 'none'; frame-ancestors 'none'";
        app.Use(
            (context, next) =>
            {
                var headers = context.Response.Headers;
                headers.ContentSecurityPolicy = policy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
                headers.StrictTransportSecurity = "max-age=31536000";
                headers.CacheControl = "no-store";
                return next(context);
            }
        );
    }
}
