using System.Collections.Concurrent;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.IdentityProvider.SignIn;

/// <summary>
/// Whose a session is and what they may do, as it was read a moment ago: pages ask for it at every step. Whatever this process commits ends all of it
/// at once; what the clock changes counts within two seconds.
/// </summary>
internal sealed class RecentSessions(CommitSignal signal)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<Guid, (SignedIn SignedIn, long AsOf, DateTimeOffset Until)> kept = [];
    private readonly CommitCount commits = new(signal);

    /// <summary>To be taken before what is kept is read.</summary>
    public long Now => commits.Now;

    public SignedIn? Find(Guid session, DateTimeOffset now) =>
        kept.TryGetValue(session, out var one) && one.AsOf == Now && now < one.Until ? one.SignedIn : null;

    public void Keep(SignedIn signedIn, long asOf, DateTimeOffset now, DateTimeOffset expiry)
    {
        if (kept.Count >= MostKept)
            kept.Clear();
        var until = now + Lifetime;
        kept[signedIn.SessionId] = (signedIn, asOf, expiry < until ? expiry : until);
    }
}
