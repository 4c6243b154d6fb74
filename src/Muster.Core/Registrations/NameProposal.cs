using System.Globalization;
using System.Text.RegularExpressions;
using Muster.Core.Members;

namespace Muster.Core.Registrations;

/// <summary>What was done to a certificate's common name to make a proposal of it; shown to the applicant.</summary>
[Flags]
public enum NameNotes
{
    None = 0,
    DigitsRemoved = 1,
    EmailRemoved = 2,
    LogInNameRemoved = 4,
    CapitalsMended = 8,
    OrderFromMembersList = 16,
    OrderFromCountryHabit = 32,
    OrderFromCapitals = 64,
    OrderAssumed = 128,
    RobotPrefixRemoved = 256,

    /// <summary>The certificate holds no name of a person; the fields stay empty.</summary>
    NothingUsable = 512,
}

/// <summary>Given and family name proposed from a certificate. A proposal only: the applicant sees it marked and corrects it (S4).</summary>
public sealed partial record NameProposal(string? Given, string? Family, NameOrder Order, NameNotes Notes)
{
    /// <summary>Where the family name is written first by habit; ISO 3166-1 alpha-2.</summary>
    private static readonly HashSet<string> FamilyFirstCountries = new(StringComparer.OrdinalIgnoreCase)
    {
        "JP",
        "CN",
        "KR",
        "TW",
        "VN",
        "HU",
        "HK",
        "MO",
        "KH",
    };

    private static readonly HashSet<string> Particles = new(StringComparer.OrdinalIgnoreCase)
    {
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "ter",
        "ten",
        "zu",
        "zur",
        "bin",
        "al",
        "el",
        "af",
        "av",
    };

    public string Display =>
        string.Join(
            ' ',
            Order == NameOrder.FamilyFirst ? new[] { Family, Given }.OfType<string>() : new[] { Given, Family }.OfType<string>()
        );

    /// <param name="commonNames">In the order of the subject; several are usual (log-in name, number, name).</param>
    /// <param name="onList">The person on the members list, where known: settles the order.</param>
    /// <param name="country">The country of the subject, for the habit.</param>
    public static NameProposal From(IReadOnlyList<string> commonNames, PersonName? onList, string? country)
    {
        ArgumentNullException.ThrowIfNull(commonNames);
        var best = commonNames.DefaultIfEmpty("").Select(Clean).MaxBy(c => c.Words.Count);
        if (best.Words.Count == 0)
            return new NameProposal(null, null, NameOrder.GivenFirst, best.Notes | NameNotes.NothingUsable);
        var (words, notes, comma) = best;

        var mended = words.Select(Mend).ToList();
        if (!mended.SequenceEqual(words, StringComparer.Ordinal))
            notes |= NameNotes.CapitalsMended;
        if (onList is { Given: { } givenOnList, Family: { } familyOnList } && SplitLike(mended, givenOnList, familyOnList) is { } split)
            return new NameProposal(split.Given, split.Family, onList.Order, notes | NameNotes.OrderFromMembersList);
        if (mended.Count == 1)
            return new NameProposal(mended[0], null, NameOrder.GivenFirst, notes | NameNotes.OrderAssumed);
        if (comma > 0 && comma < mended.Count)
            return Parts(mended[..comma], mended[comma..], NameOrder.GivenFirst, notes | NameNotes.OrderFromCapitals);

        var capitals = words.TakeWhile(IsCapitals).Count();
        var capitalsAtEnd = words.AsEnumerable().Reverse().TakeWhile(IsCapitals).Count();
        if (capitals > 0 && capitals < words.Count)
            return Parts(mended[..capitals], mended[capitals..], Habit(country), notes | NameNotes.OrderFromCapitals);
        if (capitalsAtEnd > 0 && capitalsAtEnd < words.Count)
            return Parts(mended[^capitalsAtEnd..], mended[..^capitalsAtEnd], NameOrder.GivenFirst, notes | NameNotes.OrderFromCapitals);
        if (Habit(country) == NameOrder.FamilyFirst)
            return Parts(mended[..1], mended[1..], NameOrder.FamilyFirst, notes | NameNotes.OrderFromCountryHabit);

        var family = mended.Count - 1;
        while (family > 1 && Particles.Contains(mended[family - 1]))
            family--;
        return Parts(mended[family..], mended[..family], NameOrder.GivenFirst, notes | NameNotes.OrderAssumed);
    }

