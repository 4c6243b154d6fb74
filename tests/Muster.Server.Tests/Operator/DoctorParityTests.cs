using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Muster.Server.Operator.Demo;
using Muster.Server.Tests.Http;
using Xunit;

namespace Muster.Server.Tests.Operator;

/// <summary>The command line and the portal answer word for word the same about the same file.</summary>
public sealed class DoctorParityTests(Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData("good", null)]
    [InlineData("robot", "certificate.robot")]
    [InlineData("expired", "certificate.expired")]
    [InlineData("early", "certificate.not-yet-valid")]
    [InlineData("stranger", "certificate.issuer-unknown")]
    [InlineData("forged", "certificate.path-broken")]
    [InlineData("revoked", "certificate.revoked")]
    [InlineData("misnamed", "certificate.signing-policy")]
    [InlineData("proxy", "certificate.proxy")]
    [InlineData("limited", "certificate.limited-proxy")]
    [InlineData("host", "certificate.host")]
    [InlineData("signer", "certificate.key-usage")]
    [InlineData("short", "certificate.weak-key")]
    [InlineData("sha-1", "certificate.weak-key")]
    [InlineData("nameless", "certificate.unreadable")]
    public Task Both_tell_the_same(string which, string? code) => AssertSameAsync(portal, Make(which), code);

    internal static async Task AssertSameAsync(Portal portal, DemoCertificate certificate, string? code)
    {
        var at = portal.Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var trust = portal.Authority.TrustFolder;
        var (exit, text) = DoctorTests.Doctor("certificate", certificate.PemPath, "--trust", trust, "--at", at, "--json");
        using var visitor = portal.Visit();
        await visitor.SendAsync(
            portal.Options.Link("/api/certificate"),
            new ByteArrayContent(await File.ReadAllBytesAsync(certificate.PemPath, TestContext.Current.CancellationToken))
        );

        using var told = JsonDocument.Parse(text);
        using var answered = JsonDocument.Parse(visitor.Html);
        Assert.Equal(code, told.RootElement.TryGetProperty("code", out var said) ? said.GetString() : null);
        Assert.Equal(told.RootElement.GetProperty("ok").GetBoolean() ? 0 : 1, exit);
        Assert.True(JsonElement.DeepEquals(told.RootElement, answered.RootElement), text + visitor.Html);
    }

    private DemoCertificate Make(string which) =>
        which switch
        {
            "robot" => portal.Mill.Person("Robot: Data Mover - Ada Lovelace"),
            "expired" => portal.Authority[DemoCast.Expired],
            "early" => portal.Mill.Person("Early Bird", new Recipe { From = TimeSpan.FromDays(2) }),
            "stranger" => portal.Authority[DemoCast.UnknownAuthority],
            "forged" => portal.Mill.Person("Forged Person", new Recipe { Issuer = Impostor }),
            "revoked" => portal.Authority[DemoCast.Revoked],
            "misnamed" => portal.Mill.Subject("/DC=com/DC=elsewhere/CN=Out Of Bounds", new Recipe()),
            "proxy" => portal.Mill.Proxy(portal.NextMember(), CertificateMill.RfcProxy("1.3.6.1.5.5.7.21.1"), "12345"),
            "limited" => portal.Mill.Proxy(portal.NextMember(), CertificateMill.RfcProxy("1.3.6.1.4.1.3536.1.1.1.9"), "99"),
            "host" => portal.Mill.Person("se01.grid.example.org"),
            "signer" => portal.Mill.Person("Code Signer", new Recipe { Purposes = ["1.3.6.1.5.5.7.3.3"] }),
            "short" => portal.Mill.Person("Weak Person", new Recipe { Key = () => RSA.Create(1024) }),
            "sha-1" => portal.Mill.Person("Weak Person", new Recipe { Digest = HashAlgorithmName.SHA1 }),
            "nameless" => portal.Mill.Subject("", new Recipe()),
            _ => portal.NextMember(),
        };

    private X509Certificate2 Impostor()
    {
        using var real = portal.Mill.People();
        var key = RSA.Create(2048);
        var request = new CertificateRequest(real.SubjectName, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(portal.Now.AddDays(-10), portal.Now.AddDays(1000));
    }
}
