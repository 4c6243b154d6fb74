using System.Globalization;
using Muster.Core.Members;

namespace Muster.Core.Addresses;

/// <summary>
/// Local parts made of a person's Latin name, best first: <c>given.family</c>; with the initial of a middle name, where there is one,
/// <c>given.m.family</c>; then numbered. A dot stands between names, a hyphen inside one. The same name always makes the same ones.
/// </summary>
public static class LocalPartProposal
{
    /// <summary>Numbered ones that follow.</summary>
    private const int Numbered = 9_998;

    /// <summary>For a name of which no letter can be written in ASCII.</summary>
    private const string Nameless = "colleague";

    private static readonly char[] betweenWords = [' ', '.', ','];

    /// <returns>Distinct, well-formed, not reserved; at least a thousand for any person.</returns>
    public static IEnumerable<LocalPart> For(PersonName name, LocalPartRules rules)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(rules);
        return Texts(name)
            .Distinct(StringComparer.Ordinal)
            .Select(t => LocalPart.Parse(t, rules))
            .Where(r => r.IsSuccess)
            .Select(r => r.Value);
    }

    /// <summary>Whether the first choice for both names is the same: the native form, the order, and what has no letter in it make no difference.</summary>
    public static bool AreSame(PersonName one, PersonName other, LocalPartRules rules) =>
        For(one, rules).First() == For(other, rules).First();

    private static IEnumerable<string> Texts(PersonName name)
    {
        var (given, family) = (Words(name.Given), Words(name.Family));
        if (family.Count == 0)
            (family, given) = (given, []); // a single name is the whole name
        if (family.Count == 0)
            family = [Nameless];

        // An initial alone calls nobody: J. Robert is j-robert, and his middle name is what follows.
        var called = Math.Max(1, given.FindIndex(w => w.Length > 1) + 1);
        var first = string.Join('-', given.Take(called));
        var last = string.Join('-', family);
        yield return Join(first, last, LocalPart.MaxLength);
        if (given.Count > called)
            yield return Join($"{first}.{given[called][0]}", last, LocalPart.MaxLength);
        for (var number = 2; number < Numbered + 2; number++)
        {
            var digits = number.ToString(CultureInfo.InvariantCulture);
            yield return Join(first, last, LocalPart.MaxLength - digits.Length) + digits;
        }
    }

    /// <summary>Both names at most <paramref name="room"/> octets together; the longer of the two gives way first.</summary>
    private static string Join(string given, string family, int room)
    {
        if (given.Length == 0)
            return Cut(family, room);
        var last = Cut(family, Math.Max(room - 1 - given.Length, room / 2));
        return $"{Cut(given, room - 1 - last.Length)}.{last}";
    }

    private static string Cut(string text, int room) => text.Length <= room ? text : text[..room].TrimEnd('.', '-');

    /// <summary>Jean-Pierre is one word.</summary>
    private static List<string> Words(string? part) =>
        part is null ? [] : [.. Transliteration.ToAscii(part).ToLowerInvariant().Split(betweenWords).Select(Tidy).Where(w => w.Length > 0)];

    private static string Tidy(string word) =>
        string.Join('-', word.Split('-').Select(w => new string([.. w.Where(char.IsAsciiLetterLower)])).Where(w => w.Length > 0));
}
