using Org.BouncyCastle.Asn1.X509;

namespace Muster.Core.X509;

/// <summary>What the CRLs at hand say of one certificate.</summary>
internal abstract record RevocationStatus
{
    private RevocationStatus() { }

    /// <summary><paramref name="LateSince"/> is set when a list was used within the grace after its nextUpdate.</summary>
    public sealed record Good(DateTimeOffset? LateSince) : RevocationStatus;

    public sealed record Revoked(RevokedEntry Entry) : RevocationStatus;

    /// <summary>A CRL is there but too old, or not fit to be used.</summary>
    public sealed record Stale(DateTimeOffset? NextUpdate) : RevocationStatus;

    /// <summary>No CRL speaks of the certificate.</summary>
    public sealed record Missing : RevocationStatus;
}

/// <summary>RFC 5280 §6.3.3 over the CRLs of the trust folder: distribution points, reasons, indirect lists, deltas, separate signers.</summary>
internal sealed class RevocationCheck(TrustAnchors anchors, PathSearch search, CheckPolicy policy, DateTimeOffset now, Horizon horizon)
{
    private const int MaximumDepth = 3;

    private readonly HashSet<string> underway = new(StringComparer.Ordinal);

    /// <summary>
    /// The status of <c>path[position]</c>, whose issuers are the certificates after it. Revoked wins over everything; a certificate is good
    /// when lists that can be used cover all reasons.
    /// </summary>
    public RevocationStatus Of(IReadOnlyList<ClientCertificate> path, int position)
    {
        var certificate = path[position];
        var covered = 0;
        DateTimeOffset? lateSince = null;
        RevocationStatus otherwise = anchors.HasBrokenCrl(certificate.Issuer)
            ? new RevocationStatus.Stale(null)
            : new RevocationStatus.Missing();
        foreach (var point in RevocationScope.PointsOf(certificate))
        {
            var lists = RevocationScope.CrlIssuers(certificate, point).SelectMany(anchors.CrlsOf).ToList();
            // Before the first answer, and deltas too: one that comes into use, or goes out of it, changes what is said.
            lists.ForEach(crl => horizon.Note(crl, policy.CrlGrace));
            foreach (var crl in lists)
            {
                if (crl.BaseNumber is not null)
                {
                    continue;
                }

                var reasons = RevocationScope.Reasons(crl, certificate, point);
                if (reasons == 0 || !HasGoodSigner(crl, path, position))
                {
                    continue;
                }

                var delta = DeltaFor(crl, certificate, point, path, position);
                if (Entry(crl, delta, certificate) is { } entry)
                {
                    return new RevocationStatus.Revoked(entry);
                }

                if (!crl.HasUnknownCritical && crl.IsCurrent(now, policy.CrlGrace))
                {
                    covered |= reasons;
                    lateSince = crl.NextUpdate < now ? crl.NextUpdate : lateSince;
                }
                else
                {
                    otherwise = new RevocationStatus.Stale(crl.NextUpdate);
                }
            }
        }

        return covered == RevocationScope.AllReasons ? new RevocationStatus.Good(lateSince)
            : covered != 0 && otherwise is RevocationStatus.Missing ? new RevocationStatus.Stale(null)
            : otherwise;
    }

    /// <summary>RFC 5280 §5.2.4: a delta speaks first; <c>removeFromCRL</c> lifts a hold of the complete list.</summary>
    private static RevokedEntry? Entry(RevocationList crl, RevocationList? delta, ClientCertificate certificate)
    {
        var changed = delta?.Entries.Find(certificate.Serial, certificate.Issuer.Key);
        var entry = changed ?? crl.Entries.Find(certificate.Serial, certificate.Issuer.Key);
        return entry is { ReasonNumber: RevokedEntry.RemoveFromCrl } ? null : entry;
    }

