using System.Globalization;
using System.Text;

namespace Muster.Server.Operator.Demo;

/// <summary>How old directories and certification authorities spell a Latin name: ASCII only.</summary>
internal static class DemoSpelling
{
    static readonly Dictionary<char, string> letters = new()
    {
        ['ä'] = "ae",
        ['ö'] = "oe",
        ['ü'] = "ue",
        ['Ä'] = "Ae",
        ['Ö'] = "Oe",
        ['Ü'] = "Ue",
        ['ß'] = "ss",
        ['ł'] = "l",
        ['Ł'] = "L",
        ['ø'] = "o",
        ['đ'] = "d",
        ['Đ'] = "D",
        ['ð'] = "d",
        ['þ'] = "th",
        ['Þ'] = "Th",
    };

    public static string Ascii(string text)
    {
        var result = new StringBuilder(text.Length + 4);
        foreach (var c in text)
        {
            if (letters.TryGetValue(c, out var replacement))
            {
                result.Append(replacement);
                continue;
            }

            foreach (var part in c.ToString().Normalize(NormalizationForm.FormD))
            {
                if (CharUnicodeInfo.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark)
                {
                    result.Append(part);
                }
            }
        }

        return result.ToString();
    }

    /// <summary>Lower-case letters and inner hyphens, as in the local part of an address.</summary>
    public static string Mailbox(string text) =>
        string.Concat(Ascii(text).ToLowerInvariant().Replace(' ', '-').Where(c => c is '-' or (>= 'a' and <= 'z'))).Trim('-');
}
