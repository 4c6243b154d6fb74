using System.Globalization;
using System.Resources;

namespace Muster.Server.Web;

/// <summary>From a refusal's code to the sentence a person reads, and to the way out. A code without a sentence is a fault of ours.</summary>
internal static partial class RefusalTexts
{
    private static readonly ResourceManager Texts = new("Muster.Server.Web.RefusalTexts", typeof(RefusalTexts).Assembly);

    public static string Sentence(Core.Refusal refusal) =>
        Format(refusal.Code, refusal.Arguments)
        ?? throw new KeyNotFoundException($"RefusalTexts.resx has no sentence for '{refusal.Code}'.");

    public static string? Hint(Core.Refusal refusal) => Format(refusal.Code + ".hint", refusal.Arguments);

    public static bool Knows(string code) => Texts.GetString(code, CultureInfo.InvariantCulture) is not null;

    /// <summary>All codes, in order; without the hints.</summary>
    public static IReadOnlyList<string> Codes() =>
        [
            .. (Texts.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: true)!) // embedded
                .Cast<System.Collections.DictionaryEntry>()
                .Select(e => (string)e.Key)
                .Where(k => !k.EndsWith(".hint", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The sentence without values, for the help page; null where there is none.</summary>
    public static string? Bare(string key) =>
        Texts.GetString(key, CultureInfo.CurrentUICulture) is { } text ? Placeholder().Replace(text, "…") : null;

    [System.Text.RegularExpressions.GeneratedRegex(@"\{[0-9]\}")]
    private static partial System.Text.RegularExpressions.Regex Placeholder();

    private static string? Format(string key, IReadOnlyList<string> arguments) =>
        Texts.GetString(key, CultureInfo.CurrentUICulture) is { } text
            ? string.Format(CultureInfo.CurrentCulture, text, [.. arguments.Select(ForPeople)])
            : null;

    /// <summary>Moments come as ISO 8601; people read a date.</summary>
    private static string ForPeople(string argument)
    {
        const DateTimeStyles Utc = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal;
        var language = CultureInfo.CurrentUICulture;
        return DateTime.TryParseExact(argument, "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture, Utc, out var moment)
            ? moment.ToString("d MMMM yyyy, HH:mm 'UTC'", language)
            : argument;
    }
}
