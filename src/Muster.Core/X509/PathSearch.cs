namespace Muster.Core.X509;

/// <summary>
/// Candidate paths from a certificate up to a root of the trust folder, by names only; validation decides which one holds.
/// </summary>
internal sealed class PathSearch(TrustAnchors anchors, IReadOnlyList<ClientCertificate> sent)
{
    /// <summary>Most certificates in a path, leaf and root included; the longest real ones have five.</summary>
    public const int MaximumLength = 12;

    /// <summary>Most candidates tried for one certificate.</summary>
    public const int MaximumCandidates = 8;

    private const int MaximumSteps = 256;

    private int steps;

    /// <summary>True when a search was cut short by its budget.</summary>
    public bool IsExhausted => steps >= MaximumSteps;

    /// <summary>Certificates that strangers sent and that carry this subject, then none of the anchors'.</summary>
    public IEnumerable<ClientCertificate> Sent(string subjectKey) =>
        sent.Where(c => string.Equals(c.Subject.Key, subjectKey, StringComparison.Ordinal));

    public IReadOnlyList<IReadOnlyList<ClientCertificate>> From(ClientCertificate certificate)
    {
        steps = 0;
        var found = new List<IReadOnlyList<ClientCertificate>>();
        Extend([certificate], found);
        return found;
    }

    /// <summary>How far up the chain goes when no candidate reaches a root: for drawing, and to tell an unknown issuer from a broken path.</summary>
    public IReadOnlyList<ClientCertificate> Partial(ClientCertificate certificate)
    {
        var path = new List<ClientCertificate> { certificate };
        while (path.Count < MaximumLength && IssuersOf(path[^1]).FirstOrDefault(c => !IsRepeated(path, c)) is { } next)
        {
            path.Add(next);
        }

        return path;
    }

    private void Extend(List<ClientCertificate> path, List<IReadOnlyList<ClientCertificate>> found)
    {
        if (path.Count >= MaximumLength)
        {
            return;
        }

        foreach (var issuer in IssuersOf(path[^1]))
        {
            if (found.Count >= MaximumCandidates || ++steps >= MaximumSteps)
            {
                return;
            }

            if (IsRepeated(path, issuer))
            {
                continue;
            }

            path.Add(issuer);
            if (issuer.IsSelfIssued && anchors.Holds(issuer))
            {
                found.Add([.. path]);
            }
            else
            {
                Extend(path, found);
            }

            path.RemoveAt(path.Count - 1);
        }
    }

    /// <summary>The folder's own certificates first, and those whose key identifier fits.</summary>
    private IEnumerable<ClientCertificate> IssuersOf(ClientCertificate certificate) =>
        anchors
            .WithSubject(certificate.Issuer)
            .Concat(Sent(certificate.Issuer.Key).Where(c => !anchors.Holds(c)))
            .Where(c => !c.Kind.IsProxy())
            .OrderBy(c => HasFittingKey(certificate, c) ? 0 : 1);

    private static bool HasFittingKey(ClientCertificate certificate, ClientCertificate issuer)
    {
        var wanted = certificate.Extensions.AuthorityKeyIdentifier.Span;
        var given = issuer.Extensions.SubjectKeyIdentifier.Span;
        return wanted.IsEmpty || given.IsEmpty || wanted.SequenceEqual(given);
    }

    private static bool IsRepeated(List<ClientCertificate> path, ClientCertificate next) =>
        path.Exists(c => string.Equals(c.KeyId, next.KeyId, StringComparison.Ordinal) && c.Subject.Equals(next.Subject));
}
