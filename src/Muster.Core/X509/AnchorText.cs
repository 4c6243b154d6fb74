using System.Security.Cryptography;
using System.Text;

namespace Muster.Core.X509;

/// <summary>The plain formats of the trust folder: PEM, <c>.info</c>, <c>.crl_url</c>.</summary>
internal static class AnchorText
{
    public const int MaximumTextLength = 1 << 20;

    /// <summary>
    /// All PEM blocks of a label as DER, or the content itself where it is DER. Null where a block of that label is malformed; empty where there
    /// is none.
    /// </summary>
    public static List<byte[]>? Blocks(byte[] content, string label)
    {
        if (content is [0x30, ..])
        {
            return [content];
        }

        var blocks = new List<byte[]>();
        var rest = Encoding.Latin1.GetString(content).AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (rest[fields.Label].Equals(label, StringComparison.Ordinal))
            {
                var der = new byte[fields.DecodedDataLength];
                if (!Convert.TryFromBase64Chars(rest[fields.Base64Data], der, out _))
                {
                    return null;
                }

                blocks.Add(der);
            }

            rest = rest[fields.Location.End..];
        }

        return blocks;
    }

    /// <summary><c>key = value</c>, backslash continues a line, <c>#</c> comments, quotes around values dropped; other lines are passed over.</summary>
    public static Dictionary<string, string> Information(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var lines = text.Replace("\r", "", StringComparison.Ordinal).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n');
        foreach (var line in lines)
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && !line.TrimStart().StartsWith('#'))
            {
                values[line[..equals].Trim()] = line[(equals + 1)..].Trim().Trim('"');
            }
        }

        return values;
    }

    /// <summary>One address a line; only http and https are taken.</summary>
    public static List<Uri> Urls(string text) =>
        [
            .. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(line => Uri.TryCreate(line, UriKind.Absolute, out var url) ? url : null)
                .OfType<Uri>()
                .Where(url => url.Scheme is "http" or "https"),
        ];
}
