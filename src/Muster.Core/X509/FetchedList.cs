namespace Muster.Core.X509;

/// <summary>A list of revoked certificates as it came over the network, before it may lie in the trust folder.</summary>
public static class FetchedList
{
    /// <summary>Longest list taken, in octets.</summary>
    public const int MaximumLength = 1 << 26;

    /// <summary>
    /// The list as DER when it is newer than what is there. Refuses with <c>anchor.crl-not-a-list</c>, <c>anchor.crl-wrong-signer</c>,
    /// <c>anchor.crl-partial</c>, <c>anchor.crl-too-early</c>, <c>anchor.crl-out-of-date</c>, and <c>anchor.crl-older</c> (also for the same one again: nothing to do).
    /// Never throws.
    /// </summary>
    /// <param name="content">DER, or PEM with the label <c>X509 CRL</c>.</param>
    /// <param name="inUse">The state of what the folder holds.</param>
    public static Result<byte[]> Review(byte[] content, TrustAnchor anchor, RevocationState inUse, DateTimeOffset now)
    {
        if (
            content.Length > MaximumLength
            || AnchorText.Blocks(content, "X509 CRL") is not [var der]
            || RevocationListReader.Read(der) is not { } list
        )
        {
            return new Refusal("anchor.crl-not-a-list");
        }

        var authority = anchor.Certificate;
        return !list.Issuer.Equals(authority.Subject) || list.BaseNumber is not null || !list.IsSignedBy(authority, [authority])
                ? new Refusal("anchor.crl-wrong-signer")
            : IsPartial(list) ? new Refusal("anchor.crl-partial")
            : list.ThisUpdate > now ? new Refusal("anchor.crl-too-early")
            : list.NextUpdate is not { } next || next < now ? new Refusal("anchor.crl-out-of-date")
            : list.ThisUpdate <= inUse.ThisUpdate ? new Refusal("anchor.crl-older")
            : der;
    }

    /// <summary>
    /// Whether a newer list of that authority may take the place of this file: it holds the authority's own, or nothing that can be read, which is of use
    /// to nobody.
    /// </summary>
    public static bool MayReplace(byte[] content, TrustAnchor anchor)
    {
        var lists = AnchorText.Blocks(content, "X509 CRL")?.ConvertAll(RevocationListReader.Read);
        var authority = anchor.Certificate;
        return lists is null or []
            || lists.Contains(null)
            || lists.TrueForAll(list => list!.Issuer.Equals(authority.Subject) && list.IsSignedBy(authority, [authority])); // none is null
    }

    /// <summary>RFC 5280 §5.2.5: a list that speaks of some certificates or some reasons only must not take the place of a complete one.</summary>
    private static bool IsPartial(RevocationList list) =>
        list.Scope
            is { OnlyContainsUserCerts: true }
                or { OnlyContainsCACerts: true }
                or { OnlyContainsAttributeCerts: true }
                or { IsIndirectCrl: true }
                or { OnlySomeReasons: not null };
}