    /// <summary>§6.3.3 (c): same issuer, same scope, built on this list or an earlier one, newer than it, and current.</summary>
    private RevocationList? DeltaFor(
        RevocationList crl,
        ClientCertificate certificate,
        DistributionPoint? point,
        IReadOnlyList<ClientCertificate> path,
        int position
    ) =>
        anchors
            .CrlsOf(crl.Issuer.Key)
            .Where(delta =>
                delta.BaseNumber is { } built
                && crl.Number is { } number
                && built.CompareTo(number) <= 0
                && delta.Number is { } own
                && own.CompareTo(number) > 0
                && SameScope(delta, crl)
                && !delta.HasUnknownCritical
                && delta.IsCurrent(now, policy.CrlGrace)
                && RevocationScope.Reasons(delta, certificate, point) != 0
                && HasGoodSigner(delta, path, position)
            )
            .MaxBy(delta => delta.ThisUpdate);

    private static bool SameScope(RevocationList one, RevocationList other) =>
        one.Scope is null || other.Scope is null
            ? one.Scope is null && other.Scope is null
            : one.Scope.GetDerEncoded().AsSpan().SequenceEqual(other.Scope.GetDerEncoded());

    /// <summary>
    /// §6.3.3 (f), (g): signed with a key whose certificate may sign CRLs and is valid under the same anchor. Issuers further up the path come
    /// first and are validated with it; any other signer needs a path and a status of its own.
    /// </summary>
    private bool HasGoodSigner(RevocationList crl, IReadOnlyList<ClientCertificate> path, int position)
    {
        for (var i = position + 1; i < path.Count; i++)
        {
            if (MaySign(crl, path[i]) && crl.IsSignedBy(path[i], path))
            {
                return true;
            }
        }

        if (underway.Count >= MaximumDepth)
        {
            return false;
        }

        return anchors
            .WithSubject(crl.Issuer)
            .Concat(search.Sent(crl.Issuer.Key))
            .DistinctBy(signer => signer.Sha256, StringComparer.Ordinal)
            .Any(signer => MaySign(crl, signer) && IsValidSigner(crl, signer, path[^1], path[position]));
    }

    private static bool MaySign(RevocationList crl, ClientCertificate signer) =>
        signer.Subject.Equals(crl.Issuer) && signer.Extensions.AllowsUsage(KeyUsage.CrlSign) && !signer.Kind.IsProxy();

    private bool IsValidSigner(RevocationList crl, ClientCertificate signer, ClientCertificate anchor, ClientCertificate subject)
    {
        if (string.Equals(signer.Sha256, anchor.Sha256, StringComparison.Ordinal))
        {
            return crl.IsSignedBy(signer, [signer]);
        }

        // A list that decides about its own signer decides nothing, unless the authority named that signer for its own certificate.
        if (!underway.Add(signer.Sha256))
        {
            return string.Equals(signer.Sha256, subject.Sha256, StringComparison.Ordinal)
                && NamesItself(signer)
                && crl.IsSignedBy(signer, [signer]);
        }

        var holds = search
            .From(signer)
            .Any(path =>
                string.Equals(path[^1].Sha256, anchor.Sha256, StringComparison.Ordinal)
                && IsNoted(path)
                && PathValidation.Check(path, now) is null
                && crl.IsSignedBy(signer, path)
                && IsUnrevoked(path)
            );
        underway.Remove(signer.Sha256);
        return holds;
    }

    private bool IsNoted(IReadOnlyList<ClientCertificate> path)
    {
        horizon.Note(path);
        return true;
    }

    private bool IsUnrevoked(IReadOnlyList<ClientCertificate> path)
    {
        for (var i = 0; i < path.Count - 1; i++)
        {
            if (
                Of(path, i) is not (RevocationStatus.Good or RevocationStatus.Missing)
                || (policy.RequiresCrl && Of(path, i) is RevocationStatus.Missing)
            )
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>RFC 5280 §4.2.1.13: the cRLIssuer of the signer's own distribution point is the signer.</summary>
    private static bool NamesItself(ClientCertificate signer) =>
        RevocationScope
            .PointsOf(signer)
            .Any(point =>
                point?.CrlIssuer is not null
                && RevocationScope.CrlIssuers(signer, point).Contains(signer.Subject.Key, StringComparer.Ordinal)
            );
}
