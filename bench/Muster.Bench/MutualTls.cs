using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Muster.Bench;

/// <summary>CPU of one page over a new mutual-TLS connection: ours, with path, revocation and policy checked, beside bare Kestrel.</summary>
internal static class MutualTls
{
    private const int Rounds = 5;
    private const int PerRound = 300;
    private const string Page = "/certificate";

    public static async Task RunAsync()
    {
        await using var site = await Site.MakeAsync(Applicants.List(Rounds));
        await site.StartAsync();
        var people = Applicants.Certify(site, 0, Rounds + 1);
        var (port, bare) = StartBare(site);
        try
        {
            var bareOrigin = string.Create(CultureInfo.InvariantCulture, $"https://localhost:{port}/");
            await VisitAsync(site, bareOrigin, people[0], 300, patient: true);
            await VisitAsync(site, site.Portal.CertificateLink(Page), people[0], 300, patient: false);
            var (ours, theirs, ratios) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                theirs.Add(await CostAsync(site, bare.Id, bareOrigin, people[round + 1]));
                ours.Add(await CostAsync(site, site.Pid, site.Portal.CertificateLink(Page), people[round + 1]));
                ratios.Add(ours[^1] / theirs[^1]);
            }
            Program.Say(
                $"mtls: {new Spread(ours).Median:F2} ms of CPU for the page {Page} over a new connection, bare Kestrel {new Spread(theirs).Median:F2} ms: ratio {new Spread(ratios).Median:F2} ({Rounds} rounds of {PerRound})"
            );
        }
        finally
        {
            bare.Kill();
            await bare.WaitForExitAsync();
            bare.Dispose();
        }
    }

    private static (int Port, Process Bare) StartBare(Site site)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            [
                "bare",
                port.ToString(CultureInfo.InvariantCulture),
                site.Authority.ServerCertificatePath,
                site.Authority.ServerKeyPath,
                Path.Combine(site.Authority.TrustFolder, "DemoGridRootCA.pem"),
                Path.Combine(site.Authority.TrustFolder, "DemoGridPeopleCA.pem"),
            ]
        );
        return (port, Process.Start(start)!);
    }

    private static Task<double> CostAsync(Site site, int pid, string url, Applicant person) =>
        ProcessCost.EachAsync(pid, PerRound, () => VisitAsync(site, url, person, PerRound, patient: false));

    private static async Task VisitAsync(Site site, string url, Applicant person, int times, bool patient)
    {
        for (var i = 0; i < times; i++)
        {
            using var browser = new Browser(site, person.Certificate);
            try
            {
                await browser.GetAsync(url);
            }
            catch (HttpRequestException) when (patient && i == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
                i--;
            }
        }
    }
}
