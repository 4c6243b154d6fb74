using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Muster.Server.Operator.Demo;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>The handshake is lost with nobody: whatever is odd about a certificate or its chain, the visitor is answered.</summary>
public sealed class OddCertificateTests(Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData("self-signed", "certificate.issuer-unknown")]
    [InlineData("authority", "certificate.key-usage")]
    [InlineData("server-only", "certificate.key-usage")]
    [InlineData("unknown-critical-extension", "certificate.path-broken")]
    [InlineData("path-too-long", "certificate.path-broken")]
    [InlineData("authority-expired", "certificate.path-broken")]
    [InlineData("issuer-no-authority", "certificate.path-broken")]
    [InlineData("signature-changed", "certificate.path-broken")]
    [InlineData("many-sent", "certificate.not-on-list")]
    [InlineData("no-subject", "certificate.unreadable")]
    public async Task An_odd_certificate_is_answered(string oddity, string code)
    {
        using var visitor = portal.Visit(Make(oddity));

        await visitor.GetAsync(portal.Options.CertificateLink("/api/certificate"));

        Assert.Equal(200, visitor.Status);
        Assert.Equal(code, JsonDocument.Parse(visitor.Html).RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_extension_that_nobody_can_read_is_answered_when_sent_in()
    {
        // Presented, it ends in a closed connection: docs/deviations.md.
        var garbled = Make("garbled-extension");
        using var visitor = portal.Visit();

        await visitor.SendAsync(
            portal.Options.Link("/api/certificate"),
            new ByteArrayContent(await File.ReadAllBytesAsync(garbled.PemPath, TestContext.Current.CancellationToken))
        );

        Assert.Equal("certificate.unreadable", JsonDocument.Parse(visitor.Html).RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_authority_of_another_name_makes_a_stranger_of_nobody()
    {
        var me = portal.NextMember();
        var reissued = portal.Mill.Subject(me.Subject, new Recipe { Issuer = portal.Mill.Root });

        using var visitor = await portal.Visit(reissued).GetAsync(portal.Options.CertificateLink("/certificate"));

        Assert.Contains("It is on the members list", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("Demo Grid Root CA", visitor.Text, StringComparison.Ordinal);
    }

    private DemoCertificate Make(string oddity) =>
        oddity switch
        {
            "self-signed" => portal.Mill.Person("Odd", new Recipe { Issuer = () => Authority("/O=Odd/CN=Nobody", null), Sends = () => [] }),
            "authority" => portal.Mill.Person("Odd", new Recipe { IsAuthority = true }),
            "server-only" => portal.Mill.Person("Odd", new Recipe { Purposes = ["1.3.6.1.5.5.7.3.1"] }),
            "unknown-critical-extension" => portal.Mill.Person("Odd", new Recipe { More = [Extension("2.999.7", [5, 0], critical: true)] }),
            "garbled-extension" => portal.Mill.Person("Odd", new Recipe { More = [Extension("2.5.29.17", [0x30, 0x7F], critical: false)] }),
            "path-too-long" => Below(portal.Mill.People, isAuthority: true, TimeSpan.Zero),
            "authority-expired" => Below(portal.Mill.Root, isAuthority: true, TimeSpan.FromDays(-2)),
            "issuer-no-authority" => Below(portal.Mill.Root, isAuthority: false, TimeSpan.Zero),
            "signature-changed" => Changed(portal.Mill.Person("Odd")),
            "many-sent" => portal.Mill.Person(
                "Odd",
                new Recipe { Sends = () => [.. Enumerable.Range(0, 30).Select(_ => portal.Mill.People())] }
            ),
            _ => portal.Mill.Subject("", new Recipe()),
        };

    private DemoCertificate Below(Func<X509Certificate2> above, bool isAuthority, TimeSpan shift)
    {
        var between = Authority("/DC=org/DC=demo-grid/CN=Between", above, isAuthority, shift);
        return portal.Mill.Person(
            "Odd",
            new Recipe { Issuer = () => new X509Certificate2(between), Sends = () => [new X509Certificate2(between), portal.Mill.People()] }
        );
    }

    private X509Certificate2 Authority(string name, Func<X509Certificate2>? above, bool isAuthority = true, TimeSpan shift = default)
    {
        var key = RSA.Create(2048);
        var request = new CertificateRequest(
            new DemoDistinguishedName(name).ToX500(),
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        var (from, until) = (portal.Now.AddDays(-10) + shift, shift < TimeSpan.Zero ? portal.Now.AddDays(-1) : portal.Now.AddDays(300));
        if (above is null)
            return request.CreateSelfSigned(from, until);
        using var issuer = above();
        using var bare = request.Create(issuer, from, until, [0x41, 0x42, 0x43]);
        return bare.CopyWithPrivateKey(key);
    }

    private static DemoCertificate Changed(DemoCertificate made)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(made.PemPath);
        var der = all[0].RawData;
        der[^1] ^= 1;
        File.WriteAllText(
            made.PemPath,
            string.Join('\n', all.Skip(1).Select(c => c.ExportCertificatePem()).Prepend(PemEncoding.WriteString("CERTIFICATE", der))) + "\n"
        );
        return made;
    }

    private static X509Extension Extension(string oid, byte[] value, bool critical) => new(oid, value, critical);
}
