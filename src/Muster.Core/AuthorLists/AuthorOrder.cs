using System.Globalization;
using System.Text.RegularExpressions;

namespace Muster.Core.AuthorLists;

/// <summary>
/// Alphabetical order of authors as a language has it: family name, then given names, then id. Letters decide before accents and case do,
/// over both names, so that <c>Müller, A.</c> stands before <c>Muller, B.</c> in German and <c>de Boer</c> beside <c>De Boer</c>.
/// </summary>
public sealed partial class AuthorOrder : IComparer<Author>
{
    private const CompareOptions Letters = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace;
    private readonly CompareInfo collation;

    private AuthorOrder(string language, CompareInfo collation)
    {
        Language = language;
        this.collation = collation;
    }

    /// <summary>The BCP 47 tag it was made from.</summary>
    public string Language { get; }

    /// <summary>
    /// For a BCP 47 tag: <c>en</c>, <c>sv</c>, <c>cs</c>, <c>de-AT</c>; with the collation of telephone books <c>de-u-co-phonebk</c>, or the
    /// traditional one <c>es-u-co-trad</c> (RFC 6067 §2.1). Needs the tables of ICU.
    /// </summary>
    /// <returns><c>author-list.unknown-language</c> where no such order is known; a fallback would sort wrongly in silence.</returns>
    public static Result<AuthorOrder> For(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        if (Tag().Match(language) is not { Success: true } tag || Known(tag.Groups["language"].Value) is not { } culture)
            return Refusal.With("author-list.unknown-language", language);
        if (!tag.Groups["kind"].Success)
            return new AuthorOrder(language, culture.CompareInfo);
        return (culture.TwoLetterISOLanguageName, tag.Groups["kind"].Value) is ("de", "phonebk") or ("es", "trad")
            ? new AuthorOrder(language, CultureInfo.GetCultureInfo(language).CompareInfo)
            : Refusal.With("author-list.unknown-language", language);
    }

    public int Compare(Author? x, Author? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return Compare(x, y, Letters) is not 0 and var letters ? letters
            : Compare(x, y, CompareOptions.None) is not 0 and var marks ? marks
            : string.CompareOrdinal(x.Id, y.Id);
    }

    private int Compare(Author x, Author y, CompareOptions depth) =>
        collation.Compare(x.Family, y.Family, depth) is not 0 and var family
            ? family
            : collation.Compare(x.Given ?? "", y.Given ?? "", depth);

    private static CultureInfo? Known(string language)
    {
        try
        {
            return CultureInfo.GetCultureInfo(language, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    [GeneratedRegex("^(?<language>[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?)(-u-co-(?<kind>[a-z]{3,8}))?$")]
    private static partial Regex Tag();
}
