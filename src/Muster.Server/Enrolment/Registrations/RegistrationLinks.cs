using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Muster.Core.Registrations;
using Muster.Server.Outbox;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Registrations;

/// <summary>
/// How an applicant without an account gets back to their registration: by the link in the mail, which leaves a cookie, so that
/// the address of the status page itself holds nothing secret.
/// </summary>
internal sealed class RegistrationLinks(OneTimeLinks links, IDataProtectionProvider protection, IOptions<PortalOptions> portal)
{
    private const string Cookie = "__Host-muster-registration";
    private static readonly TimeSpan CookieLifetime = TimeSpan.FromDays(40);
    private readonly IDataProtector protector = protection.CreateProtector("muster.registration-cookie.1");

    public const string FollowPath = "/registrations/follow/";

    public string Follow(RegistrationId id) => portal.Value.Link(FollowPath + links.Make(OneTimeLinks.FollowRegistration, id.Value, 0));

    public static MailLink FollowMail(RegistrationId id) => new(FollowPath, OneTimeLinks.FollowRegistration, id.Value, 0);

    public void Remember(HttpContext http, RegistrationId id) =>
        http.Response.Cookies.Append(
            Cookie,
            protector.Protect(id.ToString()),
            new CookieOptions
            {
                Secure = true,
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Path = "/",
                MaxAge = CookieLifetime,
                IsEssential = true,
            }
        );

    /// <summary>The registration that this browser made or opened by link; null for a stranger.</summary>
    public RegistrationId? Remembered(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 } value)
            return null;
        try
        {
            return Guid.TryParse(protector.Unprotect(value), out var id) && id != Guid.Empty ? new RegistrationId(id) : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null; // Somebody else's cookie, or one from before the keys were renewed: a stranger.
        }
    }
}
