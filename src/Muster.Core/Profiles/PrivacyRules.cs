using Muster.Core.Institutes;
using Muster.Core.Members;

namespace Muster.Core.Profiles;

/// <summary>All that is known of one member for a profile, whoever looks.</summary>
public sealed record ProfileRecord(Member Member, ContactDetails Contact, IReadOnlyDictionary<ProfileField, Audience> Choices);

/// <summary>The one place that decides what of a member somebody else sees. Pages, programs and the search of the directory all ask here.</summary>
public static class PrivacyRules
{
    /// <param name="choices">Of the member whose field it is.</param>
    public static bool Sees(
        Viewer viewer,
        ProfileField field,
        PrivacySettings settings,
        IReadOnlyDictionary<ProfileField, Audience> choices
    )
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(choices);
        var rule = settings[field];
        var audience = rule.IsChosen && choices.TryGetValue(field, out var chosen) ? chosen : rule.Audience;
        return viewer switch
        {
            Viewer.Desk => true,
            Viewer.Representative => audience >= Audience.Representatives,
            Viewer.Member => audience >= Audience.Members,
            _ => false,
        };
    }

    /// <summary>The profile for this viewer; null where there is none to be seen: of who is no member today, or for who is none.</summary>
    /// <param name="institutes">At least those of the member's memberships of today.</param>
    public static Profile? Show(
        ProfileRecord record,
        Viewer viewer,
        PrivacySettings settings,
        IReadOnlyDictionary<InstituteId, Institute> institutes,
        DateOnly today
    )
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(institutes);
        var (member, contact) = (record.Member, record.Contact);
        var current = member.Memberships.Where(m => m.Covers(today)).OrderBy(m => m.From).ToList();
        if (viewer == Viewer.Outsider || current.Count == 0 || member.DeceasedOn is not null)
            return null;
        bool Sees(ProfileField field) => PrivacyRules.Sees(viewer, field, settings, record.Choices);

        var places =
            from membership in current
            let institute = institutes.GetValueOrDefault(membership.InstituteId)
            select new ProfilePlace(
                Sees(ProfileField.Institute) ? institute : null,
                Sees(ProfileField.Country) ? institute?.Country : null,
                Sees(ProfileField.Position) ? membership.Position : null
            );
        return new Profile(member.Id, member.DisplayName, member.SortName)
        {
            Native = Sees(ProfileField.Native) ? member.Native : null,
            Places = [.. places.Where(p => p != new ProfilePlace(null, null, null)).Distinct()],
            MemberSince = Sees(ProfileField.MemberSince) ? current[0].From : null,
            Email = Sees(ProfileField.Email) ? member.PrimaryEmail : null,
            Orcid = Sees(ProfileField.Orcid) ? member.Orcid : null,
            Languages = Sees(ProfileField.Languages) ? contact.Languages : [],
            Phone = Sees(ProfileField.Phone) ? contact.Phone : null,
            Office = Sees(ProfileField.Office) ? contact.Office : null,
            Web = Sees(ProfileField.Web) ? contact.Web : null,
        };
    }
}
