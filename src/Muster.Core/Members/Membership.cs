using Muster.Core.Institutes;

namespace Muster.Core.Members;

/// <summary>A dated fact: this person belonged to this institute, in this position, from a day until before another.</summary>
public sealed class Membership
{
    private Membership() { }

    internal Membership(MemberId member, InstituteId institute, string position, DateOnly from, DateOnly? until)
    {
        if (until <= from)
            throw new ArgumentException("A membership ends after it begins.", nameof(until));
        MemberId = member;
        InstituteId = institute;
        Position = position;
        From = from;
        Until = until;
    }

    public MemberId MemberId { get; private set; }
    public InstituteId InstituteId { get; private set; }
    public string Position { get; private set; } = "";

    /// <summary>First day.</summary>
    public DateOnly From { get; private set; }

    /// <summary>First day after the end; null while it is open.</summary>
    public DateOnly? Until { get; private set; }

    public bool Covers(DateOnly day) => From <= day && (Until is null || day < Until);
}
