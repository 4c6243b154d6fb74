using System.Globalization;
using System.Text;

namespace Muster.Core.X509;

/// <summary>
/// Names with commas, as people copy them: RFC 4514 (<c>CN=Jane Doe,DC=demo,DC=org</c>, last attribute first), and what
/// <c>openssl x509 -subject</c> prints (<c>DC = org, DC = demo, CN = Jane Doe</c>, first attribute first).
/// </summary>
internal static class CommaForm
{
    private static readonly string[] OfTheEnd = ["2.5.4.3", "0.9.2342.19200300.100.1.1", "1.2.840.113549.1.9.1"];

    /// <summary>Null where the text is no such name. The order is told by its first type: CN, UID and e-mail stand at the end of real names.</summary>
    public static List<IReadOnlyList<NameAttribute>>? Read(string text)
    {
        var rdns = new List<IReadOnlyList<NameAttribute>>();
        var rdn = new List<NameAttribute>();
        var at = 0;
        while (true)
        {
            var equals = text.IndexOf('=', at);
            if (equals < 0 || NameAttributeType.Find(text[at..equals].Trim()) is not { } oid)
            {
                return null;
            }

            at = equals + 1;
            if (ReadValue(text, ref at) is not { Length: > 0 } value)
            {
                return null;
            }

            rdn.Add(NameAttribute.FromOctets(oid, value));
            var isEnd = at >= text.Length;
            if (isEnd || text[at] != '+')
            {
                rdns.Add(rdn);
                rdn = [];
            }

            if (isEnd)
            {
                break;
            }

            at++;
        }

        if (rdns[0].Any(a => OfTheEnd.Contains(a.Oid, StringComparer.Ordinal)))
        {
            rdns.Reverse();
        }

        return rdns;
    }

    /// <summary>Up to the next bare separator; RFC 4514 §3 escapes, quotes of RFC 2253 §4, outer spaces dropped. Null where it is malformed.</summary>
    private static byte[]? ReadValue(string text, ref int at)
    {
        var octets = new List<byte>();
        var keep = 0; // octets that a trailing space does not belong to
        var isQuoted = false;
        Span<byte> utf8 = stackalloc byte[4];
        while (at < text.Length && (isQuoted || text[at] is not (',' or '+' or ';')))
        {
            var c = text[at];
            if (c == '"')
            {
                isQuoted = !isQuoted;
                at++;
                keep = octets.Count;
            }
            else if (c == '\\')
            {
                if (!ReadEscape(text, ref at, octets))
                {
                    return null;
                }

                keep = octets.Count;
            }
            else
            {
                Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
                at += length;
                if (octets.Count == 0 && !isQuoted && rune.Value == ' ')
                {
                    continue;
                }

                octets.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
                keep = rune.Value == ' ' && !isQuoted ? keep : octets.Count;
            }
        }

        return isQuoted ? null : [.. octets.Take(keep)];
    }

    private static bool ReadEscape(string text, ref int at, List<byte> octets)
    {
        if (
            at + 2 < text.Length
            && byte.TryParse(text.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet)
        )
        {
            octets.Add(octet);
            at += 3;
            return true;
        }

        if (at + 1 >= text.Length || !char.IsAscii(text[at + 1]))
        {
            return false;
        }

        octets.Add((byte)text[at + 1]);
        at += 2;
        return true;
    }
}
