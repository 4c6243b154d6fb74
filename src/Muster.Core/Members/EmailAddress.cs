using System.Globalization;
using System.Text;

namespace Muster.Core.Members;

/// <summary>One e-mail address: as typed, and a key to compare by. At most 254 characters (RFC 5321 §4.5.3.1.3).</summary>
public sealed record EmailAddress
{
    public const int MaxLength = 254;
    private const int MaxLocalLength = 64;
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private EmailAddress(string value, string key)
    {
        Value = value;
        Key = key;
    }

    /// <summary>As typed, without outer blanks, NFC.</summary>
    public string Value { get; }

    /// <summary>
    /// For comparison: lower case, domain in ASCII. Lenient: RFC 5321 §2.4 lets the local part tell upper from lower case, but no
    /// mailbox of this century does, and two spellings must not make two people.
    /// </summary>
    public string Key { get; }

    /// <summary>In ASCII and lower case.</summary>
    public string Domain => Key[(Key.LastIndexOf('@') + 1)..];

    /// <summary>For mail servers: the local part as typed, the domain in ASCII.</summary>
    public string Route => $"{Value[..Value.LastIndexOf('@')]}@{Domain}";

    /// <summary>Enough for the owner to recognise, too little for a stranger: <c>j•••@k•••.jp</c>.</summary>
    public string Masked
    {
        get
        {
            var at = Value.LastIndexOf('@');
            var domain = Value[(at + 1)..];
            var dot = domain.LastIndexOf('.');
            return $"{First(Value)}•••@{First(domain)}•••{(dot > 0 ? domain[dot..] : "")}";
        }
    }

    /// <returns><c>email.missing</c>, <c>email.too-long</c> or <c>email.malformed</c> where it is none.</returns>
    public static Result<EmailAddress> Parse(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length == 0)
            return new Refusal("email.missing");
        if (trimmed.Length > MaxLength)
            return new Refusal("email.too-long") { Arguments = [$"{MaxLength}"] };
        if (!WellFormedText.Is(trimmed))
            return new Refusal("email.malformed");
        var value = trimmed.Normalize(NormalizationForm.FormC);
        var at = value.LastIndexOf('@');
        if (at < 1 || at > MaxLocalLength || !IsLocalPart(value[..at]) || AsciiDomain(value[(at + 1)..]) is not { } domain)
            return new Refusal("email.malformed");
        return new EmailAddress(value, $"{value[..at].ToLowerInvariant()}@{domain}");
    }

    public override string ToString() => Value;

    /// <summary>RFC 5321 §4.1.2 dot-string, letters of any script (RFC 6531 §3.3); quoted strings are not taken.</summary>
    private static bool IsLocalPart(string local) =>
        local[0] != '.'
        && local[^1] != '.'
        && !local.Contains("..", StringComparison.Ordinal)
        && local
            .EnumerateRunes()
            .All(r =>
                Rune.IsLetterOrDigit(r)
                || r.Value > 127 && IsMark(r)
                || "!#$%&'*+-/=?^_`{|}~.".Contains((char)r.Value, StringComparison.Ordinal)
            );

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>A domain in ASCII and lower case; null where it is none.</summary>
    public static string? AsciiDomain(string domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        if (domain.Length == 0)
            return null;
        try
        {
            var ascii = Idn.GetAscii(domain).ToLowerInvariant();
            var labels = ascii.Split('.');
            var isName = labels.All(l =>
                l.Length is > 0 and <= 63 && l[0] != '-' && l[^1] != '-' && l.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            );
            return isName && (labels.Length > 1 || ascii == "localhost") ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string First(string text) => text.EnumerateRunes().First().ToString();
}
