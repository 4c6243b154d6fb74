using System.Formats.Asn1;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace Muster.Core.X509;

/// <summary>The extensions this program reads itself; path validation reads the rest.</summary>
internal sealed record CertificateExtensions
{
    /// <summary>Most extensions read in one certificate; real ones have about a dozen.</summary>
    public const int MaximumCount = 64;

    private const string OidKeyUsage = "2.5.29.15";
    private const string OidRfcProxy = "1.3.6.1.5.5.7.1.14";
    private const string OidDraftProxy = "1.3.6.1.4.1.3536.1.222";

    public IReadOnlyList<string> DnsNames { get; private init; } = [];

    public IReadOnlyList<string> Emails { get; private init; } = [];

    public IReadOnlyList<string> Policies { get; private init; } = [];

    public IReadOnlyList<string>? ExtendedKeyUsages { get; private init; }

    /// <summary>Bits of KeyUsage as BouncyCastle numbers them, or null when there is no such extension.</summary>
    public int? KeyUsageBits { get; private init; }

    public bool IsAuthority { get; private init; }

    public bool HasAlternativeName { get; private init; }

    public CrlDistPoint? DistributionPoints { get; private init; }

    public ReadOnlyMemory<byte> SubjectKeyIdentifier { get; private init; }

    public ReadOnlyMemory<byte> AuthorityKeyIdentifier { get; private init; }

    public ProxyFields? Proxy { get; private init; }

    /// <summary>Dotted numbers of the critical extensions.</summary>
    public IReadOnlyList<string> Critical { get; private init; } = [];

    public bool AllowsUsage(int bit) => KeyUsageBits is not { } bits || (bits & bit) != 0;

    /// <summary>Reads the extensions of one certificate; throws what the parsers throw (the caller turns it into a refusal).</summary>
    public static CertificateExtensions Read(ReadOnlyMemory<byte> certificate)
    {
        var values = Values(certificate);
        var names = values.TryGetValue("2.5.29.17", out var san) ? GeneralNames.GetInstance(Parsed(san.Value)).GetNames() : [];
        var keyIdentifier = values.TryGetValue("2.5.29.35", out var aki)
            ? Org.BouncyCastle.Asn1.X509.AuthorityKeyIdentifier.GetInstance(Parsed(aki.Value)).KeyIdentifier?.GetOctets()
            : null;
        return new CertificateExtensions
        {
            DnsNames = OfType(names, GeneralName.DnsName),
            Emails = OfType(names, GeneralName.Rfc822Name),
            HasAlternativeName = values.ContainsKey("2.5.29.17") || values.ContainsKey("2.5.29.18"),
            Policies = values.TryGetValue("2.5.29.32", out var policies)
                ? [.. CertificatePolicies.GetInstance(Parsed(policies.Value)).GetPolicyInformation().Select(p => p.PolicyIdentifier.Id)]
                : [],
            ExtendedKeyUsages = values.TryGetValue("2.5.29.37", out var usages)
                ? [.. ExtendedKeyUsage.GetInstance(Parsed(usages.Value)).GetAllUsages().Select(u => u.Id)]
                : null,
            KeyUsageBits = values.TryGetValue(OidKeyUsage, out var usage) ? DerBitString.GetInstance(Parsed(usage.Value)).IntValue : null,
            IsAuthority = values.TryGetValue("2.5.29.19", out var basic) && BasicConstraints.GetInstance(Parsed(basic.Value)).IsCA(),
            DistributionPoints = values.TryGetValue("2.5.29.31", out var points) ? CrlDistPoint.GetInstance(Parsed(points.Value)) : null,
            SubjectKeyIdentifier = values.TryGetValue("2.5.29.14", out var ski)
                ? Asn1OctetString.GetInstance(Parsed(ski.Value)).GetOctets()
                : null,
            AuthorityKeyIdentifier = keyIdentifier,
            Proxy = ReadProxy(values),
            Critical = [.. values.Where(v => v.Value.Critical).Select(v => v.Key)],
        };
    }

    private static ProxyFields? ReadProxy(Dictionary<string, (bool Critical, byte[] Value)> values)
    {
        var isRfc = values.TryGetValue(OidRfcProxy, out var rfc);
        var isDraft = values.TryGetValue(OidDraftProxy, out var draft);
        return (isRfc, isDraft) switch
        {
            (true, true) => throw new AsnContentException("Two kinds of proxyCertInfo."),
            (true, false) => ProxyFields.ReadRfc(rfc.Value, rfc.Critical),
            (false, true) => ProxyFields.ReadDraft(draft.Value, draft.Critical),
            _ => null,
        };
    }

    /// <summary>RFC 5280 §4.2: at most one instance of each extension. Each value is held to <see cref="DerBounds"/> before it is parsed.</summary>
    private static Dictionary<string, (bool Critical, byte[] Value)> Values(ReadOnlyMemory<byte> certificate)
    {
        var found = new Dictionary<string, (bool, byte[])>(StringComparer.Ordinal);
        var tbs = new AsnReader(certificate, AsnEncodingRules.BER).ReadSequence().ReadSequence();
        var wrapper = new Asn1Tag(TagClass.ContextSpecific, 3, isConstructed: true);
        while (tbs.HasData && tbs.PeekTag() != wrapper)
        {
            _ = tbs.ReadEncodedValue();
        }

        var list = tbs.HasData ? tbs.ReadSequence(wrapper).ReadSequence() : null;
        while (list is { HasData: true })
        {
            var extension = list.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            var critical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            var value = extension.ReadOctetString();
            var isStandard =
                oid.StartsWith("2.5.29.", StringComparison.Ordinal)
                || oid.StartsWith("1.3.6.1.5.5.7.", StringComparison.Ordinal)
                || string.Equals(oid, OidDraftProxy, StringComparison.Ordinal);
            if (
                found.Count == MaximumCount
                || !found.TryAdd(oid, (critical, value))
                || (isStandard && !DerBounds.Holds(value, value.Length))
            )
            {
                throw new AsnContentException("Extension repeated, out of bounds, or one too many.");
            }
        }

        return found;
    }

    private static Asn1Object Parsed(byte[] value) => Asn1Object.FromByteArray(value);

    private static List<string> OfType(GeneralName[] names, int type) =>
        [.. names.Where(n => n.TagNo == type).Select(n => DerIA5String.GetInstance(n.Name).GetString())];
}
