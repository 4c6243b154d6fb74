using System.Text;
using Muster.Core.Members;

namespace Muster.Core.Search;

/// <summary>
/// Text as it is searched for: words without case, marks and spelling habits, so that <c>Müller</c>, <c>Mueller</c> and <c>MULLER</c>
/// are one. Letters of other scripts stay as they are.
/// </summary>
public static class SearchText
{
    /// <summary>Longest word that is kept, in characters; a longer one is cut, in the list and in the question alike.</summary>
    public const int MaxWordLength = 60;

    /// <summary>Most words of one question that are looked at.</summary>
    public const int MaxQuestionWords = 8;

    /// <summary>Longest question that is looked at, in characters.</summary>
    public const int MaxQuestionLength = 300;

    /// <summary>The distinct words of a text, in its order. Apostrophes join, everything else that is no letter or digit parts.</summary>
    public static IReadOnlyList<string> Words(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];
        var words = new List<string>();
        foreach (var part in Parts(text))
            if (Fold(part) is { Length: > 0 } word && !words.Contains(word, StringComparer.Ordinal))
                words.Add(word);
        return words;
    }

    /// <summary>
    /// What somebody typed, word for word. Addresses (<c>jane@kek.jp</c>) and ORCID iDs stay whole, for they are kept whole in the list.
    /// </summary>
    public static IReadOnlyList<string> Question(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return [];
        var text = Cut(typed, MaxQuestionLength);
        var words = new List<string>();
        foreach (var piece in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            words.AddRange(IsWhole(piece) ? [Whole(piece)] : Words(piece));
        return [.. words.Distinct(StringComparer.Ordinal).Take(MaxQuestionWords)];
    }

    /// <summary>An identifier that is found from its beginning and not by its parts.</summary>
    public static string Whole(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return Cut(identifier.ToLowerInvariant().Replace("\0", "", StringComparison.Ordinal), MaxWordLength);
    }

    /// <summary>Never through the middle of a character.</summary>
    private static string Cut(string text, int length) =>
        text.Length <= length ? text
        : char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)]
        : text[..length];

    private static bool IsWhole(string piece) =>
        piece.Contains('@', StringComparison.Ordinal)
        || (piece.Length > 4 && piece[4] == '-' && piece.All(c => char.IsAsciiDigit(c) || c is '-' or 'X' or 'x'));

    private static IEnumerable<string> Parts(string text)
    {
        var part = new StringBuilder();
        foreach (var rune in Composed(text).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || IsMark(rune))
                part.Append(rune.ToString());
            else if (rune.Value is not ('\'' or 0x2019 or 0x2018 or 0x02BC or 0x02BB) && part.Length > 0)
            {
                yield return part.ToString();
                part.Clear();
            }
        }
        if (part.Length > 0)
            yield return part.ToString();
    }

    /// <summary>Vowel signs of Thai or Hindi belong to the letter before them.</summary>
    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is System.Globalization.UnicodeCategory.NonSpacingMark
                or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    private static string Fold(string part)
    {
        var latin = part.Any(IsLatinLetter)
            ? Transliteration.MergeSpellings(Transliteration.StripMarks(part).ToLowerInvariant())
            : part.ToLowerInvariant();
        return Cut(latin, MaxWordLength);
    }

    private static bool IsLatinLetter(char c) => char.IsAsciiLetter(c) || c is (>= 'À' and < 'ɐ') or (>= 'Ḁ' and <= 'ỿ');

    private static string Composed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return ""; // half a surrogate pair is no text
        }
    }
}
