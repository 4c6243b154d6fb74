using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;

namespace Muster.Core.X509;

/// <summary>Algorithm and size of a public key, and the digest of the signature over the certificate.</summary>
/// <param name="Algorithm">RSA, EC, EdDSA, DSA, or the dotted number of something else.</param>
/// <param name="Bits">Size of modulus or field; 0 where it cannot be told.</param>
/// <param name="Signature">Name of the signature when its digest is obsolete (MD2, MD4, MD5, SHA-1), else null.</param>
internal sealed record KeyStrength(string Algorithm, int Bits, string? Signature)
{
    /// <summary>Longest RSA modulus used; a longer one is a way to burn time.</summary>
    public const int MaximumRsaBits = 16384;

    private const string Pss = "1.2.840.113549.1.1.10";

    private static readonly Dictionary<string, string> Obsolete = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.2"] = "MD2",
        ["1.2.840.113549.1.1.3"] = "MD4",
        ["1.2.840.113549.1.1.4"] = "MD5",
        ["1.2.840.113549.1.1.5"] = "SHA-1",
        ["1.3.14.3.2.29"] = "SHA-1",
        ["1.3.14.3.2.27"] = "SHA-1",
        ["1.2.840.10040.4.3"] = "SHA-1",
        ["1.2.840.10045.4.1"] = "SHA-1",
    };

    public static KeyStrength Of(X509CertificateStructure certificate)
    {
        var key = certificate.SubjectPublicKeyInfo;
        var (algorithm, bits) = key.Algorithm.Algorithm.Id switch
        {
            "1.2.840.113549.1.1.1" or Pss => ("RSA", RsaBits(key)),
            "1.2.840.10045.2.1" => ("EC", EcBits(key.Algorithm.Parameters)),
            "1.3.101.112" or "1.3.101.113" => ("EdDSA", 256),
            "1.2.840.10040.4.1" => ("DSA", 0),
            var other => (other, 0),
        };
        return new KeyStrength(algorithm, bits, ObsoleteSignature(certificate.SignatureAlgorithm));
    }

    /// <summary>What is too weak for the policy, such as <c>RSA 1024</c>, or null. The signature of a self-signed anchor is no evidence.</summary>
    public string? WeaknessUnder(CheckPolicy policy, bool isAnchor)
    {
        var key = Algorithm switch
        {
            "RSA" => Bits >= policy.MinimumRsaBits && Bits <= MaximumRsaBits,
            "EC" => Bits >= 224,
            "EdDSA" => true,
            "DSA" => policy.PermitsDsa,
            _ => false,
        };
        return !key ? (Bits > 0 ? $"{Algorithm} {Bits}" : Algorithm)
            : Signature is not null && !isAnchor && !policy.PermitsObsoleteDigests ? Signature
            : null;
    }

    private static int RsaBits(SubjectPublicKeyInfo key)
    {
        var rsa = RsaPublicKeyStructure.GetInstance(key.ParsePublicKey());
        return rsa.PublicExponent.BitLength is < 2 or > 64 ? 0 : rsa.Modulus.BitLength;
    }

    /// <summary>Named curves only (RFC 5480 §2.1.1); a curve spelt out in full has no size here and is weak.</summary>
    private static int EcBits(Asn1Encodable? parameters) =>
        parameters?.ToAsn1Object() is DerObjectIdentifier oid
            ? (CustomNamedCurves.GetByOid(oid) ?? ECNamedCurveTable.GetByOid(oid))?.Curve.FieldSize ?? 0
            : 0;

    private static string? ObsoleteSignature(AlgorithmIdentifier algorithm)
    {
        var oid = algorithm.Algorithm.Id;
        if (string.Equals(oid, Pss, StringComparison.Ordinal))
        {
            // RFC 4055 §3.1: SHA-1 is the default of RSASSA-PSS.
            var hash = algorithm.Parameters is null
                ? null
                : RsassaPssParameters.GetInstance(algorithm.Parameters).HashAlgorithm.Algorithm.Id;
            return hash is null or "1.3.14.3.2.26" ? "SHA-1" : null;
        }

        return Obsolete.GetValueOrDefault(oid);
    }
}
