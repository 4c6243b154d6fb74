using System.Formats.Asn1;
using System.Numerics;

namespace Muster.Core.X509;

/// <summary>What a proxy certificate says of itself (RFC 3820 §3.8).</summary>
/// <param name="Kind">RFC, draft or legacy.</param>
/// <param name="PathLength">How many proxies may stand below this one; null for no limit.</param>
/// <param name="PolicyLanguage">Dotted number of the policy language.</param>
/// <param name="IsCritical">RFC 3820 §3.8: the extension must be critical.</param>
public sealed record ProxyFields(CertificateKind Kind, int? PathLength, string PolicyLanguage, bool IsCritical)
{
    public const string InheritAll = "1.3.6.1.5.5.7.21.1";
    public const string Independent = "1.3.6.1.5.5.7.21.2";
    public const string Limited = "1.3.6.1.4.1.3536.1.1.1.9";

    public bool IsLimited => string.Equals(PolicyLanguage, Limited, StringComparison.Ordinal);

    /// <summary>True for the two languages that carry the owner's rights: inherit all, and limited.</summary>
    public bool CarriesOwnersRights => IsLimited || string.Equals(PolicyLanguage, InheritAll, StringComparison.Ordinal);

    internal static ProxyFields Legacy(bool limited) =>
        new(CertificateKind.LegacyProxy, null, limited ? Limited : InheritAll, IsCritical: true);

    /// <summary>RFC 3820 §3.8: SEQUENCE { pCPathLenConstraint INTEGER OPTIONAL, proxyPolicy }.</summary>
    internal static ProxyFields ReadRfc(byte[] value, bool critical)
    {
        var sequence = Start(value);
        int? pathLength = sequence.PeekTag() == Asn1Tag.Integer ? Bounded(sequence.ReadInteger()) : null;
        var language = ReadPolicy(sequence);
        sequence.ThrowIfNotEmpty();
        return new ProxyFields(CertificateKind.RfcProxy, pathLength, language, critical);
    }

    /// <summary>The draft's order: SEQUENCE { proxyPolicy, [1] EXPLICIT INTEGER OPTIONAL }.</summary>
    internal static ProxyFields ReadDraft(byte[] value, bool critical)
    {
        var sequence = Start(value);
        var language = ReadPolicy(sequence);
        int? pathLength = sequence.HasData
            ? Bounded(sequence.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 1, isConstructed: true)).ReadInteger())
            : null;
        sequence.ThrowIfNotEmpty();
        return new ProxyFields(CertificateKind.DraftProxy, pathLength, language, critical);
    }

    private static AsnReader Start(byte[] value)
    {
        var reader = new AsnReader(value, AsnEncodingRules.BER);
        var sequence = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        return sequence;
    }

    private static string ReadPolicy(AsnReader sequence)
    {
        var policy = sequence.ReadSequence();
        var language = policy.ReadObjectIdentifier();
        if (policy.HasData)
        {
            _ = policy.ReadOctetString();
        }

        policy.ThrowIfNotEmpty();
        return language;
    }

    private static int Bounded(BigInteger length) =>
        length.Sign < 0 ? throw new AsnContentException("Negative path length.") : (int)BigInteger.Min(length, int.MaxValue);
}
