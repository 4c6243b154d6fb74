using System.Globalization;
using System.Text;

namespace Muster.Core.Members;

/// <summary>Which part people write first; declared by the person, never guessed silently.</summary>
public enum NameOrder
{
    GivenFirst,
    FamilyFirst,
}

/// <summary>
/// A person's name: Latin form in one or two parts with their order, and the native form as one piece that nobody splits.
/// Single names are names.
/// </summary>
public sealed record PersonName
{
    /// <summary>Longest Latin part, in text elements.</summary>
    public const int MaxPartLength = 80;

    /// <summary>Longest native form, in text elements.</summary>
    public const int MaxNativeLength = 160;

    private PersonName(string? given, string? family, NameOrder order, string? native)
    {
        Given = given;
        Family = family;
        Order = order;
        Native = native;
    }

    public string? Given { get; }
    public string? Family { get; }
    public NameOrder Order { get; }
    public string? Native { get; }

    /// <summary>Latin form in the declared order.</summary>
    public string Display => Order == NameOrder.FamilyFirst ? Join(Family, Given) : Join(Given, Family);

    /// <summary><c>Family, Given</c>, or the only part.</summary>
    public string Sort => Given is null || Family is null ? Join(Family, Given) : $"{Family}, {Given}";

    /// <summary>See <see cref="NameKey"/>.</summary>
    public string Key => NameKey.Of(Display);

    /// <returns>The first of what <see cref="Check"/> finds.</returns>
    public static Result<PersonName> Create(string? given, string? family, NameOrder order, string? native)
    {
        if (Check(given, family, order, native) is [var first, ..])
            return first;
        return new PersonName(Tidy(given), Tidy(family), order, Tidy(native));
    }

    /// <summary>
    /// Everything that is wrong, all at once, each with its field (<c>given</c>, <c>family</c>, <c>native</c>): <c>name.missing</c>,
    /// <c>name.too-long</c> (bound), <c>name.not-latin</c>, <c>name.has-digits</c>, <c>name.has-email</c>, <c>name.has-control-characters</c>.
    /// </summary>
    public static IReadOnlyList<Refusal> Check(string? given, string? family, NameOrder order, string? native)
    {
        var found = new List<Refusal>();
        if (string.IsNullOrWhiteSpace(given) && string.IsNullOrWhiteSpace(family))
            found.Add(new Refusal("name.missing", "given"));
        CheckPart(given, "given", MaxPartLength, latin: true, found);
        CheckPart(family, "family", MaxPartLength, latin: true, found);
        CheckPart(native, "native", MaxNativeLength, latin: false, found);
        return found;
    }

    public override string ToString() => Display;

    private static void CheckPart(string? text, string field, int longest, bool latin, List<Refusal> found)
    {
        if (string.IsNullOrWhiteSpace(text))
            return;
        if (text.Length > longest * 8 || new StringInfo(text).LengthInTextElements > longest)
            found.Add(new Refusal("name.too-long", field) { Arguments = [$"{longest}"] });
        else if (!WellFormedText.Is(text))
            found.Add(new Refusal("name.has-control-characters", field));
        else if (text.Contains('@', StringComparison.Ordinal))
            found.Add(new Refusal("name.has-email", field));
        else if (text.EnumerateRunes().Any(Rune.IsDigit))
            found.Add(new Refusal("name.has-digits", field));
        else if (
            !text.EnumerateRunes().Any(Rune.IsLetter) || (latin && !text.Normalize(NormalizationForm.FormC).EnumerateRunes().All(IsLatin))
        )
            found.Add(new Refusal(latin ? "name.not-latin" : "name.no-letters", field));
    }

    /// <summary>Latin letters with their marks, and what stands between them in names.</summary>
    internal static bool IsLatin(Rune rune)
    {
        if (Rune.IsLetter(rune))
            return rune.Value is < 0x0250 or (>= 0x1E00 and <= 0x1EFF) or 0x02BB or 0x02BC or 0x02BE or 0x02BF;
        if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark)
            return rune.Value is >= 0x0300 and <= 0x036F;
        return rune.Value is ' ' or '\'' or '-' or '.' or ',' or 0x2019 or 0x2018 or 0x2010 or 0x2011 or 0x00B7;
    }

    private static string? Tidy(string? text) =>
        string.IsNullOrWhiteSpace(text)
            ? null
            : string.Join(' ', text.Normalize(NormalizationForm.FormC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Join(string? first, string? second) => string.Join(' ', new[] { first, second }.Where(p => p is not null));
}
