namespace Muster.Core.X509;

/// <summary>What a site asks of certificates. The defaults are the portal's: people with full certificates, no proxies.</summary>
public sealed record CheckPolicy
{
    /// <summary>RFC 3820 and draft proxies that carry their owner's rights. Default: no.</summary>
    public bool PermitsProxies { get; init; }

    /// <summary>Limited proxies, when proxies are permitted. Default: yes.</summary>
    public bool PermitsLimitedProxies { get; init; } = true;

    /// <summary>Proxies from before RFC 3820 that are told by name only, when proxies are permitted. Default: no.</summary>
    public bool PermitsLegacyProxies { get; init; }

    /// <summary>Proxies whose policy language does not carry the owner's rights (independent, restricted). Default: no.</summary>
    public bool PermitsRestrictedProxies { get; init; }

    /// <summary>Default: no.</summary>
    public bool PermitsHosts { get; init; }

    /// <summary>Default: yes; a robot's owner registers it.</summary>
    public bool PermitsRobots { get; init; } = true;

    /// <summary>
    /// Refuse a certificate without a subject, which RFC 5280 §4.1.2.6 allows where there is an alternative name: it says of nobody who they are.
    /// Default: yes.
    /// </summary>
    public bool RequiresSubject { get; init; } = true;

    /// <summary>Ask for a key usage and an extended key usage that allow a client to sign in, where the certificate has them. Default: yes.</summary>
    public bool RequiresClientPurpose { get; init; } = true;

    /// <summary>Refuse certificates whose issuer has neither namespaces nor a signing policy. Default: no.</summary>
    public bool RequiresNamespace { get; init; }

    /// <summary>Refuse where no usable CRL is at hand, instead of warning. Default: no, as all grid software.</summary>
    public bool RequiresCrl { get; init; }

    /// <summary>How long a CRL is used after its nextUpdate. Default 24 hours, the tolerance of fetch-crl.</summary>
    public TimeSpan CrlGrace { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Shortest RSA modulus, in bits, inclusive. Default 2048.</summary>
    public int MinimumRsaBits { get; init; } = 2048;

    /// <summary>MD5 and SHA-1 in signatures below the anchor; only for old test corpora. Default: no.</summary>
    public bool PermitsObsoleteDigests { get; init; }

    /// <summary>Choice (0003): DSA is refused as weak. Default: no.</summary>
    public bool PermitsDsa { get; init; }
}
