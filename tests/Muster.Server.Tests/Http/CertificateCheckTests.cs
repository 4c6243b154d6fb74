using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Muster.Core.X509;
using Muster.Server.Operator.Demo;
using Muster.Server.Tests.Operator;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>Every case that a visitor can bring ends in a page with its own sentence, over real TLS.</summary>
public sealed class CertificateCheckTests(Portal portal) : IClassFixture<Portal>
{
    private const string InheritAll = "1.3.6.1.5.5.7.21.1";
    private const string Limited = "1.3.6.1.4.1.3536.1.1.1.9";

    [Fact]
    public async Task Without_a_certificate_the_page_says_how_to_present_one() =>
        await AssertToldAsync(null, "certificate.none", "Your browser presented no certificate");

    [Fact]
    public async Task Where_no_certificate_is_asked_for_a_program_is_told_where_to_present_it()
    {
        using var program = portal.Visit(portal.NextMember());

        foreach (var path in new[] { "/api/certificate", "/certificate" })
        {
            var (status, report) = await program.JsonAsync(HttpMethod.Get, portal.Options.Link(path));

            Assert.Equal((200, "certificate.not-asked-for"), (status, report.GetProperty("code").GetString()));
            Assert.False(report.GetProperty("ok").GetBoolean());
            Assert.Contains(
                portal.Options.CertificateLink("/api/certificate"),
                report.GetProperty("hint").GetString(),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task An_expired_one_is_told_with_its_date() =>
        await AssertToldAsync(portal.Authority[DemoCast.Expired], "certificate.expired", "The certificate expired on");

    [Fact]
    public async Task One_that_is_not_valid_yet_is_told_with_its_date() =>
        await AssertToldAsync(
            portal.Mill.Person("Early Bird", new Recipe { From = TimeSpan.FromDays(2) }),
            "certificate.not-yet-valid",
            "is not valid before"
        );

    [Fact]
    public async Task An_authority_that_is_not_known_here_is_named() =>
        await AssertToldAsync(portal.Authority[DemoCast.UnknownAuthority], "certificate.issuer-unknown", "Elsewhere Grid CA");

    [Fact]
    public async Task A_known_authority_that_did_not_sign_is_a_broken_path()
    {
        using var key = RSA.Create(2048);
        X509Certificate2 Impostor()
        {
            using var real = portal.Mill.People();
            var request = new CertificateRequest(real.SubjectName, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return request.CreateSelfSigned(portal.Now.AddDays(-10), portal.Now.AddDays(1000));
        }
        var forged = portal.Mill.Person("Forged Person", new Recipe { Issuer = Impostor });

        await AssertToldAsync(forged, "certificate.path-broken", "is not properly vouched for by");
    }

    [Fact]
    public async Task A_revoked_one_is_told_with_date_and_reason() =>
        await AssertToldAsync(portal.Authority[DemoCast.Revoked], "certificate.revoked", "keyCompromise");

    [Fact]
    public async Task A_name_that_the_authority_may_not_give_is_told() =>
        await AssertToldAsync(
            portal.Mill.Subject("/DC=com/DC=elsewhere/CN=Out Of Bounds", new Recipe()),
            "certificate.signing-policy",
            "may not issue certificates with the name"
        );

    [Theory]
    [InlineData("rfc")]
    [InlineData("draft")]
    [InlineData("legacy")]
    public async Task A_proxy_of_each_kind_is_told_and_not_cut_off(string kind)
    {
        var proxy = kind switch
        {
            "rfc" => portal.Mill.Proxy(portal.NextMember(), CertificateMill.RfcProxy(InheritAll), "1234567"),
            "draft" => portal.Mill.Proxy(portal.NextMember(), CertificateMill.DraftProxy(InheritAll), "7654321"),
            _ => portal.Mill.Proxy(portal.NextMember(), null, "proxy"),
        };

        await AssertToldAsync(proxy, "certificate.proxy", "This is a proxy, not the certificate itself");
    }

    [Fact]
    public async Task A_limited_proxy_and_a_proxy_of_a_proxy_are_told()
    {
        var limited = portal.Mill.Proxy(portal.NextMember(), CertificateMill.RfcProxy(Limited), "99");
        var first = portal.Mill.Proxy(portal.NextMember(), CertificateMill.RfcProxy(InheritAll, 1), "100");
        var second = portal.Mill.Proxy(first, CertificateMill.RfcProxy(InheritAll, 0), "101");

        await AssertToldAsync(limited, "certificate.limited-proxy", "This is a limited proxy");
        await AssertToldAsync(second, "certificate.proxy", "This is a proxy");
    }

    [Fact]
    public async Task A_proxy_does_not_register()
    {
        var proxy = portal.Mill.Proxy(portal.NextMember(), CertificateMill.RfcProxy(InheritAll), "4711");

        using var visitor = await portal.Visit(proxy).GetAsync(portal.Options.CertificateLink("/register/certificate"));

        visitor.AssertRefused(403, "certificate.proxy");
    }

    [Fact]
    public async Task The_certificate_of_a_machine_is_told() =>
        await AssertToldAsync(
            portal.Mill.Person("se01.grid.example.org", new Recipe { Purposes = ["1.3.6.1.5.5.7.3.2"] }),
            "certificate.host",
            "the certificate of a machine"
        );

    [Fact]
    public async Task A_certificate_made_for_something_else_is_told()
    {
        await AssertToldAsync(
            portal.Mill.Person("Code Signer", new Recipe { Purposes = ["1.3.6.1.5.5.7.3.3"] }),
            "certificate.key-usage",
            "not made for signing in"
        );
        await AssertToldAsync(
            portal.Mill.Person("Key Wrapper", new Recipe { Usage = X509KeyUsageFlags.KeyEncipherment }),
            "certificate.key-usage",
            "not made for signing in"
        );
    }

    [Theory]
    [InlineData("RSA 1024")]
    [InlineData("SHA-1")]
    public void A_short_key_and_a_digest_of_yesterday_are_told(string weakness)
    {
        var recipe = weakness == "SHA-1" ? new Recipe { Digest = HashAlgorithmName.SHA1 } : new Recipe { Key = () => RSA.Create(1024) };
        var weak = portal.Mill.Person("Weak Person", recipe);
        var host = portal.Options.CertificateOriginUri.Authority;

        // The platform's own client does not even begin with such a certificate; this one is told not to mind. HTTP/1.0 comes in one piece.
        string Ask(string path) =>
            OpenSsl
                .RunIn(
                    null,
                    $"GET {path} HTTP/1.0\r\nHost: {host}\r\nAccept: text/html\r\n\r\n",
                    [
                        "s_client",
                        "-connect",
                        host,
                        "-cert",
                        weak.PemPath,
                        "-key",
                        weak.KeyPath,
                        "-cipher",
                        "ALL:@SECLEVEL=0",
                        "-quiet",
                        "-ign_eof",
                    ]
                )
                .Text;
        var (report, page) = (Ask("/api/certificate"), Ask("/certificate"));

        Assert.Contains("HTTP/1.1 200 OK", report, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"certificate.weak-key\"", report, StringComparison.Ordinal);
        Assert.Contains($"too weak: {weakness}", report, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 200 OK", page, StringComparison.Ordinal);
        Assert.Contains("/help/codes#certificate.weak-key\"", page, StringComparison.Ordinal);
        Assert.Contains($"too weak: {weakness}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_robot_is_recognised_and_does_not_register()
    {
        var robot = portal.Mill.Person("Robot: Data Mover - Ada Lovelace");
        await AssertToldAsync(robot, "certificate.robot", "the certificate of a robot", ok: true);

        using var visitor = await portal.Visit(robot).GetAsync(portal.Options.CertificateLink("/register/certificate"));

        visitor.AssertRefused(403, "certificate.robot");
        Assert.Contains("A robot does not register.", visitor.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_one_whose_subject_the_list_does_not_know_is_told_so() =>
        await AssertToldAsync(portal.Mill.Person("Unlisted Stranger"), "certificate.not-on-list", "not on the members list", ok: true);

    [Fact]
    public async Task A_good_one_of_a_member_says_how_long_it_lasts()
    {
        var me = portal.NextMember();
        using var visitor = await CheckAsync(me);
        using var program = portal.Visit(me);
        var (status, report) = await program.JsonAsync(HttpMethod.Get, portal.Options.CertificateLink("/api/certificate"));

        Assert.Contains("It is on the members list", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("395 days left", visitor.Text, StringComparison.Ordinal);
        Assert.Equal(200, status);
        Assert.True(report.GetProperty("ok").GetBoolean());
        Assert.Equal("known", report.GetProperty("membership").GetString());
        Assert.Equal(me.Subject, report.GetProperty("certificate").GetProperty("subject").GetString());
        Assert.Equal(3, report.GetProperty("chain").GetArrayLength());
    }

    [Fact]
    public async Task The_chain_goes_from_the_authority_to_the_person_and_marks_the_link_at_fault()
    {
        using var visitor = await CheckAsync(portal.Authority[DemoCast.Revoked]);
        var links = visitor.Html.Split("<li class=\"")[1..].Select(l => l.Split('"')[0]).Where(c => c is "ok" or "bad");

        Assert.Equal(["ok", "ok", "bad"], links);
        Assert.True(
            visitor.Html.IndexOf("CN=Demo Grid Root CA", StringComparison.Ordinal)
                < visitor.Html.LastIndexOf("CN=Demo Grid People CA", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task What_is_sent_in_is_checked_and_membership_is_not_given_away()
    {
        var member = portal.NextMember();
        using var visitor = portal.Visit();
        var (status, report) = await SendInAsync(visitor, await File.ReadAllBytesAsync(member.PemPath, Ct));

        Assert.Equal(200, status);
        Assert.True(report.GetProperty("ok").GetBoolean());
        Assert.False(report.TryGetProperty("membership", out _));
    }

    [Fact]
    public async Task A_file_is_checked_on_the_page_too()
    {
        using var visitor = await portal.Visit().GetAsync(portal.Options.CertificateLink("/certificate"));
        var (action, token) = (visitor.Action(), visitor.Fields()["formToken"]);
        using var content = new MultipartFormDataContent
        {
            { new StringContent(token), "formToken" },
            { new ByteArrayContent(await File.ReadAllBytesAsync(portal.Authority[DemoCast.Expired].PemPath, Ct)), "file", "usercert.pem" },
        };

        await visitor.SendAsync(portal.Options.CertificateLink(action), content);

        Assert.Equal(200, visitor.Status);
        Assert.Contains("The certificate expired on", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("certificate.expired", visitor.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_key_is_refused_and_shown_nowhere()
    {
        var me = portal.NextMember();
        var key = await File.ReadAllTextAsync(me.KeyPath, Ct);
        using var visitor = await portal.Visit().GetAsync(portal.Options.CertificateLink("/certificate"));

        await visitor.PostAsync(("text", key));

        visitor.AssertRefused(422, "certificate.private-key");
        Assert.DoesNotContain(key.Split('\n')[2], visitor.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "certificate.no-file")]
    [InlineData("good morning", "certificate.not-in-file")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "certificate.unreadable")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n", "certificate.private-key")]
    public async Task Something_else_is_refused_by_name(string text, string code)
    {
        using var visitor = portal.Visit();

        var (status, report) = await SendInAsync(visitor, System.Text.Encoding.UTF8.GetBytes(text));

        Assert.Equal(422, status);
        Assert.Equal(code, report.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_pkcs12_file_is_refused_by_name()
    {
        using var visitor = portal.Visit();

        var (status, report) = await SendInAsync(visitor, await File.ReadAllBytesAsync(portal.Authority["on-list"].P12Path, Ct));

        Assert.Equal((422, "certificate.pkcs12"), (status, report.GetProperty("code").GetString()));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<(int, JsonElement)> SendInAsync(Visitor visitor, byte[] content)
    {
        await visitor.SendAsync(portal.Options.Link("/api/certificate"), new ByteArrayContent(content));
        return (visitor.Status, JsonDocument.Parse(visitor.Html).RootElement);
    }

    private Task<Visitor> CheckAsync(DemoCertificate? certificate) =>
        portal.Visit(certificate).GetAsync(portal.Options.CertificateLink("/certificate"));

    /// <summary>On the page and in the document, with the code, the sentence, a link to the help entry, and that entry.</summary>
    private async Task AssertToldAsync(DemoCertificate? certificate, string code, string words, bool ok = false)
    {
        using var visitor = await CheckAsync(certificate);
        using var program = portal.Visit(certificate);
        var (status, report) = await program.JsonAsync(HttpMethod.Get, portal.Options.CertificateLink("/api/certificate"));

        Assert.Equal(200, visitor.Status);
        Assert.Contains(words, visitor.Text, StringComparison.Ordinal);
        Assert.Contains($"/help/codes#{code}\"", visitor.Html, StringComparison.Ordinal);
        Assert.Equal(200, status);
        Assert.Equal((code, ok), (report.GetProperty("code").GetString(), report.GetProperty("ok").GetBoolean()));
        Assert.Contains(
            words.Split(" expired on")[0].Split("Your browser")[0],
            report.GetProperty("sentence").GetString(),
            StringComparison.Ordinal
        );
        await visitor.GetAsync(report.GetProperty("help").GetString()!);
        Assert.Contains($"id=\"{code}\"", visitor.Html, StringComparison.Ordinal);
    }
}
