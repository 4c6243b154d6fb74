namespace Muster.Core.X509;

/// <summary>
/// Whether to believe a certificate: RFC 5280 path and CRLs, RFC 3820 proxies, IGTF namespaces and signing policies. Pure: the same
/// arguments give the same verdict, so a verdict may be kept under (leaf, sent, <see cref="TrustAnchors.Version"/>) until
/// <see cref="CertificateVerdict.HoldsUntil"/>.
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

        var horizon = new Horizon(now);
        horizon.Note(leaf);
        return Verify(leaf, others, new PathJudgement(anchors, others, now, policy, horizon), anchors, now, policy) with
        {
            HoldsUntil = horizon.Next,
        };
    }

    private static CertificateVerdict Verify(
        ClientCertificate leaf,
        IReadOnlyList<ClientCertificate> others,
        PathJudgement judgement,
        TrustAnchors anchors,
        DateTimeOffset now,
        CheckPolicy policy
    )
    {
        var early = Early(leaf, now, policy);
        var (proxies, owner) = ProxyChain.Climb(leaf, others, bySignature: early is null);
        if (early is not null)
        {
            return proxies.Count == 0
                ? Refused(early, leaf, [leaf, .. Above(leaf, anchors)])
                : RefusedProxy(early, proxies, owner, judgement, c => Early(c, now, policy));
        }

        return owner is null
            ? Refused(ChainFault.Broken(proxies[^1]), leaf, proxies)
            : VerifyChain(leaf, new ProxyChain(proxies, owner), judgement);
    }

    /// <summary>What is wrong with a certificate whatever stands above it.</summary>
    private static ChainFault? Early(ClientCertificate certificate, DateTimeOffset now, CheckPolicy policy) =>
        ProxyRules.CheckPermitted(certificate, policy) ?? ChainFault.OfOwnValidity(certificate, now);

    /// <summary>
    /// Told is the proxy; drawn is everything from the authority down, each proxy with its own fault and the owner's certificate judged as if it had been
    /// presented alone: what is wrong with it would be the next thing to mend.
    /// </summary>
    private static CertificateVerdict.Refused RefusedProxy(
        ChainFault early,
        IReadOnlyList<ClientCertificate> proxies,
        ClientCertificate? owner,
        PathJudgement judgement,
        Func<ClientCertificate, ChainFault?> faultOf
    )
    {
        var faults = proxies.Select(faultOf).OfType<ChainFault>().ToList();
        if (owner is null)
        {
            return new CertificateVerdict.Refused(early.Reason, proxies[0], Draw(proxies, faults));
        }

        var (path, fault, _) = judgement.Judge(new ProxyChain([], owner));
        return new CertificateVerdict.Refused(
            early.Reason,
            proxies[0],
            Draw([.. proxies, .. path], fault is null ? faults : [.. faults, fault])
        );
    }

    private static CertificateVerdict VerifyChain(ClientCertificate leaf, ProxyChain chain, PathJudgement judgement)
    {
        var (path, fault, warnings) = judgement.Judge(chain);
        IReadOnlyList<ClientCertificate> drawn = [.. chain.Proxies, .. path];
        return fault is null
            ? new CertificateVerdict.Accepted(chain.EndEntity, Draw(drawn, [])) { Warnings = warnings }
            : Refused(fault, leaf, drawn);
    }

    /// <summary>For drawing alone, where nothing further is checked: the authorities above that need no check, as the trust folder holds them.</summary>
    private static IEnumerable<ClientCertificate> Above(ClientCertificate leaf, TrustAnchors anchors) =>
        new PathSearch(anchors, []).Partial(leaf).Skip(1);

    private static CertificateVerdict.Refused Refused(ChainFault fault, ClientCertificate leaf, IReadOnlyList<ClientCertificate> drawn) =>
        new(fault.Reason, leaf, Draw(drawn, [fault]));

    private static IReadOnlyList<ChainLink> Draw(IReadOnlyList<ClientCertificate> drawn, IReadOnlyList<ChainFault> faults) =>
        [
            .. drawn.Select(c =>
            {
                var code = faults.FirstOrDefault(f => ReferenceEquals(f.Certificate, c))?.LinkCode;
                return new ChainLink(c.Subject, c.Issuer, c.NotBefore, c.NotAfter, code is null, code);
            }),
        ];
}
