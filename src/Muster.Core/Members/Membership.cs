using Muster.Core.Calendar;
using Muster.Core.Institutes;

namespace Muster.Core.Members;

/// <summary>How one belongs to the collaboration.</summary>
public enum MembershipCategory
{
    Full,
    Student,
    Guest,
    External,
    PartnerGroup,
}

/// <summary>A dated fact: this person belonged to this institute, in this position, from a day until before another.</summary>
public sealed class Membership
{
    private Membership() { }

    internal Membership(MemberId member, InstituteId institute, MembershipTerms terms)
    {
        MemberId = member;
        InstituteId = institute;
        From = terms.From;
        Change(terms);
    }

    public MemberId MemberId { get; private set; }
    public InstituteId InstituteId { get; private set; }
    public string Position { get; private set; } = "";
    public MembershipCategory Category { get; private set; }

    /// <summary>Share of the working time, 1 to 100.</summary>
    public int Percent { get; private set; } = 100;

    /// <summary>First day.</summary>
    public DateOnly From { get; private set; }

    /// <summary>First day after the end; null while it is open.</summary>
    public DateOnly? Until { get; private set; }

    /// <summary>First day on author lists with this institute; null where the membership brings no authorship.</summary>
    public DateOnly? AuthorFrom { get; private set; }

    /// <summary>First day after the last one on author lists; null while open. It may outlive the membership.</summary>
    public DateOnly? AuthorUntil { get; private set; }

    /// <summary><see cref="AuthorUntil"/> as it was set where the person was said to have left; null where that did not end an authorship.</summary>
    public DateOnly? AuthorLeft { get; private set; }

    /// <summary>The terms without an end of the authorship that came with "left" alone, and was not written otherwise since.</summary>
    public MembershipTerms TermsBeforeLeft =>
        AuthorLeft is not null && AuthorLeft == AuthorUntil ? Terms with { AuthorUntil = null } : Terms;

    public MembershipTerms Terms => new(Position, Category, Percent, From, Until, AuthorFrom, AuthorUntil);

    public bool Covers(DateOnly day) => Period.Covers(From, Until, day);

    public bool IsAuthorOn(DateOnly day) => AuthorFrom is { } first && Period.Covers(first, AuthorUntil, day);

    /// <summary>Everything but the first day, which names the membership.</summary>
    internal void Change(MembershipTerms terms)
    {
        if (terms.Until <= From)
            throw new ArgumentException("A membership ends after it begins.", nameof(terms));
        Position = terms.Position;
        Category = terms.Category;
        Percent = terms.Percent;
        Until = terms.Until;
        AuthorFrom = terms.AuthorFrom;
        AuthorUntil = terms.AuthorUntil;
        if (AuthorLeft != AuthorUntil)
            AuthorLeft = null;
    }

    /// <summary>The person is said to have left: an authorship that was open ends with that, and is open again should it turn out otherwise.</summary>
    internal void Leave(MembershipTerms terms)
    {
        var wasOpen = TermsBeforeLeft.AuthorUntil is null;
        Change(terms);
        AuthorLeft = wasOpen ? AuthorUntil : null;
    }
}
