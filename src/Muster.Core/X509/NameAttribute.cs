using System.Formats.Asn1;
using System.Globalization;
using System.Text;

namespace Muster.Core.X509;

/// <summary>
/// One attribute of a name: type, text, and the octets of the string as they stand in the certificate.
/// A value that is no string, or no valid text, is held as <c>#</c> and hexadecimal digits with <see cref="IsText"/> false.
/// </summary>
internal sealed record NameAttribute(string Oid, string Text, byte[] Raw, bool IsText)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);
    private static readonly UnicodeEncoding StrictBmp = new(true, false, true);
    private static readonly UTF32Encoding StrictUniversal = new(true, false, true);

    public static NameAttribute FromDer(string oid, ReadOnlyMemory<byte> encoded)
    {
        var tag = AsnDecoder.ReadEncodedValue(encoded.Span, AsnEncodingRules.BER, out var offset, out var length, out _);
        var raw = encoded.Span.Slice(offset, length).ToArray();
        Encoding? encoding = tag switch
        {
            { TagClass: TagClass.Universal, TagValue: (int)UniversalTagNumber.UTF8String, IsConstructed: false } => StrictUtf8,
            // Lenient: Latin-1 in PrintableString, IA5String and T61String, because real CAs have written it there.
            { TagClass: TagClass.Universal, TagValue: 18 or 19 or 20 or 22 or 26, IsConstructed: false } => Encoding.Latin1,
            { TagClass: TagClass.Universal, TagValue: (int)UniversalTagNumber.BMPString, IsConstructed: false } => StrictBmp,
            { TagClass: TagClass.Universal, TagValue: (int)UniversalTagNumber.UniversalString, IsConstructed: false } => StrictUniversal,
            _ => null,
        };
        return TryDecode(encoding, raw) is { } text
            ? new NameAttribute(oid, text, raw, true)
            : new NameAttribute(oid, "#" + Convert.ToHexStringLower(encoded.Span), raw, false);
    }

    /// <summary>From the octets of a slash form: UTF-8, else UTF-16 where a zero octet gives a BMPString away, else Latin-1.</summary>
    public static NameAttribute FromOctets(string oid, byte[] raw)
    {
        var text = raw.Length % 2 == 0 && raw.Contains((byte)0) ? TryDecode(StrictBmp, raw) : TryDecode(StrictUtf8, raw);
        return new NameAttribute(oid, text ?? Encoding.Latin1.GetString(raw), raw, true);
    }

    /// <summary>
    /// RFC 5280 §7.1 with the string preparation of RFC 4518 §2: compatibility form, lower case, outer spaces cut, inner runs to one.
    /// Choice: control characters are kept, where RFC 4518 §2.2 drops them; two names that differ in them stay two names.
    /// </summary>
    public string Canonical()
    {
        if (!IsText)
        {
            return Text;
        }

        var mapped = new StringBuilder(Text.Length);
        foreach (var rune in Normalised(Normalised(Text).ToLowerInvariant()).EnumerateRunes())
        {
            var isSpace =
                Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpaceSeparator
                || rune.Value is (>= 9 and <= 13) or 0x85 or 0x2028 or 0x2029;
            if (isSpace)
            {
                _ = mapped.Length > 0 && mapped[^1] != ' ' ? mapped.Append(' ') : mapped;
            }
            else if (rune.Value is not (0xAD or 0x200B or 0x200C or 0x200D or 0x2060 or 0xFEFF))
            {
                mapped.Append(rune);
            }
        }

        return Escaped(mapped.ToString().TrimEnd(' '));
    }

    private static string Escaped(string text)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace(",", "\\,", StringComparison.Ordinal)
            .Replace("+", "\\+", StringComparison.Ordinal);
        return escaped.StartsWith('#') ? "\\" + escaped : escaped;
    }

    private static string Normalised(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    private static string? TryDecode(Encoding? encoding, byte[] raw)
    {
        try
        {
            return encoding?.GetString(raw);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
