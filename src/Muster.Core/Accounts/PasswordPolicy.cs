using System.Text;
using Muster.Core.Members;

namespace Muster.Core.Accounts;

/// <summary>Checks a password in one pass that returns all reasons, for the form and for the server alike (S14).</summary>
public static class PasswordPolicy
{
    private const string Field = "password";

    /// <summary>Parts of names and addresses shorter than this are not looked for: they are in half of all words.</summary>
    private const int ShortestPart = 3;

    /// <summary>In scripts that write a name with one or two signs, two are a whole one.</summary>
    private const int ShortestNativePart = 2;

    /// <returns>
    /// Every reason, empty when the password is good: <c>password.missing</c>, <c>.too-short</c> (bound), <c>.too-long</c> (bound),
    /// <c>.too-few-classes</c> (number asked for), <c>.forbidden-character</c> (the characters), <c>.too-simple</c>, <c>.common</c>,
    /// <c>.dictionary-word</c>, <c>.contains-account-name</c>, <c>.contains-name</c>, <c>.contains-email</c>, <c>.contains-house-word</c>.
    /// </returns>
    public static IReadOnlyList<Refusal> Check(
        PlainTextPassword password,
        PasswordSubject subject,
        PasswordProfile profile,
        bool hasSecondFactor
    )
    {
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(profile);
        var text = password.Reveal();
        if (text.Length == 0)
            return [new Refusal("password.missing", Field)];
        return [.. Reasons(text, password.Length, subject, profile, hasSecondFactor)];
    }

    private static IEnumerable<Refusal> Reasons(
        string text,
        int length,
        PasswordSubject subject,
        PasswordProfile profile,
        bool hasSecondFactor
    )
    {
        var shortest = hasSecondFactor ? profile.MinLengthWithSecondFactor : profile.MinLength;
        if (length < shortest)
            yield return Of("too-short", $"{shortest}");
        if (length > profile.MaxLength)
            yield return Of("too-long", $"{profile.MaxLength}");
        if (Forbidden(text, profile) is { Length: > 0 } forbidden)
            yield return Of("forbidden-character", forbidden);
        if (Classes(text) < profile.MinClasses)
            yield return Of("too-few-classes", $"{profile.MinClasses}");

        var folded = Fold(text);
        var lower = text.ToLowerInvariant();
        if (IsSimple(lower))
            yield return Of("too-simple");
        if (CommonPasswords.Contains(lower) || CommonPasswords.Contains(folded))
            yield return Of("common");
        else if (
            profile.RefusesDictionaryWords
            && LetterRuns(lower).Concat(LetterRuns(folded)).Any(run => run.Length >= 4 && CommonPasswords.Contains(run))
        )
            yield return Of("dictionary-word");

        if (subject.AccountName is { Length: >= ShortestPart } account && Holds(lower, folded, account))
            yield return Of("contains-account-name");
        if (NameParts(subject).Any(part => Holds(lower, folded, part)))
            yield return Of("contains-name");
        if (EmailParts(subject).Any(part => Holds(lower, folded, part)))
            yield return Of("contains-email");
        if (profile.HouseWords.Any(word => Holds(lower, folded, word)))
            yield return Of("contains-house-word");
    }

    private static Refusal Of(string reason, params string[] arguments) => new($"password.{reason}", Field) { Arguments = arguments };

    /// <summary>Case, marks, and the digits and signs that people write for letters do not hide a word.</summary>
    private static bool Holds(string lower, string folded, string word)
    {
        var plain = Fold(word);
        return word.Length > 0
            && (
                lower.Contains(word.ToLowerInvariant(), StringComparison.Ordinal)
                || (plain.Length >= ShortestPart && folded.Contains(plain, StringComparison.Ordinal))
            );
    }

    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in Transliteration.ToAscii(text).ToLowerInvariant())
            folded.Append(
                c switch
                {
                    '0' => 'o',
                    '1' or '!' or '|' => 'i',
                    '3' => 'e',
                    '4' or '@' => 'a',
                    '5' or '$' => 's',
                    '7' => 't',
                    _ => c,
                }
            );
        return folded.ToString();
    }

    private static string Forbidden(string text, PasswordProfile profile)
    {
        var found = new List<string>();
        foreach (var rune in text.EnumerateRunes())
        {
            var isControl = Rune.IsControl(rune) || rune.Value == 0xFFFD;
            var isAllowed =
                profile.Specials is not { } specials
                || (
                    rune.IsAscii
                    && (char.IsAsciiLetterOrDigit((char)rune.Value) || specials.Contains((char)rune.Value, StringComparison.Ordinal))
                );
            if (isControl || !isAllowed)
                found.Add(
                    isControl ? $"U+{rune.Value:X4}"
                    : rune.ToString() == " " ? "␣"
                    : rune.ToString()
                );
        }
        return string.Join(' ', found.Distinct(StringComparer.Ordinal).Take(10));
    }

    private static int Classes(string text) =>
        (text.Any(char.IsUpper) ? 1 : 0)
        + (text.Any(char.IsLower) ? 1 : 0)
        + (text.Any(char.IsDigit) ? 1 : 0)
        + (text.Any(c => !char.IsLetterOrDigit(c)) ? 1 : 0);

    /// <summary>One short piece again and again (<c>abcabcabc…</c>), or a run up or down the alphabet or the digits.</summary>
    private static bool IsSimple(string lower)
    {
        for (var period = 1; period <= Math.Min(4, lower.Length / 2); period++)
            if (lower.Length > period && Enumerable.Range(period, lower.Length - period).All(i => lower[i] == lower[i - period]))
                return true;
        return lower.Length > 3 && (IsRun(lower, 1) || IsRun(lower, -1));
    }

    private static bool IsRun(string lower, int step) =>
        Enumerable
            .Range(1, lower.Length - 1)
            .All(i => lower[i] - lower[i - 1] == step || (lower[i - 1] is '9' or 'z' && lower[i] is '0' or 'a'));

    private static IEnumerable<string> LetterRuns(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var isLetter = i < text.Length && char.IsLetter(text[i]);
            if (isLetter && start < 0)
                start = i;
            if (!isLetter && start >= 0)
            {
                yield return text[start..i];
                start = -1;
            }
        }
    }

    private static IEnumerable<string> NameParts(PasswordSubject subject) =>
        new[] { subject.Given, subject.Family }
            .OfType<string>()
            .SelectMany(n => n.Split((char[])[' ', '-', '.', ','], StringSplitOptions.RemoveEmptyEntries))
            .Where(p => p.Length >= ShortestPart)
            .Concat(
                (subject.Native ?? "")
                    .Split((char[])[' ', '\u3000', '\u30FB', '\u00B7', '-', ',', '\uFF0C'], StringSplitOptions.RemoveEmptyEntries)
                    .Where(p => p.EnumerateRunes().Count() >= ShortestNativePart)
            );

    private static IEnumerable<string> EmailParts(PasswordSubject subject) =>
        subject
            .Emails.Select(e => e.Split('@')[0])
            .SelectMany(local => local.Split((char[])['.', '_', '-', '+']).Append(local))
            .Where(p => p.Length >= ShortestPart)
            .Distinct(StringComparer.Ordinal);
}
