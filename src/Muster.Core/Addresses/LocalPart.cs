namespace Muster.Core.Addresses;

/// <summary>
/// What stands before the @ of an address of the collaboration: 1 to 64 octets (RFC 5321 §4.5.3.1.1) of <c>a–z</c>, <c>0–9</c>, dots and
/// hyphens, beginning with a letter. Narrower than a Dot-string (RFC 5321 §4.1.2), so that every mail system takes it, and always in
/// lower case, so that no two differ by case alone.
/// </summary>
public sealed record LocalPart
{
    /// <summary>Octets.</summary>
    public const int MaxLength = 64;

    private LocalPart(string value) => Value = value;

    public string Value { get; }

    /// <returns><c>alias.missing</c>, <c>alias.too-long</c> (bound), <c>alias.malformed</c> or <c>alias.reserved</c> where it is none.</returns>
    public static Result<LocalPart> Parse(string? text, LocalPartRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var value = text?.Trim().ToLowerInvariant() ?? "";
        if (value.Length == 0)
            return new Refusal("alias.missing");
        if (value.Length > MaxLength)
            return new Refusal("alias.too-long") { Arguments = [$"{MaxLength}"] };
        if (!IsWellFormed(value))
            return new Refusal("alias.malformed");
        return rules.IsReserved(value) ? new Refusal("alias.reserved") { Arguments = [value] } : new LocalPart(value);
    }

    public override string ToString() => Value;

    /// <summary>A letter first, a letter or digit last, and never two separators beside each other.</summary>
    internal static bool IsWellFormed(string value)
    {
        if (value.Length is 0 or > MaxLength || !char.IsAsciiLetterLower(value[0]) || IsSeparator(value[^1]))
            return false;
        for (var i = 1; i < value.Length; i++)
        {
            var isPlain = char.IsAsciiLetterLower(value[i]) || char.IsAsciiDigit(value[i]);
            if (!isPlain && (!IsSeparator(value[i]) || IsSeparator(value[i - 1])))
                return false;
        }
        return true;
    }

    private static bool IsSeparator(char c) => c is '.' or '-';
}
