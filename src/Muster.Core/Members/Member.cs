using Muster.Core.Calendar;
using Muster.Core.Institutes;

namespace Muster.Core.Members;

/// <summary>
/// One person on the members list. The record is for life: memberships end, the person stays findable and can be revived.
/// </summary>
public sealed class Member
{
    private readonly List<MemberEmail> emails = [];
    private readonly List<MemberCertificate> certificates = [];
    private readonly List<Membership> memberships = [];
    private readonly List<FormerName> formerNames = [];
    private readonly List<FormerEmail> formerEmails = [];

    private Member() { }

    public MemberId Id { get; private set; }
    public string? Given { get; private set; }
    public string? Family { get; private set; }
    public NameOrder NameOrder { get; private set; }
    public string? Native { get; private set; }
    public string DisplayName { get; private set; } = "";
    public string SortName { get; private set; } = "";

    /// <summary>Sort name without marks and case: the order of lists.</summary>
    public string SortKey { get; private set; } = "";

    /// <summary>Order- and accent-insensitive key of the Latin name; equal keys mean "look closer", never "the same person".</summary>
    public string NameKey { get; private set; } = "";

    /// <summary>As on papers; null where it is made from the Latin name.</summary>
    public string? PublicationName { get; private set; }

    /// <summary>ORCID iD in groups, or null.</summary>
    public string? Orcid { get; private set; }
    public DateOnly? DeceasedOn { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    public IReadOnlyList<MemberEmail> Emails => emails;
    public IReadOnlyList<MemberCertificate> Certificates => certificates;
    public IReadOnlyList<Membership> Memberships => memberships;
    public IReadOnlyList<FormerName> FormerNames => formerNames;
    public IReadOnlyList<FormerEmail> FormerEmails => formerEmails;

    public PersonName Name => PersonName.Create(Given, Family, NameOrder, Native).Value;

    public string? PrimaryEmail => Primary?.Address;

    /// <summary>Null for somebody without an address.</summary>
    public MemberEmail? Primary => emails.OrderBy(e => e.Position).FirstOrDefault();

    public static Member Enter(MemberId id, PersonName name, string? orcid, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(name);
        var member = new Member
        {
            Id = id,
            Orcid = orcid,
            CreatedAt = now,
        };
        member.Take(name);
        return member;
    }

    /// <summary>Another name, publication name, ORCID iD or day of death; a name that is given up stays on record.</summary>
    /// <param name="publicationName">At most <see cref="PersonName.MaxNativeLength"/> characters; or null.</param>
    /// <returns>Whether anything changed.</returns>
    public bool Change(PersonName name, string? publicationName, Orcid? orcid, DateOnly? deceasedOn, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name == Name && publicationName == PublicationName && orcid?.Value == Orcid && deceasedOn == DeceasedOn)
            return false;
        if (name.Display != DisplayName || name.Native != Native)
            formerNames.Add(new FormerName(Id, formerNames.Count, Name, now));
        Take(name);
        PublicationName = publicationName;
        Orcid = orcid?.Value;
        DeceasedOn = deceasedOn;
        return true;
    }

    private void Take(PersonName name)
    {
        Given = name.Given;
        Family = name.Family;
        NameOrder = name.Order;
        Native = name.Native;
        DisplayName = name.Display;
        SortName = name.Sort;
        SortKey = SortKeyOf(name.Sort);
        NameKey = name.Key;
    }

