using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.X509;

namespace Muster.Core.X509;

/// <summary>One certificate as presented, read but not yet believed; <see cref="CertificateCheck"/> tells whether to believe it.</summary>
public sealed class ClientCertificate
{
    /// <summary>Longest certificate read, in octets. Proxies that carry attribute certificates reach 20 KiB.</summary>
    public const int MaximumLength = 65536;

    private ClientCertificate(byte[] der, X509CertificateStructure structure, DistinguishedName subject, DistinguishedName issuer)
    {
        Der = der;
        Subject = subject;
        Issuer = issuer;
        Parsed = new X509Certificate(structure);
        Extensions = CertificateExtensions.Read(der);
        Strength = KeyStrength.Of(structure);
        Serial = structure.SerialNumber.Value.ToByteArray();
        NotBefore = new DateTimeOffset(structure.StartDate.ToDateTime(), TimeSpan.Zero);
        NotAfter = new DateTimeOffset(structure.EndDate.ToDateTime(), TimeSpan.Zero);
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(der));
        KeyId = Convert.ToHexStringLower(SHA256.HashData(structure.SubjectPublicKeyInfo.GetDerEncoded()));
        Emails = [.. subject.Emails.Concat(Extensions.Emails).Distinct(StringComparer.OrdinalIgnoreCase)];
        Proxy = Extensions.Proxy ?? LegacyProxy(subject, issuer);
        Kind =
            Proxy?.Kind
            ?? (
                Extensions.IsAuthority
                    ? CertificateKind.Authority
                    : CertificateKinds.OfEndEntity(subject.CommonNames, Extensions, Emails.Count > 0)
            );
    }

    public DistinguishedName Subject { get; }

    public DistinguishedName Issuer { get; }

    /// <summary>The serial number, upper-case hexadecimal, two's complement without padding.</summary>
    public string SerialHex => Convert.ToHexString(Serial.Length > 1 && Serial[0] == 0 ? Serial.AsSpan(1) : Serial);

    public DateTimeOffset NotBefore { get; }

    /// <summary>The last second of validity, included (RFC 5280 §4.1.2.5).</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>E-mail addresses of the subject, then of the alternative name; spelled as they stand, each once.</summary>
    public IReadOnlyList<string> Emails { get; }

    public CertificateKind Kind { get; }

    /// <summary>Set exactly when <see cref="Kind"/> is a proxy.</summary>
    public ProxyFields? Proxy { get; }

    /// <summary>Algorithm of the public key and its size in bits, such as <c>RSA 2048</c>; for people.</summary>
    public string PublicKey => Strength.Bits > 0 ? $"{Strength.Algorithm} {Strength.Bits}" : Strength.Algorithm;

    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>SHA-256 of the DER, lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    internal X509Certificate Parsed { get; }

    internal CertificateExtensions Extensions { get; }

    internal KeyStrength Strength { get; }

    /// <summary>Big-endian, two's complement, shortest form: what a CRL entry is compared with.</summary>
    internal byte[] Serial { get; }

    /// <summary>SHA-256 of the subject's public key.</summary>
    internal string KeyId { get; }

    internal bool IsSelfIssued => Subject.Equals(Issuer);

    /// <summary>Reads one DER certificate. Refuses with <c>certificate.unreadable</c>; never throws.</summary>
    public static Result<ClientCertificate> Parse(byte[] der)
    {
        var unreadable = new Refusal("certificate.unreadable");
        if (!DerBounds.Holds(der, MaximumLength))
        {
            return unreadable;
        }

#pragma warning disable CA1031 // The parsers of the library throw what they please on hostile bytes; this is the one door.
        try
        {
            var own = der.ToArray();
            var tbs = new AsnReader(own, AsnEncodingRules.BER).ReadSequence().ReadSequence();
            if (tbs.PeekTag() == new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true))
            {
                _ = tbs.ReadEncodedValue();
            }

            _ = tbs.ReadInteger();
            _ = tbs.ReadEncodedValue();
            var issuer = DistinguishedName.Parse(tbs.ReadEncodedValue().Span);
            _ = tbs.ReadEncodedValue();
            var subject = DistinguishedName.Parse(tbs.ReadEncodedValue().Span);
            return issuer.IsSuccess && subject.IsSuccess
                ? new ClientCertificate(
                    own,
                    X509CertificateStructure.GetInstance(Asn1Object.FromByteArray(own)),
                    subject.Value,
                    issuer.Value
                )
                : unreadable;
        }
        catch (Exception)
        {
            return unreadable;
        }
#pragma warning restore CA1031
    }

    /// <summary>True when the certificate is valid in the second that holds <paramref name="now"/>; both ends included.</summary>
    public bool IsWithin(DateTimeOffset now) => !IsBefore(now) && !IsAfter(now);

    internal bool IsBefore(DateTimeOffset now) => now < NotBefore;

    internal bool IsAfter(DateTimeOffset now) => now - NotAfter >= TimeSpan.FromSeconds(1);

    private static ProxyFields? LegacyProxy(DistinguishedName subject, DistinguishedName issuer) =>
        !subject.ExtendsByOneCommonName(issuer) ? null
        : subject.CommonNames[^1] is "proxy" ? ProxyFields.Legacy(limited: false)
        : subject.CommonNames[^1] is "limited proxy" ? ProxyFields.Legacy(limited: true)
        : null;
}
