namespace Muster.Core.Members;

/// <summary>
/// An ORCID iD: sixteen characters in four groups, the last one a check (ORCID, "Structure of the ORCID Identifier"). Whether it was
/// ever given to somebody is not looked at.
/// </summary>
public sealed record Orcid
{
    private const int Length = 16;

    private Orcid(string value) => Value = value;

    /// <summary>In groups, as <c>0000-0002-1825-0097</c>.</summary>
    public string Value { get; }

    /// <summary>The form that is to be shown: <c>https://orcid.org/0000-0002-1825-0097</c>.</summary>
    public string Url => "https://orcid.org/" + Value;

    /// <summary>Takes the groups with or without hyphens, alone or as the address in any scheme, in either case.</summary>
    /// <returns><c>orcid.malformed</c> or <c>orcid.wrong-check-digit</c>, each with the text, where it is none.</returns>
    public static Result<Orcid> Parse(string? text)
    {
        var bare = IdentifierText.WithoutHost(text, "orcid.org").ToUpperInvariant();
        var isGrouped = bare.Length == Length + 3 && bare[4] == '-' && bare[9] == '-' && bare[14] == '-';
        var characters = isGrouped ? bare.Replace("-", "", StringComparison.Ordinal) : bare;
        if (
            characters.Length != Length
            || !characters[..^1].All(char.IsAsciiDigit)
            || !(char.IsAsciiDigit(characters[^1]) || characters[^1] == 'X')
        )
            return Refusal.With("orcid.malformed", text ?? "");
        if (characters[^1] != CheckCharacter(characters.AsSpan(0, Length - 1)))
            return Refusal.With("orcid.wrong-check-digit", text ?? "");
        return new Orcid($"{characters[..4]}-{characters[4..8]}-{characters[8..12]}-{characters[12..]}");
    }

    public override string ToString() => Value;

    /// <summary>ISO/IEC 7064 MOD 11-2; ten is written X.</summary>
    private static char CheckCharacter(ReadOnlySpan<char> digits)
    {
        var total = 0;
        foreach (var digit in digits)
            total = (total + digit - '0') * 2 % 11;
        var check = (12 - total) % 11;
        return check == 10 ? 'X' : (char)('0' + check);
    }
}
