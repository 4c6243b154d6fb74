using System.Collections.Concurrent;

namespace Muster.Core.X509;

/// <summary>
/// The trust folder as it stood at one moment: authorities, CRLs, namespaces, signing policies. Immutable; reload by reading anew and
/// exchanging the reference.
/// </summary>
public sealed class TrustAnchors
{
    private readonly ILookup<string, ClientCertificate> bySubject;
    private readonly ILookup<string, NamespaceStatement> statements;
    private readonly ILookup<string, SigningPolicyBlock> blocks;
    private readonly ILookup<string, RevocationList> crls;
    private readonly IReadOnlySet<string> disabled;
    private readonly HashSet<string> brokenCrls;
    private readonly ConcurrentDictionary<string, ClientCertificate> validated = new(StringComparer.Ordinal);

    internal TrustAnchors(
        string version,
        IReadOnlyList<TrustAnchor> all,
        IReadOnlyList<AnchorProblem> problems,
        IReadOnlyList<RevocationList> lists,
        ILookup<string, NamespaceStatement> statements,
        ILookup<string, SigningPolicyBlock> blocks,
        IReadOnlySet<string> disabled
    )
    {
        (Version, All, Problems) = (version, all, problems);
        (this.statements, this.blocks, this.disabled) = (statements, blocks, disabled);
        bySubject = all.Select(a => a.Certificate).ToLookup(c => c.Subject.Key, StringComparer.Ordinal);
        crls = lists.ToLookup(l => l.Issuer.Key, StringComparer.Ordinal);
        brokenCrls = all.Where(a => a.HasBrokenCrl).Select(a => a.Certificate.Subject.Key).ToHashSet(StringComparer.Ordinal);
        CrlCount = lists.Count;
    }

    /// <summary>Nobody is trusted.</summary>
    public static TrustAnchors None { get; } = Read([]);

    /// <summary>SHA-256 over names and contents of all files, lower-case hexadecimal: the same files give the same version.</summary>
    public string Version { get; }

    public IReadOnlyList<TrustAnchor> All { get; }

    /// <summary>The files left out, each with the reason. A broken file disables the authority it belongs to and no other.</summary>
    public IReadOnlyList<AnchorProblem> Problems { get; }

    public int CrlCount { get; }

    /// <summary>
    /// Reads a folder in the grid's layout, by content: certificates in <c>*.pem</c> and <c>*.0</c>…<c>*.9</c>, CRLs in <c>*.r0</c>…,
    /// <c>.info</c>, <c>.namespaces</c>, <c>.signing_policy</c>, <c>.crl_url</c>; other names are passed over. Files of one authority share
    /// their stem. Copies under several names count once. Never throws on content.
    /// </summary>
    public static TrustAnchors Read(IReadOnlyCollection<AnchorFile> files) => new TrustAnchorsReader().Read(files);

    /// <summary>
    /// How the revocation lists of one authority stand at <paramref name="now"/>: the newest complete list that its own key has signed counts.
    /// </summary>
    public RevocationState RevocationOf(TrustAnchor anchor, DateTimeOffset now, TimeSpan grace)
    {
        var newest = crls[anchor.Certificate.Subject.Key]
            .Where(l => l.BaseNumber is null && l.IsSignedBy(anchor.Certificate, [anchor.Certificate]))
            .MaxBy(l => l.ThisUpdate);
        return newest is null
            ? new RevocationState(anchor.HasBrokenCrl ? RevocationStanding.Unreadable : RevocationStanding.Missing, null, null, 0)
            : new RevocationState(
                !newest.IsCurrent(now, grace) ? RevocationStanding.Expired
                    : newest.NextUpdate < now ? RevocationStanding.Late
                    : RevocationStanding.Current,
                newest.ThisUpdate,
                newest.NextUpdate,
                newest.Entries.Count
            );
    }

    /// <summary>
    /// An authority that is left out for a broken file stays left out: its certificate, or another one of its key, does not come back in because a client
    /// sends it.
    /// </summary>
    internal bool IsDisabled(ClientCertificate sent) => disabled.Contains(sent.KeyId);

    internal IEnumerable<ClientCertificate> WithSubject(DistinguishedName subject) => bySubject[subject.Key];

    internal bool Holds(ClientCertificate certificate) =>
        bySubject[certificate.Subject.Key].Any(c => string.Equals(c.Sha256, certificate.Sha256, StringComparison.Ordinal));

    /// <summary>
    /// The object first made for these bytes, once they were an authority in a valid path: opening an RSA key costs the library ten
    /// milliseconds (it looks for small factors and primes), and the same intermediates come with every client.
    /// </summary>
    internal ClientCertificate Known(ClientCertificate sent) => validated.GetValueOrDefault(sent.Sha256, sent);

    /// <summary>Remembers the authorities of a valid path, up to a bound.</summary>
    internal void Remember(IReadOnlyList<ClientCertificate> path)
    {
        foreach (var authority in path.Skip(1).Where(c => validated.Count < 256 && !Holds(c)))
        {
            _ = validated.TryAdd(authority.Sha256, authority);
        }
    }

    internal IEnumerable<RevocationList> CrlsOf(string issuerKey) => crls[issuerKey];

    internal bool HasBrokenCrl(DistinguishedName issuer) => brokenCrls.Contains(issuer.Key);

    /// <summary>Each of the two policies, where present, must permit; null where neither speaks of the issuer.</summary>
    internal bool? PermitsSubject(DistinguishedName issuer, DistinguishedName subject)
    {
        var byNamespaces = Namespaces.Permit(statements[issuer.Key], subject);
        var byPolicy = SigningPolicy.Permit(blocks[issuer.Key], subject);
        return byNamespaces is null && byPolicy is null ? null : (byNamespaces ?? true) && (byPolicy ?? true);
    }
}
