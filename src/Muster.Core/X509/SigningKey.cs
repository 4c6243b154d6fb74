using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;

namespace Muster.Core.X509;

/// <summary>The public key of an authority, completed by its issuers where it must be.</summary>
internal static class SigningKey
{
    private const string Dsa = "DSA";

    /// <summary>
    /// RFC 3279 §2.3.2: a DSA key without parameters has those of its issuer. The issuers are the certificates after
    /// <paramref name="signer"/> in <paramref name="path"/>. Throws what the library throws on a key it cannot use.
    /// </summary>
    public static AsymmetricKeyParameter Of(ClientCertificate signer, IReadOnlyList<ClientCertificate> path)
    {
        var encoded = signer.Parsed.SubjectPublicKeyInfo;
        if (signer.Strength.Algorithm is not Dsa || encoded.Algorithm.Parameters is Asn1Sequence)
        {
            return signer.Parsed.GetPublicKey();
        }

        var giver = path.SkipWhile(c => !ReferenceEquals(c, signer))
            .Skip(1)
            .First(c => c.Parsed.SubjectPublicKeyInfo.Algorithm.Parameters is Asn1Sequence);
        var parameters = ((DsaPublicKeyParameters)giver.Parsed.GetPublicKey()).Parameters;
        return new DsaPublicKeyParameters(DerInteger.GetInstance(encoded.ParsePublicKey()).PositiveValue, parameters);
    }
}
