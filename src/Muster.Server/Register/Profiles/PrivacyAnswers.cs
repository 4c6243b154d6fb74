using Muster.Core.Profiles;

namespace Muster.Server.Register.Profiles;

/// <summary>What the collaboration says of every field, one word each (<see cref="FieldRule"/>).</summary>
internal sealed record PrivacyRulesAnswer(
    string Native,
    string Institute,
    string Country,
    string Position,
    string MemberSince,
    string Email,
    string Orcid,
    string Languages,
    string Phone,
    string Office,
    string Web
)
{
    public static PrivacyRulesAnswer Of(PrivacySettings settings)
    {
        string Rule(ProfileField field) => settings[field].ToString();
        return new PrivacyRulesAnswer(
            Rule(ProfileField.Native),
            Rule(ProfileField.Institute),
            Rule(ProfileField.Country),
            Rule(ProfileField.Position),
            Rule(ProfileField.MemberSince),
            Rule(ProfileField.Email),
            Rule(ProfileField.Orcid),
            Rule(ProfileField.Languages),
            Rule(ProfileField.Phone),
            Rule(ProfileField.Office),
            Rule(ProfileField.Web)
        );
    }
}

/// <summary>Fields that are left out stay as they are.</summary>
/// <param name="Seen">The rules that were there before, joined by dots; others since are not overwritten then.</param>
internal sealed record PrivacyRulesBody(
    string? Native = null,
    string? Institute = null,
    string? Country = null,
    string? Position = null,
    string? MemberSince = null,
    string? Email = null,
    string? Orcid = null,
    string? Languages = null,
    string? Phone = null,
    string? Office = null,
    string? Web = null,
    string? Seen = null
);

/// <summary>Who sees what of one member.</summary>
internal sealed record PrivacyChoicesAnswer(
    PrivacyChoiceAnswer Native,
    PrivacyChoiceAnswer Institute,
    PrivacyChoiceAnswer Country,
    PrivacyChoiceAnswer Position,
    PrivacyChoiceAnswer MemberSince,
    PrivacyChoiceAnswer Email,
    PrivacyChoiceAnswer Orcid,
    PrivacyChoiceAnswer Languages,
    PrivacyChoiceAnswer Phone,
    PrivacyChoiceAnswer Office,
    PrivacyChoiceAnswer Web
)
{
    public static PrivacyChoicesAnswer Of(IReadOnlyList<PrivacyLine> lines)
    {
        PrivacyChoiceAnswer Choice(ProfileField field)
        {
            var line = lines.First(l => l.Field == field); // there is one for each
            return new PrivacyChoiceAnswer(FieldRule.WordOf(line.Audience), line.IsChosen);
        }
        return new PrivacyChoicesAnswer(
            Choice(ProfileField.Native),
            Choice(ProfileField.Institute),
            Choice(ProfileField.Country),
            Choice(ProfileField.Position),
            Choice(ProfileField.MemberSince),
            Choice(ProfileField.Email),
            Choice(ProfileField.Orcid),
            Choice(ProfileField.Languages),
            Choice(ProfileField.Phone),
            Choice(ProfileField.Office),
            Choice(ProfileField.Web)
        );
    }
}

/// <param name="IsChosen">By the member.</param>
internal sealed record PrivacyChoiceAnswer(string Audience, bool IsChosen);

/// <summary>Fields that are left out stay as they are.</summary>
internal sealed record PrivacyChoicesBody(
    string? Native = null,
    string? Institute = null,
    string? Country = null,
    string? Position = null,
    string? MemberSince = null,
    string? Email = null,
    string? Orcid = null,
    string? Languages = null,
    string? Phone = null,
    string? Office = null,
    string? Web = null
);
