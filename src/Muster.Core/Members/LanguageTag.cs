namespace Muster.Core.Members;

/// <summary>
/// A language as BCP 47 names it, in its canonical case: <c>en</c>, <c>pt-BR</c>, <c>zh-Hant</c>. Read are language, script, region and variants
/// (RFC 5646 §2.1); extensions and private tags say nothing that a colleague could use and are refused.
/// </summary>
public sealed record LanguageTag
{
    /// <summary>In characters: RFC 5646 §4.4.1 asks for room of 35.</summary>
    public const int MaxLength = 35;

    private LanguageTag(string value) => Value = value;

    public string Value { get; }

    public override string ToString() => Value;

    /// <returns><c>contact.language-unreadable</c> (what was typed).</returns>
    public static Result<LanguageTag> Parse(string? text)
    {
        var typed = text?.Trim() ?? "";
        var parts = typed.Split('-');
        if (typed.Length > MaxLength || !IsLetters(parts[0], 2, 3))
            return Unreadable(typed);
        // RFC 5646 §2.1.1: language lower, script with a capital, region in capitals; they are compared without case.
        var canonical = new List<string> { parts[0].ToLowerInvariant() };
        var at = 1;
        if (at < parts.Length && IsLetters(parts[at], 4, 4))
            canonical.Add(char.ToUpperInvariant(parts[at][0]) + parts[at++][1..].ToLowerInvariant());
        if (at < parts.Length && (IsLetters(parts[at], 2, 2) || (parts[at].Length == 3 && parts[at].All(char.IsAsciiDigit))))
            canonical.Add(parts[at++].ToUpperInvariant());
        for (; at < parts.Length; at++)
        {
            var variant = parts[at].ToLowerInvariant();
            if (!IsVariant(variant) || canonical.Contains(variant, StringComparer.Ordinal))
                return Unreadable(typed);
            canonical.Add(variant);
        }
        return new LanguageTag(string.Join('-', canonical));
    }

    private static Refusal Unreadable(string typed) =>
        Refusal.With("contact.language-unreadable", typed.Length <= MaxLength ? typed : typed[..MaxLength]).At("languages");

    private static bool IsLetters(string part, int least, int most) =>
        part.Length >= least && part.Length <= most && part.All(char.IsAsciiLetter);

    private static bool IsVariant(string part) =>
        part.All(char.IsAsciiLetterOrDigit) && (part.Length is >= 5 and <= 8 || (part.Length == 4 && char.IsAsciiDigit(part[0])));
}
