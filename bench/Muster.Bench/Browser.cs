using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Muster.Bench;

/// <summary>A browser that costs little: its own connections, cookies and redirects, and the fields of the page's form.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient http;
    private Uri at;
    private string page = "";

    public Browser(Site site, X509Certificate2? certificate)
    {
        at = site.Portal.OriginUri;
        var tls = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = site.IsOurs };
        if (certificate is not null)
        {
            tls.ClientCertificates = [certificate];
            tls.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), SslOptions = tls });
    }

    public string Path => at.AbsolutePath;

    public Task GetAsync(string url) => TakeAsync(http.GetAsync(new Uri(url)), HttpStatusCode.OK);

    public async Task PostAsync(params (string Field, string Value)[] fill)
    {
        var fields = Fields();
        foreach (var (field, value) in fill)
            fields[field] = value;
        using var content = new FormUrlEncodedContent(fields);
        await TakeAsync(http.PostAsync(at, content), HttpStatusCode.OK);
    }

    public void Dispose() => http.Dispose();

    private async Task TakeAsync(Task<HttpResponseMessage> sent, HttpStatusCode expected)
    {
        using var answer = await sent;
        page = await answer.Content.ReadAsStringAsync();
        at = answer.RequestMessage!.RequestUri!; // set by the client that sent it
        if (answer.StatusCode != expected)
            throw new InvalidOperationException($"{(int)answer.StatusCode} at {at}:\n{page}");
    }

    private Dictionary<string, string> Fields()
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var end = page.LastIndexOf("</main>", StringComparison.Ordinal);
        var from = page.IndexOf("<main", StringComparison.Ordinal);
        while ((from = page.IndexOf("<input", from, StringComparison.Ordinal)) >= 0 && from < end)
        {
            var tag = page.AsSpan(from, page.IndexOf('>', from) - from);
            from += tag.Length;
            var choice = Attribute(tag, " type=\"") is "radio" or "checkbox";
            if (Attribute(tag, " name=\"") is { } name && (!choice || tag.Contains(" checked", StringComparison.Ordinal)))
                fields[name] = WebUtility.HtmlDecode(Attribute(tag, " value=\"")) ?? "";
        }
        return fields;
    }

    private static string? Attribute(ReadOnlySpan<char> tag, string opening)
    {
        var start = tag.IndexOf(opening, StringComparison.Ordinal);
        if (start < 0)
            return null;
        var rest = tag[(start + opening.Length)..];
        return rest[..rest.IndexOf('"')].ToString();
    }
}
