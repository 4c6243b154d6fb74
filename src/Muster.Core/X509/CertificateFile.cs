using System.Formats.Asn1;
using System.Text;
using System.Text.RegularExpressions;

namespace Muster.Core.X509;

/// <summary>A certificate as people keep it in a file, with those of its authorities where they lie in the same file.</summary>
/// <param name="Leaf">DER of the certificate that issued none of the others.</param>
/// <param name="Others">DER of the rest, in the order of the file.</param>
public sealed partial record CertificateFile(byte[] Leaf, IReadOnlyList<byte[]> Others)
{
    /// <summary>Longest file read, in octets.</summary>
    public const int MaximumLength = 1 << 18;

    private const string PrivateKey = "certificate.private-key";

    /// <summary>
    /// Reads PEM (RFC 7468, any text between the blocks) or one DER certificate. Refuses with <c>certificate.no-file</c>,
    /// <c>certificate.file-too-large</c>, <c>certificate.pkcs12</c>, <c>certificate.private-key</c>, <c>certificate.not-in-file</c>,
    /// <c>certificate.unreadable</c>; never throws.
    /// </summary>
    /// <param name="permitsKeys">Pass over private keys, as in the file of a proxy on its owner's machine, instead of refusing the file.</param>
    public static Result<CertificateFile> Read(byte[] content, bool permitsKeys)
    {
        if (content.Length == 0)
        {
            return new Refusal("certificate.no-file");
        }

        if (content.Length > MaximumLength)
        {
            return new Refusal("certificate.file-too-large");
        }

        // A text may begin with the digit nought, which is the same octet.
        if (content[0] == 0x30 && DerBounds.Holds(content, MaximumLength))
        {
            return ReadDer(content);
        }

        var text = Encoding.Latin1.GetString(content);
        if (!permitsKeys && KeyLabel().IsMatch(text))
        {
            return new Refusal(PrivateKey);
        }

        return AnchorText.Blocks(content, "CERTIFICATE") switch
        {
            null => new Refusal("certificate.unreadable"),
            [] => new Refusal("certificate.not-in-file"),
            var blocks => Sorted(blocks),
        };
    }

    private static Result<CertificateFile> ReadDer(byte[] content) =>
        FirstInside(content) switch
        {
            3 => new Refusal("certificate.pkcs12"), // RFC 7292 §4: version v3
            0 or 1 => new Refusal(PrivateKey), // RFC 5208, RFC 5915, RFC 8017
            _ => Sorted([content]),
        };

    /// <summary>The number a DER structure begins with; null where it begins with something else.</summary>
    private static int? FirstInside(byte[] content)
    {
        try
        {
            var inside = new AsnReader(content, AsnEncodingRules.BER).ReadSequence();
            return inside.PeekTag() == Asn1Tag.Integer && inside.TryReadInt32(out var first) ? first : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>Files hold their certificates in either order.</summary>
    private static Result<CertificateFile> Sorted(List<byte[]> blocks)
    {
        var read = new List<ClientCertificate>();
        foreach (var block in blocks.Take(CertificateCheck.MaximumSent + 1))
        {
            if (!ClientCertificate.Parse(block).TryGet(out var certificate, out var why))
            {
                return why;
            }

            read.Add(certificate);
        }

        var leaf = read.Find(c => !read.Exists(other => !ReferenceEquals(other, c) && other.Issuer.Equals(c.Subject))) ?? read[0];
        return new CertificateFile(leaf.Der.ToArray(), [.. read.Where(c => !ReferenceEquals(c, leaf)).Select(c => c.Der.ToArray())]);
    }

    [GeneratedRegex("-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex KeyLabel();
}
