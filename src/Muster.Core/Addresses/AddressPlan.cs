using Muster.Core.Members;

namespace Muster.Core.Addresses;

/// <summary>An address that somebody would get.</summary>
/// <param name="IsFirstChoice">False where <c>given.family</c> was somebody else's or reserved.</param>
public sealed record PlannedAddress(MemberId Member, LocalPart Local, bool IsFirstChoice);

/// <summary>Who would get which address if all of these people got one now, in their order.</summary>
public static class AddressPlan
{
    /// <param name="people">Who has none; whoever comes first gets the better one.</param>
    /// <param name="given">Every local part that was ever given.</param>
    public static IReadOnlyList<PlannedAddress> For(
        IEnumerable<(MemberId Member, PersonName Name)> people,
        IEnumerable<string> given,
        LocalPartRules rules
    )
    {
        ArgumentNullException.ThrowIfNull(people);
        var taken = new HashSet<string>(given, StringComparer.Ordinal);
        var plan = new List<PlannedAddress>();
        foreach (var (member, name) in people)
        {
            var tried = 0;
            var local = LocalPartProposal.For(name, rules).First(l => tried++ >= 0 && taken.Add(l.Value));
            plan.Add(new PlannedAddress(member, local, tried == 1));
        }
        return plan;
    }
}