    /// <summary>Adds an address unless the person has it already; the first one is the primary.</summary>
    public void AddEmail(EmailAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!HasEmail(address))
            emails.Add(new MemberEmail(Id, emails.Count == 0 ? 0 : emails.Max(e => e.Position) + 1, address));
    }

    public bool HasEmail(EmailAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return EmailOf(address.Key) is not null;
    }

    /// <summary>Whether whoever reads the mail there has said that it is this person's.</summary>
    /// <param name="key">As of <see cref="EmailAddress.Key"/>.</param>
    public bool HasConfirmed(string key) => EmailOf(key) is { ConfirmedAt: not null };

    /// <summary>Now or before: what was given up does not come back because an old list names it.</summary>
    public bool HasHadEmail(EmailAddress address) =>
        HasEmail(address) || formerEmails.Any(e => string.Equals(e.Key, address.Key, StringComparison.Ordinal));

    /// <summary>The address is this person's: whoever reads its mail said so at <paramref name="at"/>.</summary>
    /// <returns>The address, new or known.</returns>
    public MemberEmail ConfirmEmail(EmailAddress address, DateTimeOffset at)
    {
        AddEmail(address);
        var email = EmailOf(address.Key)!; // was there or is now
        email.Confirm(at);
        return email;
    }

    /// <summary>The person does not have the address any more; it stays on record as a former one.</summary>
    /// <param name="key">As of <see cref="EmailAddress.Key"/>.</param>
    /// <returns><c>address.unknown</c>, <c>address.is-primary</c>, <c>address.last-confirmed</c>.</returns>
    public Result<FormerEmail> RemoveEmail(string? key, DateTimeOffset now)
    {
        if (EmailOf(key) is not { } email)
            return new Refusal("address.unknown");
        if (email == Primary)
            return new Refusal("address.is-primary");
        if (email.ConfirmedAt is not null && emails.Count(e => e.ConfirmedAt is not null) == 1)
            return new Refusal("address.last-confirmed");
        emails.Remove(email);
        var former = new FormerEmail(email, formerEmails.Count, now);
        formerEmails.Add(former);
        return former;
    }

    /// <summary>Somebody else has proven that the address is theirs; where it was only listed here, it becomes a former one, were it the primary.</summary>
    /// <returns>Null where the person is not listed with it, or has confirmed it.</returns>
    public FormerEmail? GiveUpListing(string key, DateTimeOffset now)
    {
        if (EmailOf(key) is not { ConfirmedAt: null } email)
            return null;
        emails.Remove(email);
        var former = new FormerEmail(email, formerEmails.Count, now);
        formerEmails.Add(former);
        return former;
    }

    /// <summary>Whether the address can become the primary one.</summary>
    /// <returns>The address; <c>address.unknown</c>, <c>address.is-primary</c>, <c>address.not-confirmed</c>.</returns>
    public Result<MemberEmail> CanBePrimary(string? key, bool needsConfirmation) =>
        EmailOf(key) is not { } email ? new Refusal("address.unknown")
        : email == Primary ? new Refusal("address.is-primary")
        : needsConfirmation && email.ConfirmedAt is null ? new Refusal("address.not-confirmed")
        : email;

    /// <summary>The address becomes the primary one; the one before takes its place.</summary>
    /// <returns>As <see cref="CanBePrimary"/>.</returns>
    public Result<MemberEmail> MakePrimary(string? key, bool needsConfirmation)
    {
        if (!CanBePrimary(key, needsConfirmation).TryGet(out var email, out var why))
            return why;
        var (old, place) = (Primary!, email.Position); // who has one that is not primary has a primary one
        email.MoveTo(old.Position);
        old.MoveTo(place);
        return email;
    }

    private MemberEmail? EmailOf(string? key) => emails.Find(e => string.Equals(e.Key, key, StringComparison.Ordinal));

    /// <summary>Adds a certificate subject unless the person has it already (compared by canonical key, issuer ignored).</summary>
    /// <returns>True when it is new.</returns>
    public bool AddCertificate(MemberCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (certificates.Any(c => string.Equals(c.Key, certificate.Key, StringComparison.Ordinal)))
            return false;
        certificates.Add(certificate);
        return true;
    }

    /// <summary>A membership more; several institutes at once are usual, the same one twice at once is not.</summary>
    /// <param name="terms">Checked.</param>
    /// <returns><c>membership.overlaps</c> where the person is at this institute already in that time.</returns>
    public Result<Membership> Join(InstituteId institute, MembershipTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (Overlaps(institute, terms.From, terms.Until, except: null))
            return new Refusal("membership.overlaps", "from");
        var membership = new Membership(Id, institute, terms);
        memberships.Add(membership);
        return membership;
    }

    /// <summary>Other terms for a membership of this person; its first day stays.</summary>
    /// <returns><c>membership.unknown</c>, <c>membership.overlaps</c>, <c>membership.ends-before</c>.</returns>
    public Result<Membership> ChangeMembership(InstituteId institute, DateOnly from, MembershipTerms terms) =>
        ChangeMembership(institute, from, terms, m => m.Change(terms));

    /// <summary>The terms of a membership that the person is said to have left; <see cref="Membership.TermsBeforeLeft"/> finds back.</summary>
    /// <returns>As <see cref="ChangeMembership(InstituteId, DateOnly, MembershipTerms)"/>.</returns>
    public Result<Membership> LeaveMembership(InstituteId institute, DateOnly from, MembershipTerms terms) =>
        ChangeMembership(institute, from, terms, m => m.Leave(terms));

    private Result<Membership> ChangeMembership(InstituteId institute, DateOnly from, MembershipTerms terms, Action<Membership> change)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (MembershipAt(institute, from) is not { } membership)
            return new Refusal("membership.unknown");
        if (terms.Until <= from)
            return new Refusal("membership.ends-before", "until");
        if (Overlaps(institute, from, terms.Until, membership))
            return new Refusal("membership.overlaps", "until");
        change(membership);
        return membership;
    }

    /// <summary>Leaves one institute and is at another from that day on: one act, everything else stays as it is.</summary>
    /// <param name="leaving">Where and since when the person is now.</param>
    /// <param name="terms">Of the new membership, checked; its first day is the day of the move.</param>
    /// <returns>The new membership; <c>membership.unknown</c>, <c>membership.ended</c>, <c>membership.move-before-start</c>,
    /// <c>membership.move-to-same</c>, <c>membership.overlaps</c>.</returns>
    public Result<Membership> Move(InstituteId leaving, DateOnly since, InstituteId to, MembershipTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (MembershipAt(leaving, since) is not { } old)
            return new Refusal("membership.unknown");
        if (leaving == to)
            return new Refusal("membership.move-to-same", "institute");
        if (old.Until <= terms.From)
            return new Refusal("membership.ended", "from");
        if (terms.From <= old.From)
            return new Refusal("membership.move-before-start", "from");
        if (!Join(to, terms).TryGet(out var joined, out var why))
            return why;
        old.Change(old.Terms.EndedBefore(terms.From));
        return joined;
    }

    /// <summary>
    /// The record as it was: what was added since goes, and name and terms are those of then. Takes back what a batch did; what was taken
    /// away since does not come back.
    /// </summary>
    public void Restore(MemberRecord before)
    {
        ArgumentNullException.ThrowIfNull(before);
        Take(PersonName.Create(before.Given, before.Family, before.NameOrder, before.Native).Value); // a name that was borne
        PublicationName = before.PublicationName;
        Orcid = before.Orcid;
        DeceasedOn = before.DeceasedOn;
        formerNames.RemoveAll(n => n.Number >= before.FormerNames);
        emails.RemoveAll(e => !before.Emails.Contains(e.Key, StringComparer.Ordinal));
        certificates.RemoveAll(c => !before.Certificates.Contains(c.Key, StringComparer.Ordinal));
        var then = before.Memberships.ToDictionary(m => (m.Institute, m.Terms.From), m => m.Terms);
        memberships.RemoveAll(m => !then.ContainsKey((m.InstituteId.Value, m.From)));
        foreach (var membership in memberships)
            membership.Change(then[(membership.InstituteId.Value, membership.From)]);
    }

    /// <summary>For records that were written before there was a sort key.</summary>
    public void RefreshSortKey() => SortKey = SortKeyOf(SortName);

    private static string SortKeyOf(string sortName) => Transliteration.StripMarks(sortName).ToLowerInvariant();

    private Membership? MembershipAt(InstituteId institute, DateOnly from) =>
        memberships.FirstOrDefault(m => m.InstituteId == institute && m.From == from);

    private bool Overlaps(InstituteId institute, DateOnly from, DateOnly? until, Membership? except) =>
        memberships.Any(m => m != except && m.InstituteId == institute && Period.Overlap(from, until, m.From, m.Until));

    public bool IsActiveOn(DateOnly day) => memberships.Any(m => m.Covers(day));
}
