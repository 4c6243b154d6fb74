using Muster.Core.Accounts;

namespace Muster.Server.Web;

/// <summary>Who is signed in on this request; set once by the session check.</summary>
internal sealed record SignedIn(AccountId Id, string Name, string DisplayName, Guid SessionId, IReadOnlyList<string> Roles)
{
    public static SignedIn? On(HttpContext http) => http.Features.Get<SignedIn>();

    public bool Has(string role) => Roles.Contains(role, StringComparer.Ordinal);
}
