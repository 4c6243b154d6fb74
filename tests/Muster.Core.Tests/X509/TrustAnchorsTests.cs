using System.Diagnostics;
using System.Text;
using Muster.Core.X509;
using Xunit;

namespace Muster.Core.Tests.X509;

public class TrustAnchorsTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly CheckPolicy Policy = new();

    [Fact]
    public void The_igtf_folder_of_this_machine_loads_whole()
    {
        const string Folder = "/etc/grid-security/certificates";
        if (!File.Exists(Path.Combine(Folder, "CERN-Root-2.pem")))
        {
            Assert.Skip("igtf-policy-classic is not installed");
        }

        var files = Directory.GetFiles(Folder).Select(f => new AnchorFile(Path.GetFileName(f), File.ReadAllBytes(f))).ToList();
        var watch = Stopwatch.StartNew();
        var anchors = TrustAnchors.Read(files);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), watch.Elapsed.ToString());
        Assert.Empty(anchors.Problems);
        Assert.True(anchors.All.Count >= 73);
        Assert.Equal(anchors.Version, TrustAnchors.Read(files).Version);
        var cern = Assert.Single(anchors.All, a => a.Names.Contains("CERN-Root-2", StringComparer.Ordinal));
        Assert.True(cern.IsRoot);
        Assert.Equal("accredited:classic", cern.Information["status"]);
        Assert.Single(cern.CrlUrls);
    }

    [Theory]
    [InlineData("ca.namespaces", "# fine\nTO Issuer nonsense", "anchor.namespaces-syntax", 2)]
    [InlineData("ca.signing_policy", "nonsense", "anchor.signing-policy-syntax", 1)]
    [InlineData("ca.0", "nonsense", "anchor.unreadable-certificate", null)]
    public void A_broken_file_disables_its_authority_and_no_other(string name, string content, string code, int? line)
    {
        var other = new AnchorFile("other.0", Certificate("GoodCACert"));
        var anchors = TrustAnchors.Read([
            .. Folder().Where(f => !string.Equals(f.Name, name, StringComparison.Ordinal)),
            other,
            new AnchorFile(name, Encoding.UTF8.GetBytes(content)),
        ]);

        Assert.Equal([new AnchorProblem(name, code, line)], anchors.Problems);
        Assert.Equal(["other"], Assert.Single(anchors.All).Names);
    }

    [Fact]
    public void A_broken_crl_is_not_taken_for_a_missing_one()
    {
        var folder = Folder().Where(f => f.Name is not "ca.r0").Append(new AnchorFile("ca.r0", [1, 2, 3]));

        Assert.Equal("certificate.crl-expired", RefusalOf(Verify(folder, Now, Policy)));
    }

    [Fact]
    public void A_missing_crl_is_accepted_with_a_warning()
    {
        var accepted = Assert.IsType<CertificateVerdict.Accepted>(Verify(Folder().Where(f => f.Name is "ca.0"), Now, Policy));

        Assert.Equal(2, accepted.Warnings.Count);
        Assert.All(accepted.Warnings, warning => Assert.Equal("certificate.crl-missing", warning.Code));
    }

    [Fact]
    public void Validity_includes_its_last_second_and_expiry_is_told_before_the_age_of_the_crl()
    {
        var last = ClientCertificate.Parse(Certificate("ValidCertificatePathTest1EE")).Value.NotAfter;
        var folder = Folder().Where(f => f.Name is "ca.0");

        Assert.IsType<CertificateVerdict.Accepted>(Verify(folder, last.AddMilliseconds(999), Policy));
        Assert.Equal("certificate.expired", RefusalOf(Verify(Folder(), last.AddSeconds(1), Policy)));
    }

    [Fact]
    public void A_crl_is_used_through_its_grace_and_no_longer()
    {
        var next = new DateTimeOffset(2030, 12, 31, 8, 30, 0, TimeSpan.Zero);
        var early = Policy with { CrlGrace = TimeSpan.Zero };

        Assert.IsType<CertificateVerdict.Accepted>(Verify(Folder(), next, early));
        Assert.True(Verify(Folder(), next, Policy) is CertificateVerdict.Accepted);
    }

    [Fact]
    public void Both_policies_must_permit()
    {
        const string Root = "/C=US/O=Test Certificates 2011/CN=Trust Anchor";
        const string Sub = "/C=US/O=Test Certificates 2011/CN=Good CA";
        var namespaces = new AnchorFile(
            "ca.namespaces",
            Encoding.UTF8.GetBytes($"TO Issuer \"{Sub}\" PERMIT Subject \"/C=US/.*\"\nTO Issuer SELF PERMIT Subject \"{Sub}\"")
        );
        var open = new AnchorFile(
            "ca.signing_policy",
            Encoding.UTF8.GetBytes($"access_id_CA X509 '{Root}'\npos_rights globus CA:sign\ncond_subjects globus '\"/C=US/*\"'")
        );
        var closed = new AnchorFile(
            "ca.signing_policy",
            Encoding.UTF8.GetBytes($"access_id_CA X509 '{Root}'\npos_rights globus CA:sign\ncond_subjects globus '\"/C=DE/*\"'")
        );

        Assert.IsType<CertificateVerdict.Accepted>(Verify([.. Folder(), namespaces, open], Now, Policy with { RequiresNamespace = true }));
        Assert.Equal("certificate.signing-policy", RefusalOf(Verify([.. Folder(), namespaces, closed], Now, Policy)));
        Assert.Equal("certificate.signing-policy", RefusalOf(Verify(Folder(), Now, Policy with { RequiresNamespace = true })));
    }

    [Fact]
    public void An_unknown_authority_is_told_from_a_broken_path()
    {
        Assert.Equal("certificate.issuer-unknown", RefusalOf(Verify([], Now, Policy)));
        var withoutIntermediate = CertificateCheck.Verify(
            Certificate("ValidCertificatePathTest1EE"),
            [],
            TrustAnchors.Read([new("sub.0", Certificate("GoodCACert"))]),
            Now,
            Policy
        );
        Assert.Equal("certificate.path-broken", RefusalOf(withoutIntermediate));
    }

    private static string RefusalOf(CertificateVerdict verdict) => Assert.IsType<CertificateVerdict.Refused>(verdict).Reason.Code;

    private static CertificateVerdict Verify(IEnumerable<AnchorFile> folder, DateTimeOffset now, CheckPolicy policy) =>
        CertificateCheck.Verify(
            Certificate("ValidCertificatePathTest1EE"),
            [Certificate("GoodCACert")],
            TrustAnchors.Read([.. folder]),
            now,
            policy
        );

    private static List<AnchorFile> Folder() =>
        [new("ca.0", Certificate("TrustAnchorRootCertificate")), new("ca.r0", Crl("TrustAnchorRootCRL")), new("x.r0", Crl("GoodCACRL"))];

    private static byte[] Certificate(string name) => Vectors.Of("pkits")[$"certs/{name}.crt"];

    private static byte[] Crl(string name) => Vectors.Of("pkits")[$"crls/{name}.crl"];
}
