using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Muster.Core.X509;
using Xunit;

namespace Muster.Core.Tests.X509;

/// <summary>66 chains of the gLite corpus in canl-java; origin and licence in the vectors' README.</summary>
public class GridProxyTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    // The corpus is from 2010: MD5, RSA 512 to 1024.
    private static readonly CheckPolicy Corpus = new()
    {
        PermitsHosts = true,
        PermitsProxies = true,
        PermitsLegacyProxies = true,
        PermitsRestrictedProxies = true,
        RequiresClientPurpose = false,
        RequiresCrl = true,
        MinimumRsaBits = 512,
        PermitsObsoleteDigests = true,
    };

    private sealed record Row(string Input, [property: JsonPropertyName("proxies_allowed")] bool ProxiesAllowed, string Expected);

    [Fact]
    public void All_chains_have_the_expected_outcome()
    {
        var rows = Vectors.Rows<Row>("grid-proxies");

        var wrong = rows.Select(row => (row, verdict: Verify(row, Corpus with { PermitsProxies = row.ProxiesAllowed })))
            .Where(r => r.verdict is CertificateVerdict.Accepted != (r.row.Expected is "valid"));

        Assert.Equal(66, rows.Count);
        Assert.Empty(wrong.Select(r => $"{r.row.Input} expected {r.row.Expected}: {Describe(r.verdict)}"));
    }

    [Fact]
    public void Without_legacy_proxies_only_those_are_refused_in_addition()
    {
        var rows = Vectors.Rows<Row>("grid-proxies");

        var flipped = rows.Where(row =>
                row.Expected is "valid" && Verify(row, Corpus with { PermitsLegacyProxies = false }) is CertificateVerdict.Refused
            )
            .ToList();

        Assert.Equal(12, flipped.Count);
        Assert.All(flipped, row => Assert.DoesNotContain("_rfc", row.Input, StringComparison.Ordinal));
    }

    [Fact]
    public void The_portal_refuses_every_proxy_as_a_proxy()
    {
        var policy = Corpus with { PermitsProxies = false };

        foreach (var row in Vectors.Rows<Row>("grid-proxies").Where(r => r.ProxiesAllowed && r.Expected is "valid"))
        {
            var refused = Assert.IsType<CertificateVerdict.Refused>(Verify(row, policy));
            Assert.True(refused.Reason.Code is "certificate.proxy" or "certificate.limited-proxy", refused.Reason.Code);
        }
    }

    [Fact]
    public void A_proxy_of_a_proxy_is_traced_to_its_owner()
    {
        var row = Vectors
            .Rows<Row>("grid-proxies")
            .Single(r => r.Input.EndsWith("trusted_client.proxy_rfc.proxy_rfc_lim.grid_proxy", StringComparison.Ordinal));

        var accepted = Assert.IsType<CertificateVerdict.Accepted>(Verify(row, Corpus));

        Assert.Equal(CertificateKind.Person, accepted.EndEntity.Kind);
        Assert.Equal("trusted client", accepted.EndEntity.Subject.CommonNames[^1]);
        Assert.All(accepted.Chain, link => Assert.True(link.Ok));
    }

    [Theory]
    [InlineData("trusted_client_exp.cert", "certificate.expired")]
    [InlineData("trusted_client_rev.cert", "certificate.revoked")]
    [InlineData("trusted_client.proxy_rfc_lim.proxy_rfc.grid_proxy", "certificate.limited-proxy")]
    [InlineData("trusted_client.proxy_rfc_plen.proxy_rfc.proxy_rfc.grid_proxy", "certificate.path-broken")]
    [InlineData("subsubca_clientbaddn.proxy.grid_proxy", "certificate.signing-policy")]
    [InlineData("fake_client.proxy.grid_proxy", "certificate.issuer-unknown")]
    public void A_refused_chain_says_why(string input, string code)
    {
        var row = Vectors.Rows<Row>("grid-proxies").Single(r => r.Input.EndsWith("/" + input, StringComparison.Ordinal));

        var refused = Assert.IsType<CertificateVerdict.Refused>(Verify(row, Corpus));

        Assert.Equal(code, refused.Reason.Code);
    }

    private static CertificateVerdict Verify(Row row, CheckPolicy policy)
    {
        const string Folder = "grid-security/certificates/";
        var files = Vectors.Of("grid-proxies");
        var anchors = TrustAnchors.Read([
            .. files
                .Where(f => f.Key.StartsWith(Folder, StringComparison.Ordinal))
                .Select(f => new AnchorFile(f.Key[Folder.Length..], f.Value)),
        ]);
        var chain = Blocks(Encoding.ASCII.GetString(files[row.Input]));
        return CertificateCheck.Verify(chain[0], [.. chain.Skip(1)], anchors, Now, policy);
    }

    private static List<byte[]> Blocks(string pem)
    {
        var blocks = new List<byte[]>();
        while (PemEncoding.TryFind(pem, out var fields))
        {
            blocks.Add(Convert.FromBase64String(pem[fields.Base64Data]));
            pem = pem[fields.Location.End..];
        }

        return blocks;
    }

    private static string Describe(CertificateVerdict verdict) =>
        verdict is CertificateVerdict.Refused refused
            ? refused.Reason.Code + " " + string.Join(" | ", refused.Reason.Arguments)
            : "accepted";
}
