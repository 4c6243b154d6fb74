using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Muster.Server.Operator.Demo;

/// <summary>A name in slash form (<c>/DC=org/C=DE/CN=Jane Doe</c>) made into DER, with the file name stems trust folders use for it.</summary>
internal sealed class DemoDistinguishedName
{
    static readonly Dictionary<string, (string Oid, UniversalTagNumber Type)> attributes = new(StringComparer.Ordinal)
    {
        ["DC"] = ("0.9.2342.19200300.100.1.25", UniversalTagNumber.IA5String),
        ["C"] = ("2.5.4.6", UniversalTagNumber.PrintableString),
        ["O"] = ("2.5.4.10", UniversalTagNumber.UTF8String),
        ["OU"] = ("2.5.4.11", UniversalTagNumber.UTF8String),
        ["CN"] = ("2.5.4.3", UniversalTagNumber.UTF8String),
        ["emailAddress"] = ("1.2.840.113549.1.9.1", UniversalTagNumber.IA5String),
    };

    readonly List<(string Oid, UniversalTagNumber Type, string Value)> parts = [];

    public DemoDistinguishedName(string slashForm)
    {
        SlashForm = slashForm;
        foreach (var part in slashForm.Split('/').Skip(1))
        {
            var halves = part.Split('=', 2);
            var (oid, type) = attributes[halves[0]];
            parts.Add((oid, type, halves[1]));
        }
    }

    public string SlashForm { get; }

    public X500DistinguishedName ToX500() => new(Encode());

    // The two hashes are file names that readers of trust folders compute; nothing is protected by them.
#pragma warning disable CA5350, CA5351 // as above
    /// <summary>The stem OpenSSL 1.0 and later looks for: SHA-1 over the canonical name.</summary>
    public string Hash => Stem(SHA1.HashData(EncodeCanonical()));

    /// <summary>The stem OpenSSL 0.9 and canl-java look for: MD5 over the name as it stands.</summary>
    public string OldHash => Stem(MD5.HashData(Encode()));
#pragma warning restore CA5350, CA5351

    byte[] Encode()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var (oid, type, value) in parts)
            {
                Write(writer, oid, type, value);
            }
        }

        return writer.Encode();
    }

    // OpenSSL x509_name_canon: every value a UTF8String, ASCII letters lower-case, blanks trimmed and run together, no outer SEQUENCE.
    byte[] EncodeCanonical() =>
        [
            .. parts.SelectMany(part =>
            {
                var writer = new AsnWriter(AsnEncodingRules.DER);
                Write(writer, part.Oid, UniversalTagNumber.UTF8String, Canonical(part.Value));
                return writer.Encode();
            }),
        ];

    static string Canonical(string value) =>
        string.Concat(
            string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(c => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c)
        );

    static void Write(AsnWriter writer, string oid, UniversalTagNumber type, string value)
    {
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            writer.WriteCharacterString(type, value);
        }
    }

    static string Stem(byte[] digest) => BitConverter.ToUInt32(digest).ToString("x8", CultureInfo.InvariantCulture);
}
