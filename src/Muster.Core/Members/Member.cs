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

    private Member() { }

    public MemberId Id { get; private set; }
    public string? Given { get; private set; }
    public string? Family { get; private set; }
    public NameOrder NameOrder { get; private set; }
    public string? Native { get; private set; }
    public string DisplayName { get; private set; } = "";
    public string SortName { get; private set; } = "";

    /// <summary>Order- and accent-insensitive key of the Latin name; equal keys mean "look closer", never "the same person".</summary>
    public string NameKey { get; private set; } = "";
    public string? Orcid { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    public IReadOnlyList<MemberEmail> Emails => emails;
    public IReadOnlyList<MemberCertificate> Certificates => certificates;
    public IReadOnlyList<Membership> Memberships => memberships;

    public PersonName Name => PersonName.Create(Given, Family, NameOrder, Native).Value;

    public string? PrimaryEmail => emails.OrderBy(e => e.Position).FirstOrDefault()?.Address;

    public static Member Enter(MemberId id, PersonName name, string? orcid, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new Member
        {
            Id = id,
            Given = name.Given,
            Family = name.Family,
            NameOrder = name.Order,
            Native = name.Native,
            DisplayName = name.Display,
            SortName = name.Sort,
            NameKey = name.Key,
            Orcid = orcid,
            CreatedAt = now,
        };
    }

    /// <summary>Adds an address unless the person has it already; the first one is the primary.</summary>
    public void AddEmail(EmailAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!HasEmail(address))
            emails.Add(new MemberEmail(Id, emails.Count, address));
    }

    public bool HasEmail(EmailAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return emails.Any(e => string.Equals(e.Key, address.Key, StringComparison.Ordinal));
    }

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

    public void Join(InstituteId institute, string position, DateOnly from, DateOnly? until) =>
        memberships.Add(new Membership(Id, institute, position, from, until));

    public bool IsActiveOn(DateOnly day) => memberships.Any(m => m.Covers(day));
}
