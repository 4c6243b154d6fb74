namespace Muster.Core.X509;

/// <summary>
/// Whether to believe a certificate: RFC 5280 path and CRLs, RFC 3820 proxies, IGTF namespaces and signing policies. Pure: the same
/// arguments give the same verdict, so a verdict may be kept under (leaf, sent, <see cref="TrustAnchors.Version"/>) for a while.
/// </summary>
public static class CertificateCheck
{
    /// <summary>Most certificates looked at beside the leaf; further ones are passed over.</summary>
    public const int MaximumSent = 24;

    /// <summary>
    /// Checks what a client presented. The first thing wrong is told, in the order in which a person can mend it: unreadable, proxy, own validity,
    /// host or robot, authority unknown, path, strength, usage, namespace, revocation, age of the CRL. Never throws on hostile bytes.
    /// </summary>
    /// <param name="leafDer">The presented certificate.</param>
    /// <param name="sent">The others the client sent, in any order; unreadable ones are passed over.</param>
    public static CertificateVerdict Verify(
        byte[] leafDer,
        IReadOnlyList<byte[]> sent,
        TrustAnchors anchors,
        DateTimeOffset now,
        CheckPolicy policy
    )
    {
        if (!ClientCertificate.Parse(leafDer).TryGet(out var leaf, out var unreadable))
        {
            return new CertificateVerdict.Refused(unreadable, null, []);
        }

        if (leaf.Subject.IsEmpty && policy.RequiresSubject)
        {
            return Refused(ChainFault.Of("certificate.unreadable", leaf), leaf, [leaf]);
        }

        var others = new List<ClientCertificate>();
        foreach (var der in sent.Take(MaximumSent))
        {
            if (ClientCertificate.Parse(der).TryGet(out var other, out _) && !anchors.IsDisabled(other))
            {
                others.Add(anchors.Known(other));
            }
        }

        if ((ProxyRules.CheckPermitted(leaf, policy) ?? ChainFault.OfOwnValidity(leaf, now)) is { } early)
        {
            return Refused(early, leaf, [leaf, .. Above(leaf, anchors)]);
        }

        return ProxyChain.Resolve(leaf, others).TryGet(out var chain, out var broken)
            ? VerifyChain(leaf, chain, new PathJudgement(anchors, others, now, policy))
            : Refused(new ChainFault(broken, leaf, broken.Code), leaf, [leaf]);
    }

    private static CertificateVerdict VerifyChain(ClientCertificate leaf, ProxyChain chain, PathJudgement judgement)
    {
        var (path, fault, warnings) = judgement.Judge(chain);
        IReadOnlyList<ClientCertificate> drawn = [.. chain.Proxies, .. path];
        return fault is null
            ? new CertificateVerdict.Accepted(chain.EndEntity, Draw(drawn, null)) { Warnings = warnings }
            : Refused(fault, leaf, drawn);
    }

    /// <summary>For drawing alone, where nothing further is checked: the authorities above that need no check, as the trust folder holds them.</summary>
    private static IEnumerable<ClientCertificate> Above(ClientCertificate leaf, TrustAnchors anchors) =>
        new PathSearch(anchors, []).Partial(leaf).Skip(1);

    private static CertificateVerdict.Refused Refused(ChainFault fault, ClientCertificate leaf, IReadOnlyList<ClientCertificate> drawn) =>
        new(fault.Reason, leaf, Draw(drawn, fault));

    private static IReadOnlyList<ChainLink> Draw(IReadOnlyList<ClientCertificate> drawn, ChainFault? fault) =>
        [
            .. drawn.Select(c =>
            {
                var code = ReferenceEquals(c, fault?.Certificate) ? fault?.LinkCode : null;
                return new ChainLink(c.Subject, c.Issuer, c.NotBefore, c.NotAfter, code is null, code);
            }),
        ];
}
