namespace Muster.Core.X509;

/// <summary>The proxies a person presented, and the certificate of the person who made the first of them.</summary>
/// <param name="Proxies">Presented one first; empty when the certificate itself was presented.</param>
/// <param name="EndEntity">The first certificate that is no proxy: whose subject is looked up.</param>
public sealed record ProxyChain(IReadOnlyList<ClientCertificate> Proxies, ClientCertificate EndEntity)
{
    /// <summary>Most proxies in a row.</summary>
    public const int MaximumLength = 10;

    /// <summary>
    /// Skips proxies until the first certificate that is none. Decides by extension, and by name only for legacy proxies; each step is held by the
    /// signature. Says nothing of trust or of the proxy rules. Refuses with <c>certificate.path-broken</c> where a link was not sent.
    /// </summary>
    public static Result<ProxyChain> Resolve(ClientCertificate leaf, IReadOnlyList<ClientCertificate> sent)
    {
        var proxies = new List<ClientCertificate>();
        var current = leaf;
        while (current.Kind.IsProxy())
        {
            proxies.Add(current);
            var issuer = sent.Where(c => c.Subject.Equals(current.Issuer) && !proxies.Contains(c))
                .Take(4)
                .FirstOrDefault(c => IsSignedBy(current, c));
            if (issuer is null || proxies.Count > MaximumLength)
            {
                return ChainFault.Broken(current).Reason;
            }

            current = issuer;
        }

        return new ProxyChain(proxies, current);
    }

    private static bool IsSignedBy(ClientCertificate certificate, ClientCertificate issuer)
    {
        if (issuer.Strength.Bits > KeyStrength.MaximumRsaBits)
        {
            return false;
        }

#pragma warning disable CA1031 // A key that does not fit the signature makes the library throw various exceptions; all mean: no.
        try
        {
            return certificate.Parsed.IsSignatureValid(issuer.Parsed.GetPublicKey());
        }
        catch (Exception)
        {
            return false;
        }
#pragma warning restore CA1031
    }
}
