using Org.BouncyCastle.Asn1.X509;

namespace Muster.Core.X509;

/// <summary>RFC 3820 §3 and §4, for each proxy of a chain whose signatures hold.</summary>
internal static class ProxyRules
{
    private static readonly HashSet<string> Understood = new(StringComparer.Ordinal)
    {
        "1.3.6.1.5.5.7.1.14",
        "1.3.6.1.4.1.3536.1.222",
        "2.5.29.15",
        "2.5.29.19",
        "2.5.29.37",
    };

    /// <summary>Whether the site takes this kind of proxy at all, before anything else is looked at.</summary>
    public static ChainFault? CheckPermitted(ClientCertificate presented, CheckPolicy policy)
    {
        if (presented.Proxy is not { } proxy)
        {
            return null;
        }

        var isPermitted = policy.PermitsProxies && (proxy.Kind != CertificateKind.LegacyProxy || policy.PermitsLegacyProxies);
        return proxy.IsLimited && !(isPermitted && policy.PermitsLimitedProxies)
                ? ChainFault.Of("certificate.limited-proxy", presented, presented.Subject.Slash)
            : !isPermitted ? ChainFault.Of("certificate.proxy", presented, presented.Subject.Slash)
            : null;
    }

    /// <summary>The first rule broken, from the end entity's proxy down to the presented one.</summary>
    public static ChainFault? Check(ProxyChain chain, CheckPolicy policy)
    {
        for (var i = chain.Proxies.Count - 1; i >= 0; i--)
        {
            var issuer = i + 1 < chain.Proxies.Count ? chain.Proxies[i + 1] : chain.EndEntity;
            if (CheckOne(chain.Proxies[i], issuer, i, policy) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static ChainFault? CheckOne(ClientCertificate proxy, ClientCertificate issuer, int below, CheckPolicy policy)
    {
        if (proxy.Proxy is not { } fields)
        {
            return ChainFault.Broken(proxy);
        }

        if (!fields.CarriesOwnersRights && !policy.PermitsRestrictedProxies)
        {
            return ChainFault.Of("certificate.proxy", proxy, proxy.Subject.Slash);
        }

        // A limited proxy's descendants are limited (Globus; RFC 3820 §3.8.2 leaves inheritance to the language).
        if (issuer.Proxy is { IsLimited: true } && !fields.IsLimited)
        {
            return ChainFault.Of("certificate.limited-proxy", proxy, proxy.Subject.Slash);
        }

        if (proxy.Strength.WeaknessUnder(policy, isAnchor: false) is { } weakness)
        {
            return ChainFault.Of("certificate.weak-key", proxy, weakness, proxy.Subject.Slash);
        }

        var isWellFormed =
            fields.IsCritical // §3.8
            && proxy.Subject.ExtendsByOneCommonName(issuer.Subject) // §3.4
            && (issuer.Proxy is null || issuer.Proxy.Kind == fields.Kind) // one kind in a chain
            && !issuer.Extensions.IsAuthority // §3.1
            && issuer.Extensions.AllowsUsage(KeyUsage.DigitalSignature) // §3.6
            && !proxy.Extensions.IsAuthority // §3.7
            && !proxy.Extensions.HasAlternativeName // §3.2, §3.5
            && (proxy.Extensions.KeyUsageBits is not { } usage || (usage & KeyUsage.KeyCertSign) == 0)
            && proxy.Extensions.Critical.All(Understood.Contains) // RFC 5280 §4.2
            && (fields.PathLength is not { } length || below <= length); // §3.8.1
        return isWellFormed ? null : ChainFault.Broken(proxy);
    }
}
