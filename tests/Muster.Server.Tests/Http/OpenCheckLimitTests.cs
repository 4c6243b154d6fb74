using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>Three certificates a minute, so that the limit is met before it is lifted again.</summary>
public sealed class SparingPortal : Portal
{
    protected override IReadOnlyDictionary<string, string?> MoreSettings =>
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["Portal:ChecksPerMinute"] = "3" };
}

public sealed class OpenCheckLimitTests(SparingPortal portal) : IClassFixture<SparingPortal>
{
    [Fact]
    public async Task Who_sends_in_too_many_is_asked_to_wait_and_others_are_not()
    {
        var pem = await File.ReadAllBytesAsync(portal.NextMember().PemPath, Ct);
        using var here = Client(IPAddress.Loopback);
        using var elsewhere = Client(IPAddress.Parse("127.0.0.2"));

        for (var one = 0; one < 3; one++)
            Assert.Equal(HttpStatusCode.OK, (await SendAsync(here, pem)).StatusCode);
        using var refused = await SendAsync(here, pem);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Ct);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("request.slow-down", problem.GetProperty("code").GetString());
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 20);
        Assert.Contains($"In {refused.Headers.RetryAfter} seconds", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(elsewhere, pem)).StatusCode);

        // The page counts with it, and says so as a page; to present a certificate is not counted.
        using var visitor = await portal.Visit().GetAsync(portal.Options.CertificateLink("/certificate"));
        Assert.Equal(200, visitor.Status);
        await visitor.PostAsync(("text", "good morning"));
        visitor.AssertRefused(429, "request.slow-down");
        Assert.Contains("muster doctor certificate", visitor.Text, StringComparison.Ordinal);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Task<HttpResponseMessage> SendAsync(HttpClient client, byte[] pem) =>
        client.PostAsync(new Uri(portal.Options.Link("/api/certificate")), new ByteArrayContent(pem), Ct);

    /// <summary>Comes from this address of the loopback network.</summary>
    private HttpClient Client(IPAddress from)
    {
        using var server = X509Certificate2.CreateFromPem(File.ReadAllText(portal.Authority.ServerCertificatePath));
        var own = server.Thumbprint;
        return new HttpClient(
            new SocketsHttpHandler
            {
                SslOptions = new()
                {
                    RemoteCertificateValidationCallback = (_, seen, _, _) => seen is X509Certificate2 s && s.Thumbprint == own,
                },
                ConnectCallback = async (context, ct) =>
                {
                    var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                    socket.Bind(new IPEndPoint(from, 0));
                    await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), ct);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            }
        );
    }
}
