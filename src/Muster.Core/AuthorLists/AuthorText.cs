using System.Text;
using Muster.Core.Members;

namespace Muster.Core.AuthorLists;

/// <summary>What all text of a list goes through: any script, one line, nothing that hides or turns round, NFC with single blanks.</summary>
internal static class AuthorText
{
    /// <summary>
    /// The printed names and their parts are for roman letters only (author.xml, explanation of data value fields); the native form has a
    /// field of its own.
    /// </summary>
    public static bool IsLatin(string text) => text.Normalize(NormalizationForm.FormC).EnumerateRunes().All(PersonName.IsLatin);

    public static bool HasLetter(string? text) => text is not null && text.EnumerateRunes().Any(Rune.IsLetter);

    public static string Tidy(string text) =>
        string.Join(' ', text.Normalize(NormalizationForm.FormC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static string? TidyOrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : Tidy(text);
}
