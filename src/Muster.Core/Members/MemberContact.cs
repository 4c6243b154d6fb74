namespace Muster.Core.Members;

/// <summary>The contact details of one member, as kept; a member who said nothing has none.</summary>
public sealed class MemberContact
{
    private MemberContact() { }

    public MemberContact(MemberId member) => MemberId = member;

    public MemberId MemberId { get; private set; }

    /// <summary>Tags by commas, the preferred one first; empty when none is known.</summary>
    public string Languages { get; private set; } = "";
    public string? Phone { get; private set; }
    public string? Office { get; private set; }
    public string? Web { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }

    public ContactDetails Details => ContactDetails.Read(Languages, Phone, Office, Web).Details ?? ContactDetails.None;

    /// <returns>True when anything is other than before.</returns>
    public bool Change(ContactDetails details, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(details);
        if (details.IsSameAs(Details))
            return false;
        Languages = details.LanguageList;
        (Phone, Office, Web) = (details.Phone, details.Office, details.Web);
        ChangedAt = now;
        return true;
    }
}
