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

    /// <summary>Whether this file holds lists at all.</summary>
    public static bool IsList(byte[] content) =>
        AnchorText.Blocks(content, "X509 CRL") is { Count: > 0 } blocks && blocks.TrueForAll(b => RevocationListReader.Read(b) is not null);

    /// <summary>Whether this file is a list of that authority, so that it may be overwritten by a newer one.</summary>
    public static bool IsOf(byte[] content, TrustAnchor anchor) =>
        AnchorText.Blocks(content, "X509 CRL") is { Count: > 0 } blocks
        && blocks.TrueForAll(b =>
            RevocationListReader.Read(b) is { } list
            && list.Issuer.Equals(anchor.Certificate.Subject)
            && list.IsSignedBy(anchor.Certificate, [anchor.Certificate])
        );

    /// <summary>RFC 5280 §5.2.5: a list that speaks of some certificates or some reasons only must not take the place of a complete one.</summary>
    private static bool IsPartial(RevocationList list) =>
        list.Scope
            is { OnlyContainsUserCerts: true }
                or { OnlyContainsCACerts: true }
                or { OnlyContainsAttributeCerts: true }
                or { IsIndirectCrl: true }
                or { OnlySomeReasons: not null };
}
