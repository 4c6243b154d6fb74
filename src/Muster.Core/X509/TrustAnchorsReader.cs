using System.Security.Cryptography;
using System.Text;

namespace Muster.Core.X509;

/// <summary>Sorts the files of a trust folder by what they are, and leaves out the authorities whose files are broken.</summary>
internal sealed class TrustAnchorsReader
{
    private readonly List<AnchorProblem> problems = [];
    private readonly Dictionary<string, ClientCertificate> certificates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> stemsOf = new(StringComparer.Ordinal);
    private readonly HashSet<string> brokenStems = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> brokenCrlStems = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, RevocationList> crls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (List<string> Stems, IReadOnlyList<NamespaceStatement> Statements)> namespaces = new(
        StringComparer.Ordinal
    );
    private readonly Dictionary<string, (List<string> Stems, IReadOnlyList<SigningPolicyBlock> Blocks)> policies = new(
        StringComparer.Ordinal
    );
    private readonly Dictionary<string, Dictionary<string, string>> information = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<Uri>> urls = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    public TrustAnchors Read(IReadOnlyCollection<AnchorFile> files)
    {
        var digests = new List<string>();
        foreach (var file in files.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            var digest = Convert.ToHexStringLower(SHA256.HashData(file.Content));
            digests.Add(file.Name + "\0" + digest);
            ReadFile(file, digest);
        }

        var version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', digests))));
        var anchors = certificates.Values.Where(c => !stemsOf[c.Sha256].Overlaps(brokenStems)).Select(Anchor).ToList();
        var disabled = certificates.Values.Where(c => stemsOf[c.Sha256].Overlaps(brokenStems)).Select(c => c.KeyId);
        return new TrustAnchors(
            version,
            anchors,
            problems,
            [.. crls.Values],
            Statements(),
            Blocks(),
            disabled.Except(anchors.Select(a => a.Certificate.KeyId)).ToHashSet(StringComparer.Ordinal)
        );
    }

    private void ReadFile(AnchorFile file, string digest)
    {
        var dot = file.Name.LastIndexOf('.');
        var (stem, suffix) = dot < 0 ? (file.Name, "") : (file.Name[..dot], file.Name[(dot + 1)..].ToLowerInvariant());
        switch (suffix)
        {
            case "pem" or [>= '0' and <= '9']:
                ReadCertificates(file, stem, digest);
                break;
            case ['r', >= '0' and <= '9']:
                ReadCrl(file, stem);
                break;
            case "namespaces" when IsText(file, stem):
                ReadNamespaces(file, stem, digest);
                break;
            case "signing_policy" when IsText(file, stem):
                ReadSigningPolicy(file, stem, digest);
                break;
            case "info" when IsText(file, null):
                information[stem] = AnchorText.Information(Encoding.UTF8.GetString(file.Content));
                break;
            case "crl_url" when IsText(file, null):
                urls[stem] = AnchorText.Urls(Encoding.UTF8.GetString(file.Content));
                break;
            default:
                break;
        }
    }

    private bool IsText(AnchorFile file, string? stem)
    {
        if (file.Content.Length <= AnchorText.MaximumTextLength)
        {
            return true;
        }

        Report(file, "anchor.too-large", null, stem);
        return false;
    }

    private void ReadCertificates(AnchorFile file, string stem, string digest)
    {
        if (!known.Add(digest + "\0" + stem))
        {
            return;
        }

        var blocks = AnchorText.Blocks(file.Content, "CERTIFICATE");
        if (blocks is null or [])
        {
            Report(file, "anchor.unreadable-certificate", null, stem);
            return;
        }

        foreach (var block in blocks)
        {
            if (!ClientCertificate.Parse(block).TryGet(out var certificate, out _))
            {
                Report(file, "anchor.unreadable-certificate", null, stem);
                continue;
            }

            certificates.TryAdd(certificate.Sha256, certificate);
            stemsOf.TryAdd(certificate.Sha256, new HashSet<string>(StringComparer.OrdinalIgnoreCase));
            stemsOf[certificate.Sha256].Add(stem);
        }
    }

    private void ReadCrl(AnchorFile file, string stem)
    {
        var blocks = AnchorText.Blocks(file.Content, "X509 CRL");
        var lists = blocks?.ConvertAll(RevocationListReader.Read);
        if (lists is null or [] || lists.Contains(null))
        {
            brokenCrlStems.Add(stem);
            problems.Add(new AnchorProblem(file.Name, "anchor.unreadable-crl"));
        }

        foreach (var (list, block) in (lists ?? []).Zip(blocks ?? []))
        {
            if (list is not null)
            {
                crls.TryAdd(Convert.ToHexStringLower(SHA256.HashData(block)), list);
            }
        }
    }

    private void ReadNamespaces(AnchorFile file, string stem, string digest)
    {
        if (namespaces.TryGetValue(digest, out var same))
        {
            same.Stems.Add(stem);
            return;
        }

        var (statements, problem) = Namespaces.Read(Encoding.UTF8.GetString(file.Content));
        namespaces[digest] = ([stem], statements);
        if (problem is not null)
        {
            Report(file, problem.Code, problem.Line, stem);
            namespaces.Remove(digest);
        }
    }

    private void ReadSigningPolicy(AnchorFile file, string stem, string digest)
    {
        if (policies.TryGetValue(digest, out var same))
        {
            same.Stems.Add(stem);
            return;
        }

        var (blocks, problem) = SigningPolicy.Read(Encoding.UTF8.GetString(file.Content));
        policies[digest] = ([stem], blocks);
        if (problem is not null)
        {
            Report(file, problem.Code, problem.Line, stem);
            policies.Remove(digest);
        }
    }

    private void Report(AnchorFile file, string code, int? line, string? stem)
    {
        problems.Add(new AnchorProblem(file.Name, code, line));
        _ = stem is not null && brokenStems.Add(stem);
    }

    private TrustAnchor Anchor(ClientCertificate certificate)
    {
        var stems = stemsOf[certificate.Sha256];
        return new TrustAnchor(
            certificate,
            [.. stems.Order(StringComparer.Ordinal)],
            stems.Select(s => information.GetValueOrDefault(s)).FirstOrDefault(i => i is not null) ?? [],
            [.. stems.SelectMany(s => urls.GetValueOrDefault(s) ?? []).Distinct()]
        )
        {
            HasBrokenCrl = stems.Overlaps(brokenCrlStems),
        };
    }

    /// <summary>Statements of all files together, by issuer: a subordinate's may stand in its root's file. SELF is whoever the file lies beside.</summary>
    private ILookup<string, NamespaceStatement> Statements() =>
        namespaces
            .Values.SelectMany(file =>
                file.Statements.SelectMany(statement => IssuersOf(statement, file.Stems).Select(issuer => (issuer, statement)))
            )
            .ToLookup(p => p.issuer, p => p.statement, StringComparer.Ordinal);

    private IEnumerable<string> IssuersOf(NamespaceStatement statement, List<string> stems) =>
        statement.Issuer is { } named
            ? [named.Key]
            : certificates.Values.Where(c => stemsOf[c.Sha256].Overlaps(stems)).Select(c => c.Subject.Key).Distinct(StringComparer.Ordinal);

    private ILookup<string, SigningPolicyBlock> Blocks() =>
        policies.Values.SelectMany(file => file.Blocks).ToLookup(block => block.Issuer.Key, StringComparer.Ordinal);
}
