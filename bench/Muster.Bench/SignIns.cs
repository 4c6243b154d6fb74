using System.Net;
using Muster.Core.Accounts;
using Muster.Server.Register.Accounts;

namespace Muster.Bench;

/// <summary>CPU of a sign-in with a password, both requests of it, beside the native Argon2id check alone; turn about, so that both see the same machine.</summary>
internal static class SignIns
{
    private const int WarmUp = 600;
    private const int Rounds = 15;
    private const int PerRound = 30;
    private const string Password = "a sentence that nobody has used before";

    public static async Task RunAsync()
    {
        await using var site = await Site.MakeAsync(Applicants.List(1));
        using var mails = new Mailboxes(site.MailFolder);
        await site.StartAsync();
        var person = Applicants.Certify(site, 0, 1)[0];
        await Journey.WalkAsync(site, person, mails);
        using var browser = new Browser(site, null);
        await browser.GetAsync(await mails.LinkAsync(person.Email, "/password/set/"));
        await browser.PostAsync(("password", Password), ("repeat", Password));
        using var hashing = new PasswordHashing();
        var secret = new PlainTextPassword(Password);
        var hash = await hashing.HashAsync(secret, CancellationToken.None);

        using var http = new HttpClient(
            new SocketsHttpHandler
            {
                UseCookies = false,
                AllowAutoRedirect = false,
                SslOptions = { RemoteCertificateValidationCallback = site.IsOurs },
            }
        );
        await SignInAsync(WarmUp);
        await CheckAsync(WarmUp / 5);
        var ratios = new List<double>();
        var (ours, alone) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            alone.Add(await ProcessCost.EachAsync(Environment.ProcessId, PerRound, () => CheckAsync(PerRound)));
            ours.Add(await ProcessCost.EachAsync(site.Pid, PerRound, () => SignInAsync(PerRound)));
            ratios.Add(ours[^1] / alone[^1]);
        }
        Program.Say(
            $"sign-in: {new Spread(ours).Median:F1} ms of CPU, the Argon2id check alone {new Spread(alone).Median:F1} ms: ratio {new Spread(ratios).Median:F2} ({Rounds} rounds of {PerRound})"
        );

        async Task SignInAsync(int times)
        {
            for (var i = 0; i < times; i++)
                await SignInOnceAsync(http, site.Portal.Link("/sign-in"), person.Email);
        }

        async Task CheckAsync(int times)
        {
            for (var i = 0; i < times; i++)
                if (!await hashing.VerifyAsync(hash, secret, CancellationToken.None))
                    throw new InvalidOperationException("The check said no.");
        }
    }

    /// <summary>The page and its form, as a visitor whom the server has not seen before, over a connection that is kept.</summary>
    private static async Task SignInOnceAsync(HttpClient http, string url, string account)
    {
        using var page = await http.GetAsync(new Uri(url));
        var html = await page.Content.ReadAsStringAsync();
        var at = html.IndexOf("value=\"", html.IndexOf("name=\"formToken\"", StringComparison.Ordinal), StringComparison.Ordinal) + 7;
        using var form = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Headers = { { "Cookie", page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]) } },
            Content = new FormUrlEncodedContent([
                new("account", account),
                new("password", Password),
                new("formToken", html[at..html.IndexOf('"', at)]),
            ]),
        };
        using var answer = await http.SendAsync(form);
        if (answer.StatusCode != HttpStatusCode.Redirect)
            throw new InvalidOperationException($"Not signed in: {answer.StatusCode}");
    }
}
