using System.Formats.Asn1;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Math;

namespace Muster.Core.X509;

/// <summary>Reads CRLs (RFC 5280 §5) without making an object of every entry.</summary>
internal static class RevocationListReader
{
    /// <summary>Longest CRL read: 256 MiB, some seven million entries.</summary>
    public const int MaximumLength = 1 << 28;

    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>Null when the bytes are no CRL; never throws.</summary>
    public static RevocationList? Read(byte[] der)
    {
        if (!DerBounds.Holds(der, MaximumLength))
        {
            return null;
        }

#pragma warning disable CA1031 // The one door for the library's parsers, see ClientCertificate.Parse.
        try
        {
            return ReadList(der);
        }
        catch (Exception)
        {
            return null;
        }
#pragma warning restore CA1031
    }

    private static RevocationList ReadList(byte[] der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
        var signed = outer.PeekEncodedValue();
        var tbs = outer.ReadSequence();
        var algorithm = outer.ReadEncodedValue();
        var signature = outer.ReadBitString(out _);
        outer.ThrowIfNotEmpty();
        if (tbs.PeekTag() == Asn1Tag.Integer)
        {
            _ = tbs.ReadInteger();
        }

        // RFC 5280 §5.1.1.2: the algorithm inside must be the one outside.
        if (!tbs.ReadEncodedValue().Span.SequenceEqual(algorithm.Span))
        {
            throw new AsnContentException("Two signature algorithms.");
        }

        var issuer = DistinguishedName.Parse(tbs.ReadEncodedValue().Span).Value;
        var thisUpdate = ReadTime(tbs);
        DateTimeOffset? nextUpdate = tbs.HasData && IsTime(tbs.PeekTag()) ? ReadTime(tbs) : null;
        var entries = tbs.HasData && tbs.PeekTag() == Asn1Tag.Sequence ? tbs.ReadEncodedValue() : default;
        var fields = new RevocationListFields(
            signed,
            AlgorithmIdentifier.GetInstance(Asn1Object.FromByteArray(algorithm.ToArray())),
            signature,
            issuer,
            thisUpdate,
            nextUpdate
        );
        if (tbs.HasData)
        {
            fields = WithExtensions(fields, tbs.ReadSequence(ExtensionsTag).ReadSequence());
        }

        tbs.ThrowIfNotEmpty();
        return new RevocationList(fields, RevocationIndex.Build(entries, issuer.Key));
    }

    internal static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag() == Asn1Tag.UtcTime ? reader.ReadUtcTime(2049) : reader.ReadGeneralizedTime();

    private static bool IsTime(Asn1Tag tag) => tag == Asn1Tag.UtcTime || tag == Asn1Tag.GeneralizedTime;

    private static RevocationListFields WithExtensions(RevocationListFields fields, AsnReader list)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (list.HasData)
        {
            var extension = list.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            var critical = extension.PeekTag() == Asn1Tag.Boolean && extension.ReadBoolean();
            var value = extension.ReadOctetString();
            if (!seen.Add(oid) || !DerBounds.Holds(value, value.Length))
            {
                throw new AsnContentException("Extension repeated or out of bounds.");
            }

            var parsed = Asn1Object.FromByteArray(value);
            fields = oid switch
            {
                "2.5.29.20" => fields with { Number = DerInteger.GetInstance(parsed).PositiveValue },
                "2.5.29.27" => fields with { BaseNumber = DerInteger.GetInstance(parsed).PositiveValue },
                "2.5.29.28" => fields with { Scope = IssuingDistributionPoint.GetInstance(parsed) },
                "2.5.29.35" => fields with
                {
                    AuthorityKeyIdentifier = AuthorityKeyIdentifier.GetInstance(parsed).KeyIdentifier?.GetOctets(),
                },
                _ => fields with { HasUnknownCritical = fields.HasUnknownCritical || critical },
            };
        }

        return fields;
    }
}