    private static NameProposal Parts(IEnumerable<string> family, IEnumerable<string> given, NameOrder order, NameNotes notes) =>
        new(string.Join(' ', given), string.Join(' ', family), order, notes);

    private static NameOrder Habit(string? country) =>
        country is not null && FamilyFirstCountries.Contains(country) ? NameOrder.FamilyFirst : NameOrder.GivenFirst;

    /// <summary>Splits the words so that both halves are like the list's; null where no split is.</summary>
    private static (string Given, string Family)? SplitLike(List<string> words, string given, string family)
    {
        for (var at = 1; at < words.Count; at++)
        {
            var (head, tail) = (string.Join(' ', words[..at]), string.Join(' ', words[at..]));
            if (IsLike(head, given) && IsLike(tail, family))
                return (head, tail);
            if (IsLike(head, family) && IsLike(tail, given))
                return (tail, head);
        }
        return null;
    }

    private static bool IsLike(string a, string b) => NameKey.AreSimilar(NameKey.Of(a), NameKey.Of(b));

    /// <summary>The words of a common name that can be a person's, what was taken away, and how many of them stand before a comma.</summary>
    private static (List<string> Words, NameNotes Notes, int Comma) Clean(string commonName)
    {
        var notes = NameNotes.None;
        var text = commonName.Length > 500 ? commonName[..500] : commonName;
        if (RobotPrefix().IsMatch(text))
        {
            text = RobotPrefix().Replace(text, "");
            notes |= NameNotes.RobotPrefixRemoved;
        }
        if (text.Contains('/', StringComparison.Ordinal))
            text = text[(text.LastIndexOf('/') + 1)..];
        var all = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var isDotted = all is [var only] && Dotted().IsMatch(only);
        if (isDotted)
            all = all[0].Split('.');

        var words = new List<string>();
        var comma = 0;
        foreach (var word in all)
        {
            if (word.Contains('@', StringComparison.Ordinal))
                notes |= NameNotes.EmailRemoved;
            else if (word.All(c => char.IsDigit(c) || c is '(' or ')' or '#' or '-'))
                notes |= NameNotes.DigitsRemoved;
            else if (word.Any(char.IsDigit) || (!isDotted && IsLogInName(word, all)))
                notes |= NameNotes.LogInNameRemoved;
            else if (word.Trim(',', '(', ')') is { Length: > 0 } kept && kept.Any(char.IsLetter))
            {
                words.Add(kept);
                if (word.EndsWith(',') && comma == 0)
                    comma = words.Count;
            }
        }
        return (words, notes, comma);
    }

    /// <summary>One lower-case word that is no particle, alone or beside words with capitals: <c>jdoe</c>.</summary>
    private static bool IsLogInName(string word, string[] all) =>
        word.All(c => char.IsAsciiLetterLower(c) || c is '_' or '.')
        && !Particles.Contains(word)
        && (all.Length == 1 || (all.Length > 2 && (word == all[0] || word == all[^1]) && all.Any(w => char.IsUpper(w[0]))));

    private static bool IsCapitals(string word) => word.Count(char.IsLetter) > 1 && word.All(c => !char.IsLetter(c) || char.IsUpper(c));

    private static string Mend(string word)
    {
        if (Particles.Contains(word) && IsCapitals(word))
            return word.ToLowerInvariant();
        if (!IsCapitals(word) && !word.All(char.IsLower))
            return word;
        if (Particles.Contains(word))
            return word;
        var lower = word.ToLower(CultureInfo.InvariantCulture);
        return WordStart().Replace(lower, m => m.Value.ToUpperInvariant());
    }

    [GeneratedRegex(@"^\s*robot\s*[:\-–]\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RobotPrefix();

    [GeneratedRegex(@"^[\p{L}'-]{2,}(\.[\p{L}'-]{2,})+$", RegexOptions.CultureInvariant)]
    private static partial Regex Dotted();

    [GeneratedRegex(@"(?<=^|[-'’])\p{L}", RegexOptions.CultureInvariant)]
    private static partial Regex WordStart();
}
