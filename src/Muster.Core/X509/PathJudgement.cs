using Org.BouncyCastle.Asn1.X509;

namespace Muster.Core.X509;

/// <summary>Tries the candidate paths of an end-entity certificate and keeps the one that holds, or the one that came furthest.</summary>
internal sealed class PathJudgement(
    TrustAnchors anchors,
    IReadOnlyList<ClientCertificate> sent,
    DateTimeOffset now,
    CheckPolicy policy,
    Horizon horizon
)
{
    private static readonly string[] ClientPurposes = ["1.3.6.1.5.5.7.3.2", "2.5.29.37.0"];

    private readonly PathSearch search = new(anchors, sent);

    public (IReadOnlyList<ClientCertificate> Path, ChainFault? Fault, IReadOnlyList<CertificateWarning> Warnings) Judge(ProxyChain chain)
    {
        var owner = chain.EndEntity;
        var known = search.Partial(owner);
        horizon.Note(chain.Proxies.Append(owner));
        if ((CheckOwn(chain) ?? CheckKind(owner)) is { } own)
        {
            return (known, own, []);
        }

        var candidates = search.From(owner);
        if (candidates.Count == 0)
        {
            return (known, Unanchored(known[^1]), []);
        }

        (IReadOnlyList<ClientCertificate> Path, ChainFault Fault, int Stage)? best = null;
        foreach (var path in candidates)
        {
            var warnings = new List<CertificateWarning>();
            var (fault, stage) = JudgePath(path, chain, warnings);
            if (fault is null)
            {
                anchors.Remember(path);
                return (path, null, warnings);
            }

            best = best is { } kept && kept.Stage >= stage ? kept : (path, fault, stage);
        }

        return best is { } furthest ? (furthest.Path, furthest.Fault, []) : (known, ChainFault.Broken(owner), []);
    }

    private ChainFault? CheckOwn(ProxyChain chain)
    {
        foreach (var certificate in chain.Proxies.Append(chain.EndEntity))
        {
            if (ChainFault.OfOwnValidity(certificate, now) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private ChainFault? CheckKind(ClientCertificate owner) =>
        owner.Kind switch
        {
            CertificateKind.Host when !policy.PermitsHosts => ChainFault.Of("certificate.host", owner, owner.Subject.Slash),
            CertificateKind.Robot when !policy.PermitsRobots => ChainFault.Of("certificate.robot", owner, owner.Subject.Slash),
            _ => null,
        };

    /// <summary>An authority nobody here has heard of, or one that is known but does not lead to a root.</summary>
    private ChainFault Unanchored(ClientCertificate top) =>
        search.IsExhausted || anchors.Holds(top) || (anchors.WithSubject(top.Issuer).Any() && !top.IsSelfIssued)
            ? ChainFault.Broken(top)
            : ChainFault.Of("certificate.issuer-unknown", top, top.Issuer.Slash);

    private (ChainFault? Fault, int Stage) JudgePath(
        IReadOnlyList<ClientCertificate> path,
        ProxyChain chain,
        List<CertificateWarning> warnings
    )
    {
        horizon.Note(path);
        Func<ChainFault?>[] stages =
        [
            () => CheckStrength(path),
            () => PathValidation.Check(path, now),
            () => ProxyRules.Check(chain, policy),
            () => CheckPurpose(chain),
            () => CheckNamespaces(path),
            () => CheckRevocation(path, warnings),
        ];
        for (var stage = 0; stage < stages.Length; stage++)
        {
            if (stages[stage]() is { } fault)
            {
                return (fault, stage);
            }
        }

        return (null, stages.Length);
    }

    private ChainFault? CheckStrength(IReadOnlyList<ClientCertificate> path)
    {
        for (var i = 0; i < path.Count; i++)
        {
            if (path[i].Strength.WeaknessUnder(policy, isAnchor: i == path.Count - 1) is { } weakness)
            {
                return ChainFault.Of("certificate.weak-key", path[i], weakness, path[i].Subject.Slash);
            }
        }

        return null;
    }

    /// <summary>RFC 5280 §4.2.1.3 and §4.2.1.12, for the certificates that sign in; an authority does not sign in.</summary>
    private ChainFault? CheckPurpose(ProxyChain chain)
    {
        if (!policy.RequiresClientPurpose)
        {
            return null;
        }

        var wrong = chain
            .Proxies.Append(chain.EndEntity)
            .FirstOrDefault(c =>
                c.Extensions.IsAuthority
                || !c.Extensions.AllowsUsage(KeyUsage.DigitalSignature)
                || (c.Extensions.ExtendedKeyUsages is { } usages && !usages.Intersect(ClientPurposes, StringComparer.Ordinal).Any())
            );
        return wrong is null ? null : ChainFault.Of("certificate.key-usage", wrong, wrong.Subject.Slash);
    }

    /// <summary>Every certificate against its own issuer, except authorities that certify themselves.</summary>
    private ChainFault? CheckNamespaces(IReadOnlyList<ClientCertificate> path)
    {
        var outside = path.FirstOrDefault(c =>
            !(c.IsSelfIssued && c.Extensions.IsAuthority)
            && !ReferenceEquals(c, path[^1])
            && !(anchors.PermitsSubject(c.Issuer, c.Subject) ?? !policy.RequiresNamespace)
        );
        return outside is null ? null : ChainFault.Of("certificate.signing-policy", outside, outside.Subject.Slash, outside.Issuer.Slash);
    }

    /// <summary>Revoked anywhere comes before out of date anywhere.</summary>
    private ChainFault? CheckRevocation(IReadOnlyList<ClientCertificate> path, List<CertificateWarning> warnings)
    {
        var check = new RevocationCheck(anchors, search, policy, now, horizon);
        ChainFault? stale = null;
        for (var i = 0; i < path.Count - 1; i++)
        {
            var certificate = path[i];
            switch (check.Of(path, i))
            {
                case RevocationStatus.Revoked(var entry):
                    return ChainFault.Of(
                        "certificate.revoked",
                        certificate,
                        ChainFault.Moment(entry.Date),
                        entry.Reason,
                        certificate.Subject.Slash
                    );
                case RevocationStatus.Stale(var nextUpdate):
                    stale ??= Stale(certificate, nextUpdate);
                    break;
                case RevocationStatus.Missing when policy.RequiresCrl:
                    stale ??= Stale(certificate, null);
                    break;
                case RevocationStatus.Missing:
                    warnings.Add(new CertificateWarning("certificate.crl-missing", certificate.Issuer));
                    break;
                case RevocationStatus.Good { LateSince: not null }:
                    warnings.Add(new CertificateWarning("certificate.crl-late", certificate.Issuer));
                    break;
                default:
                    break;
            }
        }

        return stale;
    }

    private static ChainFault Stale(ClientCertificate certificate, DateTimeOffset? nextUpdate) =>
        ChainFault.Of("certificate.crl-expired", certificate, certificate.Issuer.Slash, nextUpdate is { } at ? ChainFault.Moment(at) : "");
}
