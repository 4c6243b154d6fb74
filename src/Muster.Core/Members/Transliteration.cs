using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Muster.Core.Members;

/// <summary>Latin letters with marks to ASCII, as people write them when the keyboard lacks the mark.</summary>
public static class Transliteration
{
    private static readonly FrozenDictionary<char, string> Written = new Dictionary<char, string>
    {
        ['ä'] = "ae",
        ['ö'] = "oe",
        ['ü'] = "ue",
        ['å'] = "aa",
        ['ø'] = "oe",
        ['æ'] = "ae",
        ['œ'] = "oe",
        ['ß'] = "ss",
        ['þ'] = "th",
        ['ð'] = "d",
        ['đ'] = "d",
        ['ł'] = "l",
        ['ı'] = "i",
        ['ħ'] = "h",
        ['ŋ'] = "ng",
        ['ĳ'] = "ij",
        ['ŀ'] = "l",
        ['ŧ'] = "t",
        ['ə'] = "e",
        ['ơ'] = "o",
        ['ư'] = "u",
    }.ToFrozenDictionary();

    /// <summary>ASCII, same case per word as far as that makes sense (<c>Øre</c> → <c>Oere</c>). What has no Latin reading is left out.</summary>
    public static string ToAscii(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ascii = new StringBuilder(text.Length + 8);
        foreach (var c in Compose(text))
        {
            if (char.IsAscii(c))
            {
                ascii.Append(c);
                continue;
            }
            var lower = char.ToLowerInvariant(c);
            if (Written.TryGetValue(lower, out var spelling))
                ascii.Append(lower == c ? spelling : char.ToUpperInvariant(spelling[0]) + spelling[1..]);
            else
                AppendBase(ascii, c);
        }
        return ascii.ToString();
    }

    /// <summary>The same without the spelling rules: <c>ü</c> → <c>u</c>. For comparing, where <c>ue</c> and <c>u</c> meet.</summary>
    internal static string StripMarks(string text)
    {
        var stripped = new StringBuilder(text.Length);
        foreach (var c in Compose(text))
        {
            if (char.IsAscii(c))
                stripped.Append(c);
            else if (
                char.ToLowerInvariant(c) is 'ä' or 'ö' or 'ü' or 'å'
                || !Written.TryGetValue(char.ToLowerInvariant(c), out var spelling)
            )
                AppendBase(stripped, c);
            else
                stripped.Append(spelling);
        }
        return stripped.ToString();
    }

    /// <summary>Spellings of one sound as one: <c>ae oe ue aa</c> as <c>a o u a</c>; of lower-case text without marks.</summary>
    internal static string MergeSpellings(string text) =>
        text.Replace("ae", "a", StringComparison.Ordinal)
            .Replace("oe", "o", StringComparison.Ordinal)
            .Replace("ue", "u", StringComparison.Ordinal)
            .Replace("aa", "a", StringComparison.Ordinal);

    private static string Compose(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return ""; // half a surrogate pair is no text
        }
    }

    private static void AppendBase(StringBuilder to, char c)
    {
        if (char.IsSurrogate(c))
            return;
        foreach (var part in c.ToString().Normalize(NormalizationForm.FormD))
        {
            if (char.IsAscii(part))
                to.Append(part);
            else if (Written.TryGetValue(char.ToLowerInvariant(part), out var spelling))
                to.Append(spelling);
            else if (CharUnicodeInfo.GetUnicodeCategory(part) == UnicodeCategory.DashPunctuation)
                to.Append('-');
        }
    }
}
