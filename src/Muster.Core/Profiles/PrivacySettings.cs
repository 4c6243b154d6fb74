namespace Muster.Core.Profiles;

/// <summary>A rule for every field.</summary>
public sealed class PrivacySettings
{
    /// <summary>What colleagues need to find and write to each other; what is closer to the person is the person's choice, and closed until then.</summary>
    private static readonly Dictionary<ProfileField, FieldRule> shipped = new()
    {
        [ProfileField.Native] = new(false, Audience.Members),
        [ProfileField.Institute] = new(false, Audience.Members),
        [ProfileField.Country] = new(false, Audience.Members),
        [ProfileField.Position] = new(true, Audience.Representatives),
        [ProfileField.MemberSince] = new(false, Audience.Representatives),
        [ProfileField.Email] = new(true, Audience.Members),
        [ProfileField.Orcid] = new(true, Audience.Members),
        [ProfileField.Languages] = new(true, Audience.Desk),
        [ProfileField.Phone] = new(true, Audience.Desk),
        [ProfileField.Office] = new(true, Audience.Desk),
        [ProfileField.Web] = new(true, Audience.Members),
    };

    private readonly Dictionary<ProfileField, FieldRule> rules;

    private PrivacySettings(Dictionary<ProfileField, FieldRule> rules) => this.rules = rules;

    public static PrivacySettings Shipped { get; } = new(shipped);

    public static IReadOnlyList<ProfileField> Fields { get; } = Enum.GetValues<ProfileField>();

    public FieldRule this[ProfileField field] => rules[field];

    /// <summary>These rules instead of those there are; fields that are not named stay as they are.</summary>
    public PrivacySettings With(IEnumerable<KeyValuePair<ProfileField, FieldRule>> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        var changed = new Dictionary<ProfileField, FieldRule>(rules);
        foreach (var (field, rule) in others)
            changed[field] = rule;
        return new PrivacySettings(changed);
    }

    /// <summary>All rules in one word; equal words are equal settings.</summary>
    public string Fingerprint => string.Join('.', Fields.Select(f => rules[f]));
}

/// <summary>The rule for one field, as kept once somebody changed it.</summary>
public sealed class PrivacyRule
{
    private PrivacyRule() { }

    public PrivacyRule(ProfileField field, FieldRule rule)
    {
        Field = field;
        Take(rule);
    }

    public ProfileField Field { get; private set; }
    public bool IsChosen { get; private set; }
    public Audience Audience { get; private set; }

    public FieldRule Rule => new(IsChosen, Audience);

    public void Take(FieldRule rule) => (IsChosen, Audience) = (rule.IsChosen, rule.Audience);
}
