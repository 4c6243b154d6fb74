using System.Globalization;
using Muster.Core.X509;
using Xunit;

namespace Muster.Core.Tests.X509;

/// <summary>NIST PKITS (2011), all 211 cases; origin and licence in the vectors' README.</summary>
public class PkitsTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly CheckPolicy Strict = new()
    {
        PermitsHosts = true,
        RequiresClientPurpose = false,
        RequiresCrl = true,
        RequiresSubject = false,
        PermitsDsa = true,
        PermitsObsoleteDigests = true, // the DSA cases are signed with SHA-1
    };

    private sealed record Row(string Id, string Expected, string Anchor, string[] Chain, string[] Crls);

    [Fact]
    public void All_cases_have_the_expected_outcome_when_dsa_is_permitted()
    {
        var rows = Vectors.Rows<Row>("pkits");

        var wrong = rows.Select(row => (row, verdict: Verify(row, Strict)))
            .Where(r => r.verdict is CertificateVerdict.Accepted != (r.row.Expected is "valid"));

        Assert.Equal(211, rows.Count);
        Assert.Empty(wrong.Select(r => $"{r.row.Id} expected {r.row.Expected}: {Describe(r.verdict)}"));
    }

    /// <summary>Decision 0003.</summary>
    [Fact]
    public void The_dsa_cases_and_no_others_are_refused_as_weak_by_default()
    {
        var policy = Strict with { PermitsDsa = false };

        var weak = Vectors
            .Rows<Row>("pkits")
            .Where(row => Verify(row, policy) is CertificateVerdict.Refused { Reason.Code: "certificate.weak-key" });

        Assert.Equal(["4.1.4", "4.1.5", "4.1.6"], weak.Select(row => row.Id), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("4.2.6", "certificate.expired")]
    [InlineData("4.2.2", "certificate.not-yet-valid")]
    [InlineData("4.1.3", "certificate.path-broken")]
    [InlineData("4.4.3", "certificate.revoked")]
    [InlineData("4.4.11", "certificate.crl-expired")]
    public void A_refused_case_says_why(string id, string code)
    {
        var row = Vectors.Rows<Row>("pkits").Single(r => string.Equals(r.Id, id, StringComparison.Ordinal));

        var refused = Assert.IsType<CertificateVerdict.Refused>(Verify(row, Strict));

        Assert.Equal(code, refused.Reason.Code);
        Assert.Equal(code, Assert.Single(refused.Chain, link => !link.Ok).ReasonCode);
    }

    private static CertificateVerdict Verify(Row row, CheckPolicy policy)
    {
        var files = Vectors.Of("pkits");
        var folder = row
            .Crls.Select((crl, i) => new AnchorFile(string.Create(CultureInfo.InvariantCulture, $"{i}.r0"), files[$"crls/{crl}.crl"]))
            .Append(new AnchorFile("anchor.0", files[$"certs/{row.Anchor}.crt"]))
            .ToList();
        return CertificateCheck.Verify(
            files[$"certs/{row.Chain[0]}.crt"],
            [.. row.Chain.Skip(1).Select(name => files[$"certs/{name}.crt"])],
            TrustAnchors.Read(folder),
            Now,
            policy
        );
    }

    private static string Describe(CertificateVerdict verdict) =>
        verdict is CertificateVerdict.Refused refused
            ? refused.Reason.Code + " " + string.Join(" | ", refused.Reason.Arguments)
            : "accepted";
}
