using Muster.Core.Accounts;

namespace Muster.Server.Register.Accounts;

/// <summary>Names, passwords and deadlines of accounts.</summary>
internal sealed class AccountsOptions
{
    public const string Section = "Accounts";

    /// <summary>Shortest account name.</summary>
    public int NameMinLength { get; set; } = 4;

    /// <summary>Longest account name.</summary>
    public int NameMaxLength { get; set; } = 8;

    /// <summary>Names nobody gets, beside the shipped ones.</summary>
    public List<string> ReservedNames { get; set; } = [];

    /// <summary>How names are proposed, best first; empty means the shipped patterns, family name first.</summary>
    public List<string> NamePatterns { get; set; } = [];

    /// <summary><c>modern</c> or <c>classic</c>.</summary>
    public string PasswordProfile { get; set; } = "modern";

    /// <summary>Words of the house that no password may contain.</summary>
    public List<string> HouseWords { get; set; } = [];

    /// <summary>From the issue of an initial password until the account locks.</summary>
    public TimeSpan InitialPasswordLifetime { get; set; } = InitialPasswordRules.Default.Lifetime;

    /// <summary>Times after issue at which the person is reminded; empty means after two and four days.</summary>
    public List<TimeSpan> InitialPasswordReminders { get; set; } = [];

    /// <summary>Validity of the link that "I forgot my password" mails.</summary>
    public TimeSpan ResetLinkLifetime { get; set; } = TimeSpan.FromHours(1);

    public InitialPasswordRules InitialPassword =>
        new(InitialPasswordLifetime, InitialPasswordReminders.Count > 0 ? InitialPasswordReminders : DefaultReminders());

    public AccountNameRules NameRules
    {
        get
        {
            var rules = new AccountNameRules { MinLength = NameMinLength, MaxLength = NameMaxLength };
            if (ReservedNames.Count > 0)
                rules = rules with { Reserved = rules.Reserved.Union(ReservedNames).ToHashSet(StringComparer.Ordinal) };
            return NamePatterns.Count > 0 ? rules with { Patterns = NamePatterns } : rules;
        }
    }

    public PasswordProfile Profile =>
        (PasswordProfile == "classic" ? Muster.Core.Accounts.PasswordProfile.Classic : Muster.Core.Accounts.PasswordProfile.Modern) with
        {
            HouseWords = HouseWords,
        };

    public IEnumerable<string> Problems()
    {
        foreach (var problem in NameRules.Problems())
            yield return $"Accounts: {problem}";
        if (PasswordProfile is not ("modern" or "classic"))
            yield return $"Accounts:PasswordProfile is '{PasswordProfile}'; known are 'modern' and 'classic'";
        if (InitialPasswordLifetime <= TimeSpan.Zero)
            yield return "Accounts:InitialPasswordLifetime must be longer than nothing";
        if (InitialPassword.Reminders.Any(r => r <= TimeSpan.Zero || r >= InitialPasswordLifetime))
            yield return "Accounts:InitialPasswordReminders must lie within InitialPasswordLifetime";
        if (ResetLinkLifetime <= TimeSpan.Zero || ResetLinkLifetime > TimeSpan.FromDays(7))
            yield return "Accounts:ResetLinkLifetime must lie between nothing and seven days";
    }

    private List<TimeSpan> DefaultReminders() => [.. InitialPasswordRules.Default.Reminders.Where(r => r < InitialPasswordLifetime)];
}
