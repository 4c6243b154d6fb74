namespace Muster.Core.Accounts;

/// <summary>The name of an account: lower-case ASCII letters and digits, a letter first; never an e-mail address, never digits only.</summary>
public sealed record AccountName
{
    private AccountName(string value) => Value = value;

    public string Value { get; }

    /// <returns>
    /// <c>account-name.missing</c>, <c>.bad-characters</c>, <c>.too-short</c> (bound), <c>.too-long</c> (bound) or <c>.reserved</c> where it is none.
    /// </returns>
    public static Result<AccountName> Parse(string? text, AccountNameRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var value = text?.Trim() ?? "";
        if (value.Length == 0)
            return new Refusal("account-name.missing");
        if (!char.IsAsciiLetterLower(value[0]) || !value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)))
            return new Refusal("account-name.bad-characters");
        if (value.Length < rules.MinLength)
            return new Refusal("account-name.too-short") { Arguments = [$"{rules.MinLength}"] };
        if (value.Length > rules.MaxLength)
            return new Refusal("account-name.too-long") { Arguments = [$"{rules.MaxLength}"] };
        return rules.Reserved.Contains(value) ? new Refusal("account-name.reserved") : new AccountName(value);
    }

    public override string ToString() => Value;
}
