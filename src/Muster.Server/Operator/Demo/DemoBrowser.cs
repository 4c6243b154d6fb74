using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Muster.Server.Web;

namespace Muster.Server.Operator.Demo;

/// <summary>A browser as small as it can be: cookies, redirects, a client certificate, and the forms of the page it is on.</summary>
internal sealed class DemoBrowser : IDisposable
{
    private readonly HttpClient http;
    private readonly X509Certificate2 certificate;
    private readonly X509Certificate2 root;
    private Uri at;
    private string page = "";

    public DemoBrowser(PortalOptions portal, DemoAuthority authority, DemoCertificate holder)
    {
        at = portal.OriginUri;
        certificate = X509Certificate2.CreateFromPemFile(holder.PemPath, holder.KeyPath);
        root = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(authority.TrustFolder, "DemoGridRootCA.pem"));
        var handler = new SocketsHttpHandler
        {
            CookieContainer = new CookieContainer(),
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = [certificate],
                LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate,
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { root },
                    RevocationMode = X509RevocationMode.NoCheck,
                    DisableCertificateDownloads = true,
                },
            },
        };
        http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(20) };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    /// <summary>Where the browser is and how the page begins; for the report of a step that did not hold.</summary>
    public string Seen => $"{at} – {(FormReader.Text(page) is { Length: > 240 } text ? text[..240] : FormReader.Text(page))}";

    public async Task GetAsync(string url, string expected, CancellationToken ct) =>
        await TakeAsync(await http.GetAsync(new Uri(url), ct), expected, ct);

    /// <summary>Sends the page's form with its own values, changed by <paramref name="fill"/>.</summary>
    public async Task PostAsync(Action<Dictionary<string, string>> fill, string expected, CancellationToken ct)
    {
        var (action, values) = MainForm();
        fill(values);
        using var content = new FormUrlEncodedContent(values);
        await TakeAsync(await http.PostAsync(new Uri(at, action), content, ct), expected, ct);
    }

    public string? FormValue(string field) => MainForm().Values.GetValueOrDefault(field);

    public void Dispose()
    {
        http.Dispose();
        certificate.Dispose();
        root.Dispose();
    }

    private async Task TakeAsync(HttpResponseMessage response, string expected, CancellationToken ct)
    {
        using (response)
        {
            at = response.RequestMessage!.RequestUri!; // set by the client that sent it
            page = await response.Content.ReadAsStringAsync(ct);
            if (
                !response.IsSuccessStatusCode
                || !(page.Contains(expected, StringComparison.Ordinal) || at.ToString().Contains(expected, StringComparison.Ordinal))
            )
                throw new DemoWalk.StepFailedException($"{(int)response.StatusCode}: {Seen}");
        }
    }

    private (string Action, Dictionary<string, string> Values) MainForm()
    {
        if (FormReader.Forms(page) is not [var form, ..])
            throw new DemoWalk.StepFailedException(Seen);
        var (action, values) = FormReader.Read(form);
        return (action ?? at.PathAndQuery, values);
    }
}
