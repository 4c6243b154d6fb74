using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Muster.Server.Operator.Demo;
using Muster.Server.Tests.Journeys;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>A portal that fetches lists from an authority's web server, which stands on the loopback.</summary>
public sealed class FetchingPortal : Portal
{
    private readonly HttpListener web = new();
    private readonly int port = DemoProcess.FreePorts();

    /// <summary>What the authority publishes; null for an error.</summary>
    public byte[]? Published { get; set; }

    protected override IReadOnlyDictionary<string, string?> MoreSettings =>
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["Trust:FetchRevocationLists"] = "true" };

    private protected override void Dress(DemoAuthority made)
    {
        var origin = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/");
        foreach (var file in Directory.EnumerateFiles(made.TrustFolder, "*.crl_url"))
            File.WriteAllText(file, file.Contains("People", StringComparison.Ordinal) ? origin + "people.crl\n" : origin + "root.crl\n");
        web.Prefixes.Add(origin);
        web.Start();
        _ = ServeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        web.Close();
        await base.DisposeAsync();
    }

    private async Task ServeAsync()
    {
        while (web.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await web.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            var body = context.Request.RawUrl == "/people.crl" ? Published : null;
            context.Response.StatusCode = body is null ? 500 : 200;
            if (body is not null)
                await context.Response.OutputStream.WriteAsync(body);
            context.Response.Close();
        }
    }
}

public sealed class FetchRevocationListTests(FetchingPortal portal) : IClassFixture<FetchingPortal>
{
    private static readonly TimeSpan Turn = TimeSpan.FromHours(7);

    [Fact]
    public async Task A_fresh_list_is_taken_over_and_everything_else_is_refused_and_named()
    {
        var me = portal.NextMember();
        await AssertCheckAsync(me, "It is on the members list");

        portal.Published = portal.Mill.RevocationList(TimeSpan.FromDays(10), me);
        await FetchAsync("anchor.crl-unreachable"); // of the other authority, which publishes nothing
        await AssertCheckAsync(me, "was revoked on");
        var files = Directory.GetFiles(portal.Authority.TrustFolder, "*.r0").Length;

        // Older, foreign, mutilated, useless: the list in use stays.
        portal.Published = portal.Mill.RevocationList(TimeSpan.FromDays(10), TimeSpan.FromDays(-2));
        await FetchAsync("anchor.crl-unreachable");
        portal.Published = Foreign();
        await FetchAsync("anchor.crl-wrong-signer");
        portal.Published = "<html>moved</html>"u8.ToArray();
        await FetchAsync("anchor.crl-not-a-list");
        portal.Published = portal.Mill.RevocationList(TimeSpan.FromMinutes(-1), TimeSpan.FromHours(-1));
        await FetchAsync("anchor.crl-out-of-date");
        portal.Published = null;
        await FetchAsync("anchor.crl-unreachable");
        await AssertCheckAsync(me, "was revoked on");

        portal.Published = portal.Mill.RevocationList(TimeSpan.FromDays(10));
        await FetchAsync("anchor.crl-unreachable");
        await AssertCheckAsync(me, "It is on the members list");
        Assert.Equal(files, Directory.GetFiles(portal.Authority.TrustFolder, "*.r0").Length);
        Assert.Empty(Directory.GetFiles(portal.Authority.TrustFolder, "*.unfinished"));
    }

    private byte[] Foreign()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        using var people = portal.Mill.People();
        var request = new CertificateRequest(
            people.SubjectName,
            key,
            System.Security.Cryptography.HashAlgorithmName.SHA256,
            System.Security.Cryptography.RSASignaturePadding.Pkcs1
        );
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var forged = request.CreateSelfSigned(portal.Now.AddDays(-1), portal.Now.AddDays(100));
        return CertificateMill.RevocationList(forged, portal.Now, portal.Now.AddDays(10), []);
    }

    private async Task FetchAsync(string code)
    {
        var trust = portal.Services.GetRequiredService<Web.TrustFolder>();
        await portal.LaterAsync(Turn);
        for (var tries = 0; tries < 200 && !trust.FetchProblems.Any(p => p.ReasonCode == code); tries++)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Contains(trust.FetchProblems, p => p.ReasonCode == code);
        await portal.LaterAsync(TimeSpan.FromSeconds(6));
        using var visitor = portal.Visit();
        var (_, health) = await visitor.JsonAsync(HttpMethod.Get, "/health/ready");
        Assert.Contains(code, health.GetProperty("anchorProblems").ToString(), StringComparison.Ordinal);
    }

    private async Task AssertCheckAsync(DemoCertificate certificate, string words)
    {
        using var visitor = portal.Visit(certificate);
        for (var tries = 0; tries < 50; tries++)
        {
            await visitor.GetAsync(portal.Options.CertificateLink("/certificate"));
            if (visitor.Text.Contains(words, StringComparison.Ordinal))
                return;
            await portal.LaterAsync(TimeSpan.FromSeconds(6));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        Assert.Contains(words, visitor.Text, StringComparison.Ordinal);
    }
}
