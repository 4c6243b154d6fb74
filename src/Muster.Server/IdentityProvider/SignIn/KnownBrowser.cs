using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Muster.Core.Accounts;

namespace Muster.Server.IdentityProvider.SignIn;

/// <summary>
/// Where an attempt comes from: a browser that signed in to this account before (it has our cookie), or else a network.
/// The known browser has a count of its own, which strangers cannot use up.
/// </summary>
internal sealed class KnownBrowser(IDataProtectionProvider protection)
{
    private const string Cookie = "__Host-muster-browser";
    private static readonly TimeSpan CookieLifetime = TimeSpan.FromDays(400);
    private readonly IDataProtector protector = protection.CreateProtector("muster.known-browser.1");

    /// <summary>The browser's own mark for this account, or null.</summary>
    public string? Of(HttpContext http, AccountId? account)
    {
        if (account is null || http.Request.Cookies[Cookie] is not { Length: > 0 } value)
            return null;
        try
        {
            var parts = protector.Unprotect(value).Split('|');
            return parts is [var id, var mark] && id == account.Value.ToString() ? mark : null;
        }
        catch (CryptographicException)
        {
            return null; // Not ours, or from before the keys were renewed.
        }
    }

    public void Remember(HttpContext http, AccountId account)
    {
        var mark = Of(http, account) ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        http.Response.Cookies.Append(
            Cookie,
            protector.Protect($"{account}|{mark}"),
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
    }
}
