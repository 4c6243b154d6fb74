using Muster.Core.Calendar;
using Muster.Core.Members;

namespace Muster.Core.Institutes;

/// <summary>How somebody speaks for an institute. All three may do the same; they are told apart in lists.</summary>
public enum RepresentativeKind
{
    Representative,
    Deputy,

    /// <summary>For the holidays of the others, with an end from the beginning.</summary>
    Cover,
}

/// <summary>Who speaks for an institute, from a day until before another.</summary>
public sealed class Representative
{
    /// <summary>How many an institute should have, so that nobody waits for one person.</summary>
    public const int Wanted = 2;

    private Representative() { }

    /// <exception cref="ArgumentException">It would end before it begins.</exception>
    public Representative(InstituteId institute, MemberId member, RepresentativeKind kind, DateOnly from, DateOnly? until = null)
    {
        if (until <= from)
            throw new ArgumentException("A representative's time ends after it begins.", nameof(until));
        InstituteId = institute;
        MemberId = member;
        Kind = kind;
        From = from;
        Until = until;
    }

    public InstituteId InstituteId { get; private set; }
    public MemberId MemberId { get; private set; }
    public RepresentativeKind Kind { get; private set; }

    /// <summary>First day.</summary>
    public DateOnly From { get; private set; }

    /// <summary>First day after the end; null while it is open.</summary>
    public DateOnly? Until { get; private set; }

    public bool Covers(DateOnly day) => Period.Covers(From, Until, day);

    /// <summary>What is wrong with naming <paramref name="member"/>, who speaks already as in <paramref name="own"/>.</summary>
    /// <returns><c>representative.cover-has-no-end</c>, <c>representative.ends-before</c>, <c>representative.named-already</c>; null when all is well.</returns>
    public static Refusal? Check(RepresentativeKind kind, DateOnly from, DateOnly? until, IEnumerable<Representative> own)
    {
        ArgumentNullException.ThrowIfNull(own);
        if (kind == RepresentativeKind.Cover && until is null)
            return new Refusal("representative.cover-has-no-end", "until");
        if (until <= from)
            return new Refusal("representative.ends-before", "until");
        return own.Any(o => Period.Overlap(from, until, o.From, o.Until)) ? new Refusal("representative.named-already", "member") : null;
    }

    /// <summary>Ends before <paramref name="day"/>; one that has not begun by then never covers a day.</summary>
    /// <returns>False when it had ended by then.</returns>
    public bool End(DateOnly day)
    {
        if (Until <= day)
            return false;
        Until = day > From ? day : From;
        return true;
    }
}
