using Muster.Core.Members;

namespace Muster.Core.Institutes;

/// <summary>
/// The identifier of a research organisation: <c>0</c>, six characters of Crockford's base 32, two check digits (ROR documentation,
/// "ROR identifier pattern"). Whether the registry holds it is not looked at.
/// </summary>
public sealed record RorId
{
    private const int Length = 9;

    /// <summary>Crockford's base 32, lower case: neither i, l, o nor u.</summary>
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    private RorId(string value) => Value = value;

    /// <summary>The nine characters, lower case, as <c>01ggx4157</c>.</summary>
    public string Value { get; }

    /// <summary>The form that is to be shown: <c>https://ror.org/01ggx4157</c>.</summary>
    public string Url => "https://ror.org/" + Value;

    /// <summary>Takes the nine characters alone or as the address in any scheme, in either case.</summary>
    /// <returns><c>ror.malformed</c> or <c>ror.wrong-checksum</c>, each with the text, where it is none.</returns>
    public static Result<RorId> Parse(string? text)
    {
        var bare = IdentifierText.WithoutHost(text, "ror.org").ToLowerInvariant();
        if (
            bare.Length != Length
            || bare[0] != '0'
            || !bare[..^2].All(c => Alphabet.Contains(c, StringComparison.Ordinal))
            || !bare[^2..].All(char.IsAsciiDigit)
        )
            return Refusal.With("ror.malformed", text ?? "");
        if (!bare.AsSpan(Length - 2).SequenceEqual(Checksum(bare.AsSpan(0, Length - 2))))
            return Refusal.With("ror.wrong-checksum", text ?? "");
        return new RorId(bare);
    }

    public override string ToString() => Value;

    /// <summary>ISO/IEC 7064 MOD 97-10 over the number that the characters write in base 32.</summary>
    private static string Checksum(ReadOnlySpan<char> characters)
    {
        var number = 0L;
        foreach (var character in characters)
            number = number * Alphabet.Length + Alphabet.IndexOf(character, StringComparison.Ordinal);
        return (98 - number * 100 % 97).ToString("D2", System.Globalization.CultureInfo.InvariantCulture);
    }
}
