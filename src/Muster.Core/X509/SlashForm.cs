using System.Globalization;
using System.Text;

namespace Muster.Core.X509;

/// <summary>
/// The one-line form of names that OpenSSL, VOMS, grid-map files and signing policies use: <c>/DC=org/CN=Jane Doe</c>.
/// It is ambiguous: a slash begins a new attribute only where a known type and <c>=</c> follow.
/// </summary>
internal static class SlashForm
{
    public static string Print(IReadOnlyList<IReadOnlyList<NameAttribute>> rdns)
    {
        var text = new StringBuilder();
        foreach (var rdn in rdns)
        {
            for (var i = 0; i < rdn.Count; i++)
            {
                text.Append(i == 0 ? '/' : '+').Append(NameAttributeType.Print(rdn[i].Oid)).Append('=');
                foreach (var octet in rdn[i].Raw)
                {
                    _ = octet is >= 0x20 and <= 0x7E
                        ? text.Append((char)octet)
                        : text.Append(CultureInfo.InvariantCulture, $"\\x{octet:X2}");
                }
            }
        }

        return text.ToString();
    }

    /// <summary>Null where the text does not begin with a slash, a known type and <c>=</c>.</summary>
    public static List<IReadOnlyList<NameAttribute>>? Read(string text)
    {
        var rdns = new List<List<NameAttribute>>();
        string? oid = null;
        var octets = new List<byte>();
        var at = 0;
        while (at < text.Length)
        {
            if (text[at] is '/' or '+' && TypeAt(text, at + 1, out var next) is { } found && (text[at] == '/' || oid is not null))
            {
                Close();
                if (text[at] == '/')
                {
                    rdns.Add([]);
                }

                (oid, at) = (found, next);
                continue;
            }

            if (oid is null)
            {
                return null;
            }

            at += ReadCharacter(text, at, octets);
        }

        Close();
        return rdns.Count == 0 ? null : [.. rdns];

        void Close()
        {
            if (oid is not null)
            {
                rdns[^1].Add(NameAttribute.FromOctets(oid, [.. octets]));
                octets.Clear();
            }
        }
    }

    /// <summary>Spelling variants of attribute types made one, so that policy patterns and subjects can be matched as text.</summary>
    public static string WithOneSpelling(string text)
    {
        var folded = new StringBuilder(text.Length);
        var at = 0;
        while (at < text.Length)
        {
            if (text[at] == '/' && TypeAt(text, at + 1, out var next) is { } oid)
            {
                folded.Append('/').Append(NameAttributeType.Print(oid)).Append('=');
                at = next;
            }
            else
            {
                folded.Append(text[at++]);
            }
        }

        return folded.ToString();
    }

    private static string? TypeAt(string text, int start, out int next)
    {
        next = start;
        while (next < text.Length && next - start <= 64 && (char.IsAsciiLetterOrDigit(text[next]) || text[next] is '.' or '-'))
        {
            next++;
        }

        return next < text.Length && next > start && text[next] == '=' ? NameAttributeType.Find(text[start..next++]) : null;
    }

    private static int ReadCharacter(string text, int at, List<byte> octets)
    {
        if (text[at] == '\\' && at + 1 < text.Length)
        {
            if (text[at + 1] is '/' or '+')
            {
                octets.Add((byte)text[at + 1]);
                return 2;
            }

            if (
                text[at + 1] is 'x' or 'X'
                && at + 3 < text.Length
                && byte.TryParse(text.AsSpan(at + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet)
            )
            {
                octets.Add(octet);
                return 4;
            }
        }

        Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
        Span<byte> utf8 = stackalloc byte[4];
        octets.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
        return length;
    }
}
