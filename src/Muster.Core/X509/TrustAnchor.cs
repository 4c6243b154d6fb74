namespace Muster.Core.X509;

/// <summary>One file of the trust folder. <paramref name="Name"/> is the bare file name, such as <c>ffc3d59b.r0</c>.</summary>
public sealed record AnchorFile(string Name, byte[] Content);

/// <summary>A file that could not be used, the reason, and the line where there is one (from 1).</summary>
public sealed record AnchorProblem(string File, string ReasonCode, int? Line = null);

/// <summary>One certificate authority of the trust folder.</summary>
/// <param name="Certificate">Its certificate.</param>
/// <param name="Names">Stems of the files it was found in: alias and hashes.</param>
/// <param name="Information">What its <c>.info</c> file says (alias, url, email, status …); empty without one.</param>
/// <param name="CrlUrls">Where its CRL is published.</param>
public sealed record TrustAnchor(
    ClientCertificate Certificate,
    IReadOnlyList<string> Names,
    IReadOnlyDictionary<string, string> Information,
    IReadOnlyList<Uri> CrlUrls
)
{
    /// <summary>What the distribution calls it, or the first stem of its files.</summary>
    public string Alias => Information.GetValueOrDefault("alias") ?? Names[0];

    /// <summary>Self-signed: paths end here. Others are subordinates and need their own issuer.</summary>
    public bool IsRoot => Certificate.IsSelfIssued;

    /// <summary>True when a CRL file of this authority could not be read; then its certificates are refused rather than taken as unrevoked.</summary>
    public bool HasBrokenCrl { get; init; }
}
