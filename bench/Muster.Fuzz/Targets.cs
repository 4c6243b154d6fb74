using System.Text;
using Muster.Core.Imports;
using Muster.Core.X509;

namespace Muster.Fuzz;

/// <summary>What reads bytes from strangers. Each must answer with a value or a refusal, whatever comes.</summary>
internal static class Targets
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly CheckPolicy Lenient = new()
    {
        PermitsProxies = true,
        PermitsLegacyProxies = true,
        PermitsRestrictedProxies = true,
        PermitsHosts = true,
        PermitsObsoleteDigests = true,
        RequiresSubject = false,
        MinimumRsaBits = 512,
    };

    public static readonly Dictionary<string, Action<byte[]>> All = new(StringComparer.Ordinal)
    {
        ["certificate"] = bytes =>
        {
            if (ClientCertificate.Parse(bytes).TryGet(out var read, out _))
                _ = read.Subject.Rfc4514 + read.Subject.Slash + read.SerialHex + read.PublicKey + string.Join(',', read.Emails);
        },
        ["check"] = bytes =>
        {
            var parts = Parts(bytes);
            var anchors = TrustAnchors.Read([.. parts.Select((part, i) => new AnchorFile(i % 2 == 0 ? $"a{i}.0" : $"a{i - 1}.r0", part))]);
            _ = CertificateCheck.Verify(parts[0], parts, anchors, Now, Lenient);
            _ = CertificateCheck.Verify(parts[0], parts, anchors, Now, new CheckPolicy());
        },
        ["list"] = bytes =>
        {
            var anchors = TrustAnchors.Read([new AnchorFile("a.0", bytes), new AnchorFile("a.r0", bytes)]);
            foreach (var anchor in anchors.All)
                _ = FetchedList.Review(bytes, anchor, anchors.RevocationOf(anchor, Now, TimeSpan.Zero), Now);
        },
        ["file"] = bytes =>
        {
            _ = CertificateFile.Read(bytes, permitsKeys: false);
            if (CertificateFile.Read(bytes, permitsKeys: true).TryGet(out var file, out _))
                _ = CertificateCheck.Verify(file.Leaf, file.Others, TrustAnchors.None, Now, Lenient);
        },
        ["name"] = bytes =>
        {
            if (DistinguishedName.Parse(bytes).TryGet(out var der, out _))
                _ = DistinguishedName.ParseText(der.Rfc4514).IsSuccess && DistinguishedName.ParseSlash(der.Slash).IsSuccess;
            _ = DistinguishedName.ParseSlash(Encoding.UTF8.GetString(bytes));
            _ = DistinguishedName.ParseText(Encoding.UTF8.GetString(bytes));
        },
        ["import"] = bytes =>
        {
            var plan = ImportPlanning.Plan(
                ImportFile.Read(bytes),
                new PresentRegister([], []),
                new ImportRules(ImportMode.WholeList, new(2026, 6, 1), ["staff"], 10)
            );
            _ = ImportPlanning.Digest(plan);
        },
        ["policy"] = bytes =>
            _ = TrustAnchors.Read([
                new AnchorFile("a.namespaces", bytes),
                new AnchorFile("a.signing_policy", bytes),
                new AnchorFile("a.info", bytes),
                new AnchorFile("a.crl_url", bytes),
            ]),
    };

    /// <summary>One value after the other, as they lie in the bytes; at most six.</summary>
    private static List<byte[]> Parts(byte[] bytes)
    {
        var parts = new List<byte[]>();
        for (var at = 0; at < bytes.Length && parts.Count < 6; )
        {
            var length = DerTree.LengthAt(bytes, at) is { } known ? Math.Min(known, bytes.Length - at) : bytes.Length - at;
            parts.Add(bytes[at..(at + length)]);
            at += length;
        }
        return parts.Count > 0
            ? parts
            :
            [
                [],
            ];
    }
}
