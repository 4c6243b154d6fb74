using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Core.Roles;

namespace Muster.Server.Web;

/// <summary>Who is signed in on this request; set once by the session check.</summary>
internal sealed record SignedIn(AccountId Id, MemberId MemberId, string Name, string DisplayName, Guid SessionId, Powers Powers)
{
    /// <summary>First day without the account, where the membership is over; null for members.</summary>
    public DateOnly? GraceUntil { get; init; }

    public static SignedIn? On(HttpContext http) => http.Features.Get<SignedIn>();

    public bool Has(Power power) => Powers.Any(power);
}
