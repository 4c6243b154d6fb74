using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Muster.Server.Operator.Demo;
using Muster.Server.Tests.Http;
using Muster.Server.Web;
using Xunit;

namespace Muster.Server.Tests.Journeys;

/// <summary>
/// The allowance for proxies holds for the whole process, also where the process is the one that calls. A process of its own, for which the demo's root
/// is what it trusts: a proxy with the name of the called server is then good to the platform, and must not be to us.
/// </summary>
public sealed class OutgoingTlsTests
{
    private const string ServerPurpose = "1.3.6.1.5.5.7.3.1";
    private const string ClientPurpose = "1.3.6.1.5.5.7.3.2";

    [Fact]
    public async Task A_proxy_with_the_name_of_a_server_gets_no_mail_and_gives_no_list()
    {
        var ct = TestContext.Current.CancellationToken;
        using var installations = new Installations();
        await installations.MakeAsync(ct);
        await Task.Delay(TimeSpan.FromSeconds(2.5), TimeProvider.System, ct); // lists are dated to the second, and only a newer one is taken
        var port = DemoProcess.FreePorts();
        var (folder, authority) = installations.Copy(port);
        var mill = new CertificateMill(folder, TimeProvider.System.GetUtcNow());
        using var people = mill.People();
        using var root = mill.Root();
        // The client for mail asks whether a relay is revoked, so its authority has to say where that stands.
        using var published = new HttpListener();
        var list = $"http://127.0.0.1:{DemoProcess.FreePorts()}/";
        published.Prefixes.Add(list);
        published.Start();
        var (ofPeople, ofRoot) = (List(people), List(root));
        _ = PublishAsync(published, ofRoot);
        var server = mill.Person(
            "localhost",
            new Recipe
            {
                Purposes = [ServerPurpose],
                Issuer = mill.Root,
                Sends = () => [],
                More = [CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([list + "root.crl"])],
            }
        );
        var person = mill.Person("A Person", new Recipe { Purposes = [ClientPurpose, ServerPurpose] });
        var proxy = mill.Proxy(person, CertificateMill.RfcProxy("1.3.6.1.5.5.7.21.1"), "localhost");
        var mails = new List<string>();
        using var relay = new TlsServer(proxy, (reader, stream) => TakeMailAsync(reader, stream, mails));
        using var byProxy = new TlsServer(proxy, (reader, stream) => GiveAsync(reader, stream, ofPeople));
        using var byServer = new TlsServer(server, (reader, stream) => GiveAsync(reader, stream, ofRoot));
        foreach (var file in Directory.EnumerateFiles(authority.TrustFolder, "*.crl_url"))
            await File.WriteAllTextAsync(
                file,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"https://localhost:{(file.Contains("People", StringComparison.Ordinal) ? byProxy : byServer).Port}/list.crl\n"
                ),
                ct
            );

        await using var running = await ServerProcess.StartAsync(folder, 0, null, ct, Environment(folder, root, relay));
        bool Told(string words) => running.Text.Contains(words, StringComparison.Ordinal);
        await RegisterAsync(port, authority, ct);

        await UntilAsync(() => Told("failed at attempt 1") && Told("DemoGridPeopleCA.crl_url: anchor.crl-unreachable"), running, ct);
        await UntilAsync(() => Told("A new list of revoked certificates of DemoGridRootCA"), running, ct);
        Assert.Equal((true, true), (relay.Called > 0, byProxy.Called > 0));
        Assert.False(Told("A new list of revoked certificates of DemoGridPeopleCA"), running.Text);
        Assert.Empty(mails);

        // It was the certificate: the same relay under its own is given the mail that waits.
        relay.Shows = server;
        await UntilAsync(() => mails.Count > 0, running, ct);
        Assert.Contains("/confirm/", mails[0], StringComparison.Ordinal);
    }

    private static (string, string)[] Environment(string folder, X509Certificate2 root, TlsServer relay)
    {
        var trusted = Path.Combine(folder, "trusted.pem");
        File.WriteAllText(trusted, root.ExportCertificatePem() + "\n");
        return
        [
            ("SSL_CERT_FILE", trusted),
            ("HOME", folder), // where the platform keeps what it fetched
            ("SSL_CERT_DIR", Directory.CreateDirectory(Path.Combine(folder, "no-more")).FullName),
            ("MUSTER_Trust__FetchRevocationLists", "true"),
            ("MUSTER_Mail__SmtpHost", "localhost"),
            ("MUSTER_Mail__SmtpPort", relay.Port.ToString(CultureInfo.InvariantCulture)),
            ("MUSTER_Mail__SmtpSecurity", "tls"),
        ];
    }

    private static async Task PublishAsync(HttpListener published, byte[] list)
    {
        try
        {
            while (await published.GetContextAsync() is { } context)
            {
                await context.Response.OutputStream.WriteAsync(list);
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Disposed of.
        }
    }

    private static byte[] List(X509Certificate2 authority)
    {
        var now = TimeProvider.System.GetUtcNow();
        return CertificateMill.RevocationList(authority, now.AddSeconds(-1), now.AddDays(10), []);
    }

    private static async Task RegisterAsync(int port, DemoAuthority authority, CancellationToken ct)
    {
        var me = authority["on-list"];
        var portal = new PortalOptions { Origin = $"https://localhost:{port}", CertificateOrigin = $"https://localhost:{port + 1}" };
        using var browser = new DemoBrowser(portal, authority, me);
        await browser.GetAsync(portal.CertificateLink("/register/certificate"), "accountName", ct);
        await browser.PostAsync(form => (form["email"], form["aup"]) = (me.Email, "on"), "/registrations/R-", ct);
    }

    private static async Task UntilAsync(Func<bool> holds, ServerProcess running, CancellationToken ct)
    {
        for (var tries = 0; tries < 600 && !holds(); tries++)
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, ct);
        Assert.True(holds(), running.Text);
    }

    private static async Task GiveAsync(StreamReader reader, Stream stream, byte[] content)
    {
        while (await reader.ReadLineAsync() is { Length: > 0 }) { }
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"HTTP/1.1 200 OK\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n"
                )
            )
        );
        await stream.WriteAsync(content);
    }

    /// <summary>RFC 5321, as much of it as one mail needs.</summary>
    private static async Task TakeMailAsync(StreamReader reader, Stream stream, List<string> mails)
    {
        Task SayAsync(string line) => stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n")).AsTask();
        await SayAsync("220 localhost");
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line != "DATA")
            {
                await SayAsync(line == "QUIT" ? "221 goodbye" : "250 localhost");
                continue;
            }
            await SayAsync("354 go on");
            var mail = new StringBuilder();
            while (await reader.ReadLineAsync() is { } text and not ".")
                mail.AppendLine(text);
            mails.Add(mail.ToString());
            await SayAsync("250 taken");
        }
    }
}
