using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Pkix;
using Org.BouncyCastle.X509;
using BouncyAnchor = Org.BouncyCastle.Pkix.TrustAnchor;

namespace Muster.Core.X509;

/// <summary>RFC 5280 §6.1 through BouncyCastle, without revocation (that is <see cref="RevocationCheck"/>).</summary>
internal static class PathValidation
{
    /// <summary>Null when the path (leaf first, root last) is valid at <paramref name="now"/>, else the link at fault.</summary>
    public static ChainFault? Check(IReadOnlyList<ClientCertificate> path, DateTimeOffset now)
    {
        // RFC 5280 does not ask for the validity of an anchor; OpenSSL and all grid software do, and so do we.
        foreach (var certificate in path)
        {
            if (!certificate.IsWithin(now))
            {
                return ChainFault.Broken(certificate, certificate.IsAfter(now) ? "certificate.expired" : "certificate.not-yet-valid");
            }
        }

        return path.Count == 1 ? null : Validate(path, now);
    }

    private static ChainFault? Validate(IReadOnlyList<ClientCertificate> path, DateTimeOffset now)
    {
        var below = new List<X509Certificate>(path.Count - 1);
        for (var i = 0; i < path.Count - 1; i++)
        {
            below.Add(i == 0 ? new LeafCertificate(path[0].Parsed) : path[i].Parsed);
        }

        // Whole seconds: the library compares to the tick, and validity includes its last second (RFC 5280 §4.1.2.5).
        var second = new DateTime(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
#pragma warning disable CA1031 // Hostile certificates make the library throw more than it documents; every exception means: not a valid path.
        try
        {
            var parameters = new PkixParameters(new HashSet<BouncyAnchor> { new(path[^1].Parsed, null) })
            {
                IsRevocationEnabled = false,
                Date = second,
            };
            _ = new PkixCertPathValidator().Validate(new PkixCertPath(below), parameters);
            return null;
        }
        catch (PkixCertPathValidatorException e)
        {
            return ChainFault.Broken(path[e.Index >= 0 && e.Index < path.Count ? e.Index : 0]);
        }
        catch (Exception)
        {
            return ChainFault.Broken(path[0]);
        }
#pragma warning restore CA1031
    }

    /// <summary>
    /// The end of a path issues nothing, so its key is never used here; but the library opens it for its answer, and looks for primes in it, which
    /// costs fifty times the rest of the validation.
    /// </summary>
    private sealed class LeafCertificate(X509Certificate parsed) : X509Certificate(parsed.CertificateStructure)
    {
        public override AsymmetricKeyParameter GetPublicKey() => UnusedKey.Instance;
    }

    private sealed class UnusedKey : AsymmetricKeyParameter
    {
        public static readonly UnusedKey Instance = new();

        private UnusedKey()
            : base(privateKey: false) { }
    }
}
