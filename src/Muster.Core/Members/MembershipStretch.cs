using Muster.Core.Calendar;

namespace Muster.Core.Members;

/// <summary>Days without a gap on which a person belongs to the collaboration, by one membership or by several that meet or overlap.</summary>
/// <param name="Covers">Whether the day that was asked for is among them; false where they ended before it.</param>
/// <param name="End">First day after them; null while no end is in sight, which is never so where they ended.</param>
public readonly record struct MembershipStretch(bool Covers, DateOnly? End)
{
    /// <summary>The stretch that covers the day, or else the one that ended last before it.</summary>
    /// <param name="memberships">Of one person, at any institutes, in any order.</param>
    /// <param name="deceasedOn">When the person died; null of the living. Nobody's stretch lasts beyond that day.</param>
    /// <returns>Null where no membership had begun on the day.</returns>
    public static MembershipStretch? On(IEnumerable<Membership> memberships, DateOnly day, DateOnly? deceasedOn)
    {
        ArgumentNullException.ThrowIfNull(memberships);
        var stretch = On(memberships, day);
        return stretch is { } one && deceasedOn?.Plus(1) is { } gone && (one.End is null || one.End > gone)
            ? new MembershipStretch(one.Covers && day < gone, gone)
            : stretch;
    }

    private static MembershipStretch? On(IEnumerable<Membership> memberships, DateOnly day)
    {
        DateOnly reach = day;
        DateOnly? ended = null;
        foreach (var one in memberships.OrderBy(m => m.From))
        {
            if (one.From > reach)
                break;
            if (one.Until is not { } until)
                return new MembershipStretch(true, null);
            if (until > reach)
                reach = until;
            else if (ended is null || until > ended)
                ended = until;
        }
        return reach > day ? new MembershipStretch(true, reach)
            : ended is not null ? new MembershipStretch(false, ended)
            : null;
    }
}
