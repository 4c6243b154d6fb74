namespace Muster.Core.X509;

/// <summary>The proxies a person presented, and the certificate of the person who made the first of them.</summary>
/// <param name="Proxies">Presented one first; empty when the certificate itself was presented.</param>
/// <param name="EndEntity">The first certificate that is no proxy: whose subject is looked up.</param>
public sealed record ProxyChain(IReadOnlyList<ClientCertificate> Proxies, ClientCertificate EndEntity)
{
    /// <summary>Most proxies in a row.</summary>
    public const int MaximumLength = 10;

    /// <summary>Most signatures tried for all links together.</summary>
    private const int MaximumTries = MaximumLength + 4;

    /// <summary>In bits, of a person's own key; authorities may have longer ones (<see cref="KeyStrength.MaximumRsaBits"/>).</summary>
    private const int LongestKey = 8192;

    /// <summary>
    /// Skips proxies until the first certificate that is none. Decides by extension, and by name only for legacy proxies; each step is held by the
    /// signature. Says nothing of trust or of the proxy rules. Refuses with <c>certificate.path-broken</c> where a link was not sent.
    /// </summary>
    public static Result<ProxyChain> Resolve(ClientCertificate leaf, IReadOnlyList<ClientCertificate> sent)
    {
        var (proxies, owner) = Climb(leaf, sent, bySignature: true);
        return owner is null ? ChainFault.Broken(proxies[^1]).Reason : new ProxyChain(proxies, owner);
    }

    /// <summary>As far as the links were sent: no end entity where one is missing.</summary>
    /// <param name="bySignature">
    /// False follows the names alone, for drawing what is refused anyway: to open an RSA key of 8192 bits takes the library a second and more, and strangers
    /// choose the keys.
    /// </param>
    internal static (IReadOnlyList<ClientCertificate> Proxies, ClientCertificate? EndEntity) Climb(
        ClientCertificate leaf,
        IReadOnlyList<ClientCertificate> sent,
        bool bySignature
    )
    {
        var proxies = new List<ClientCertificate>();
        var tries = 0;
        ClientCertificate? current = leaf;
        while (current is not null && current.Kind.IsProxy())
        {
            var proxy = current;
            proxies.Add(proxy);
            current =
                proxies.Count > MaximumLength
                    ? null
                    : sent.Where(c => c.Subject.Equals(proxy.Issuer) && !proxies.Contains(c))
                        .Take(4)
                        .FirstOrDefault(c => !bySignature || (tries++ < MaximumTries && IsSignedBy(proxy, c)));
        }

        return (proxies, current);
    }

    private static bool IsSignedBy(ClientCertificate certificate, ClientCertificate issuer)
    {
        if (issuer.Strength.Bits > LongestKey)
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
