namespace Muster.Core.X509;

/// <summary>Whether an authority's list of revoked certificates can be used.</summary>
public enum RevocationStanding
{
    Current,

    /// <summary>After its nextUpdate, and still within the grace of the site.</summary>
    Late,

    /// <summary>Beyond the grace; certificates of the authority are refused with <c>certificate.crl-expired</c>.</summary>
    Expired,

    /// <summary>There is none; certificates are taken as unrevoked, with a warning, unless the policy demands a list.</summary>
    Missing,

    /// <summary>There is a file, and it cannot be read; certificates of the authority are refused.</summary>
    Unreadable,
}

/// <summary>One authority's newest list of revoked certificates, and how many it holds.</summary>
public sealed record RevocationState(RevocationStanding Standing, DateTimeOffset? ThisUpdate, DateTimeOffset? NextUpdate, int Revoked);
