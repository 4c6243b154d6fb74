using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Muster.Server.Operator.Demo;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>A browser without a screen: cookies, redirects, a client certificate when it has one, and the form of the page it is on.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly Portal portal;
    private readonly X509Certificate2? certificate;
    private readonly HttpClient http;
    private Uri at;

    public Visitor(Portal portal, DemoCertificate? holder)
    {
        this.portal = portal;
        at = portal.Options.OriginUri;
        var own = File.ReadAllText(portal.Authority.ServerCertificatePath);
        using var server = X509Certificate2.CreateFromPem(own);
        var thumbprint = server.Thumbprint;
        var tls = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, seen, _, _) => seen is X509Certificate2 s && s.Thumbprint == thumbprint,
        };
        if (holder is not null)
        {
            certificate = X509Certificate2.CreateFromPemFile(holder.PemPath, holder.KeyPath);
            var context = SslStreamCertificateContext.Create(certificate, [.. Intermediates(holder)], offline: true);
            tls.ClientCertificateContext = context;
        }
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), SslOptions = tls });
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        http.DefaultRequestHeaders.ExpectContinue = true; // a body that is too large is refused before it is sent
        http.DefaultRequestHeaders.UserAgent.ParseAdd("muster-tests");
    }

    public int Status { get; private set; }
    public string Html { get; private set; } = "";
    public string Path => at.PathAndQuery;
    public string Text => FormReader.Text(Html);

    public async Task<Visitor> GetAsync(string url)
    {
        var target = url.StartsWith('/') ? portal.Options.Link(url) : url;
        return await TakeAsync(await http.GetAsync(new Uri(target), Ct));
    }

    /// <summary>Sends the main form of the page, changed by <paramref name="fill"/>; an empty value unticks or clears.</summary>
    public Task<Visitor> PostAsync(params (string Field, string Value)[] fill) => SubmitAsync(0, fill);

    /// <summary>The same for the form that has this field or this word in it.</summary>
    public Task<Visitor> PostFormAsync(string marker, params (string Field, string Value)[] fill) => SubmitAsync(FormIndex(marker), fill);

    public async Task<Visitor> SendAsync(string url, IEnumerable<KeyValuePair<string, string>> fields) =>
        await SendAsync(url, new FormUrlEncodedContent(fields));

    public async Task<Visitor> SendAsync(string url, HttpContent content)
    {
        using (content)
            return await TakeAsync(await http.PostAsync(new Uri(url.StartsWith('/') ? portal.Options.Link(url) : url), content, Ct));
    }

    /// <summary>A request of a program; the answer's status and document.</summary>
    /// <param name="body">Sent as JSON, or as it is where it is content already.</param>
    /// <param name="origin">As browsers name the page that sends.</param>
    public async Task<(int Status, JsonElement Body)> JsonAsync(HttpMethod method, string url, object? body = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(method, url.StartsWith('/') ? portal.Options.Link(url) : url);
        request.Headers.Accept.Clear();
        request.Headers.Accept.ParseAdd("application/json");
        if (body is not null)
            request.Content = body as HttpContent ?? JsonContent.Create(body);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        using var response = await http.SendAsync(request, Ct);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Ct));
    }

    /// <summary>What a program asks again: answer, text and the tag of the text.</summary>
    public async Task<(int Status, string Text, string Tag)> AskAsync(string path, string? seen)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, portal.Options.Link(path));
        if (seen is not null)
            request.Headers.IfNoneMatch.ParseAdd(seen);
        using var response = await http.SendAsync(request, Ct);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Ct), response.Headers.ETag?.ToString() ?? "");
    }

    public async Task<(int Status, byte[] Body)> HeadAsync(string path, Version version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, portal.Options.Link(path))
        {
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await http.SendAsync(request, Ct);
        return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(Ct));
    }

    public Dictionary<string, string> Fields(int form = 0) => Read(Forms()[form]).Values;

    public int FormIndex(string marker) => Forms().FindIndex(f => f.Contains(marker, StringComparison.Ordinal));

    public string Action(int form = 0) => Read(Forms()[form]).Action;

    public void Dispose()
    {
        http.Dispose();
        certificate?.Dispose();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<Visitor> SubmitAsync(int index, (string Field, string Value)[] fill)
    {
        var (action, values) = Read(Forms()[index]);
        foreach (var (field, value) in fill)
            if (value.Length == 0)
                values.Remove(field);
            else
                values[field] = value;
        using var content = new FormUrlEncodedContent(values);
        return await TakeAsync(await http.PostAsync(new Uri(at, action), content, Ct));
    }

    private async Task<Visitor> TakeAsync(HttpResponseMessage response)
    {
        using (response)
        {
            at = response.RequestMessage!.RequestUri!; // set by the client that sent it
            Status = (int)response.StatusCode;
            Html = await response.Content.ReadAsStringAsync(Ct);
        }
        return this;
    }

    private List<string> Forms() => FormReader.Forms(Html);

    private (string Action, Dictionary<string, string> Values) Read(string form)
    {
        var (action, values) = FormReader.Read(form);
        return (action ?? at.PathAndQuery, values);
    }

    private static IEnumerable<X509Certificate2> Intermediates(DemoCertificate holder)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(holder.PemPath);
        return all.Skip(1);
    }
}
