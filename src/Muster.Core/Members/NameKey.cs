using Muster.Core.Search;

namespace Muster.Core.Members;

/// <summary>
/// A name reduced to what two spellings of it share: no marks, no case, no order, <c>ae oe ue aa</c> as <c>a o u a</c>.
/// <c>Jürgen Müller</c>, <c>MUELLER Juergen</c> and <c>Muller, Jurgen</c> have one key. Equal keys mean "look closer", never "the same".
/// </summary>
public static class NameKey
{
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var words = Fold(name).Split((char[])[' ', '-', ',', '.'], StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// Whether two keys can be one person's: equal; or every word of the shorter found in the longer (a middle name more or less);
    /// or one letter off in words of five letters and more. Single words must be equal or one letter off.
    /// </summary>
    public static bool AreSimilar(string first, string second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Length == 0 || second.Length == 0)
            return false;
        if (string.Equals(first, second, StringComparison.Ordinal))
            return true;
        var (few, many) = (first.Split(' '), second.Split(' ').ToList());
        if (few.Length > many.Count)
            (few, many) = ([.. many], [.. few]);
        if (few.Length == 1 && many.Count > 1)
            return string.Equals(few[0], string.Concat(many), StringComparison.Ordinal);
        foreach (var word in few)
        {
            var at = many.FindIndex(w => IsAlike(w, word));
            if (at < 0)
                return false;
            many.RemoveAt(at);
        }
        return true;
    }

    private static bool IsAlike(string a, string b) =>
        string.Equals(a, b, StringComparison.Ordinal) || (Math.Min(a.Length, b.Length) >= 5 && Misspelling.IsOneSlip(a, b));

    private static string Fold(string name)
    {
        var ascii = new string([
            .. Transliteration.StripMarks(name).ToLowerInvariant().Where(c => char.IsAsciiLetter(c) || c is ' ' or '-' or ',' or '.'),
        ]);
        return Transliteration.MergeSpellings(ascii);
    }
}
