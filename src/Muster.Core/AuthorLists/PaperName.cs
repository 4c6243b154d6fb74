using System.Globalization;
using Muster.Core.Members;

namespace Muster.Core.AuthorLists;

/// <summary>The name on the title page: given names by their initials, the family name whole.</summary>
public static class PaperName
{
    /// <summary><c>J.-P. Müller</c>, <c>Yamada T.</c> for families first, a single name whole.</summary>
    public static string Of(string? given, string family, NameOrder order)
    {
        ArgumentNullException.ThrowIfNull(family);
        var initials = Initials(given ?? "");
        if (initials.Length == 0)
            return family;
        return order == NameOrder.FamilyFirst ? $"{family} {initials}" : $"{initials} {family}";
    }

    /// <summary>What stands beside the family name in a printed name; null where the printed name is not made of it.</summary>
    internal static string? GivenPart(string paperName, string family) =>
        paperName.EndsWith(" " + family, StringComparison.Ordinal) ? paperName[..^(family.Length + 1)]
        : paperName.StartsWith(family + " ", StringComparison.Ordinal) ? paperName[(family.Length + 1)..]
        : null;

    private static string Initials(string given) =>
        string.Join(
            ' ',
            given
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(name => string.Join('-', name.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(Initial)))
        );

    /// <summary>The first letter with its marks; a bracket or an apostrophe before it is no initial.</summary>
    private static string Initial(string name)
    {
        var letters = name.AsSpan().TrimStart("'’‘ʻʼ(\"");
        return letters.IsEmpty ? name : StringInfo.GetNextTextElement(letters.ToString()) + ".";
    }
}
