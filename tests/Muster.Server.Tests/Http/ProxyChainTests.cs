using System.Text.Json;
using Muster.Server.Operator.Demo;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>What stands above a proxy is told as well: it is what its holder should have presented.</summary>
public sealed class ProxyChainTests(Portal portal) : IClassFixture<Portal>
{
    private const string InheritAll = "1.3.6.1.5.5.7.21.1";
    private const string End = "-----END CERTIFICATE-----\n";
    private const string Limited = "1.3.6.1.4.1.3536.1.1.1.9";

    [Fact]
    public async Task A_proxy_is_drawn_below_its_owner_and_the_authorities_and_each_is_judged()
    {
        var first = portal.Mill.Proxy(portal.NextMember(), CertificateMill.RfcProxy(Limited, 1), "200");
        var second = portal.Mill.Proxy(first, CertificateMill.RfcProxy(Limited, 0), "201");
        var ofRevoked = portal.Mill.Proxy(portal.Authority[DemoCast.Revoked], CertificateMill.RfcProxy(InheritAll), "202");

        Assert.Equal(
            ["", "", "", "certificate.limited-proxy", "certificate.limited-proxy"],
            await DrawnAsync(second, ["ok", "ok", "ok", "bad", "bad"])
        );
        Assert.Equal(["", "", "certificate.revoked", "certificate.proxy"], await DrawnAsync(ofRevoked, ["ok", "ok", "bad", "bad"]));
    }

    [Fact]
    public async Task A_refused_proxy_is_drawn_by_names_and_no_key_that_a_stranger_sent_is_opened()
    {
        var me = portal.NextMember();
        var proxy = portal.Mill.Proxy(me, CertificateMill.RfcProxy(InheritAll), "400");
        var namesake = portal.Mill.Subject(me.Subject, new Recipe());
        var pem = await File.ReadAllTextAsync(proxy.PemPath, TestContext.Current.CancellationToken);
        using var visitor = portal.Visit();

        await visitor.SendAsync(
            portal.Options.Link("/api/certificate"),
            new StringContent(
                pem[..(pem.IndexOf(End, StringComparison.Ordinal) + End.Length)]
                    + await File.ReadAllTextAsync(namesake.PemPath, TestContext.Current.CancellationToken)
            )
        );

        var report = JsonDocument.Parse(visitor.Html).RootElement;
        Assert.Equal("certificate.proxy", report.GetProperty("code").GetString());
        Assert.Equal([false, true, true, true], report.GetProperty("chain").EnumerateArray().Select(l => l.GetProperty("ok").GetBoolean()));
    }

    [Fact]
    public async Task A_proxy_whose_owner_was_not_sent_is_drawn_as_far_as_it_goes()
    {
        var first = portal.Mill.Proxy(portal.NextMember(), CertificateMill.RfcProxy(InheritAll, 1), "300");
        var second = portal.Mill.Proxy(first, CertificateMill.RfcProxy(InheritAll, 0), "301");
        var pem = await File.ReadAllTextAsync(second.PemPath, TestContext.Current.CancellationToken);
        using var visitor = portal.Visit();

        await visitor.SendAsync(
            portal.Options.Link("/api/certificate"),
            new StringContent(string.Concat(pem.Split(End).Take(2).Select(part => part + End)))
        );

        var report = JsonDocument.Parse(visitor.Html).RootElement;
        Assert.Equal("certificate.proxy", report.GetProperty("code").GetString());
        Assert.Equal(
            [second.Subject, first.Subject],
            report.GetProperty("chain").EnumerateArray().Select(l => l.GetProperty("subject").GetString())
        );
    }

    /// <summary>The codes in the document, from the authority down; the marks on the page must be these.</summary>
    private async Task<string?[]> DrawnAsync(DemoCertificate certificate, string[] marks)
    {
        using var visitor = await portal.Visit(certificate).GetAsync(portal.Options.CertificateLink("/certificate"));
        using var program = portal.Visit(certificate);
        var (_, report) = await program.JsonAsync(HttpMethod.Get, portal.Options.CertificateLink("/api/certificate"));

        Assert.Equal(marks, visitor.Html.Split("<li class=\"")[1..].Select(l => l.Split('"')[0]).Where(c => c is "ok" or "bad"));
        return
        [
            .. report
                .GetProperty("chain")
                .EnumerateArray()
                .Reverse()
                .Select(l => l.TryGetProperty("code", out var code) ? code.GetString() : ""),
        ];
    }
}
