using System.Globalization;
using Muster.Core.Members;

namespace Muster.Core.Accounts;

/// <summary>Account names made of a person's name, best first: by the patterns, then numbered.</summary>
public static class AccountNameProposal
{
    /// <summary>Numbered names that follow the patterned ones.</summary>
    private const int Numbered = 9_998;

    /// <returns>Distinct valid names, at least a thousand for any person.</returns>
    public static IEnumerable<AccountName> For(PersonName name, AccountNameRules rules)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(rules);
        return Texts(name, rules).Select(t => AccountName.Parse(t, rules)).Where(r => r.IsSuccess).Select(r => r.Value).Distinct();
    }

    private static IEnumerable<string> Texts(PersonName name, AccountNameRules rules)
    {
        var family = Letters(name.Family);
        var given = Letters(name.Given);
        if (family.Length == 0)
            (family, given) = (given, "");
        foreach (var pattern in rules.Patterns)
            if (Fill(pattern, family, given, rules.MaxLength) is { } text)
                yield return text;

        var stem = family.Length > 0 ? family : "member";
        for (var number = 2; number < Numbered + 2; number++)
        {
            var digits = number.ToString(CultureInfo.InvariantCulture);
            var letters = stem[..Math.Min(stem.Length, rules.MaxLength - digits.Length)];
            yield return letters + digits.PadLeft(Math.Max(digits.Length, rules.MinLength - letters.Length), '0');
        }
    }

    private static string? Fill(string pattern, string family, string given, int longest)
    {
        if (given.Length == 0 && pattern.Contains("{g", StringComparison.Ordinal))
            return null;
        var others = pattern
            .Replace("{gg}", given.Length > 1 ? given[..2] : given, StringComparison.Ordinal)
            .Replace("{g}", given.Length > 0 ? given[..1] : "", StringComparison.Ordinal)
            .Replace("{given}", given, StringComparison.Ordinal);
        var room = longest - others.Replace("{family}", "", StringComparison.Ordinal).Length;
        if (room < 0 && pattern.Contains("{given}", StringComparison.Ordinal))
            return others.Replace("{family}", family, StringComparison.Ordinal)[..longest];
        return others.Replace("{family}", family[..Math.Clamp(room, 0, family.Length)], StringComparison.Ordinal);
    }

    private static string Letters(string? part) =>
        part is null ? "" : new string([.. Transliteration.ToAscii(part).ToLowerInvariant().Where(char.IsAsciiLetterLower)]);
}
