using System.Globalization;
using System.Text.Json;
using Muster.Core.Accounts;
using Muster.Server.Operator.Demo;
using Muster.Server.Register.Accounts;

namespace Muster.Bench;

/// <summary>The registrar's pages on a large register, signed in, as the browser gets them. The accounts are few; people and memberships are many.</summary>
internal static class DeskPages
{
    private const int Questions = 30;

    public static async Task RunAsync(string[] rest)
    {
        var size = rest is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 100_000;
        using var hashing = new PasswordHashing();
        var hash = await hashing.HashAsync(new PlainTextPassword(Searches.Password), CancellationToken.None);
        await using var site = await Site.MakeAsync([], hash);
        await Searches.FillAsync(new SearchDatabase(null, null).Open(site.Folder), size);
        await site.StartAsync();
        using var http = Searches.Client(site);
        await Searches.SignInAsync(http, site);

        using var found = JsonDocument.Parse(await http.GetStringAsync(new Uri(site.Portal.Link("/api/people?q=ka"))));
        var person = found.RootElement.GetProperty("people")[0].GetProperty("id").GetGuid();
        using var institutes = JsonDocument.Parse(await http.GetStringAsync(new Uri(site.Portal.Link("/api/institutes"))));
        var institute = institutes.RootElement[3].GetProperty("id").GetGuid();
        string[] pages =
        [
            "/desk",
            "/desk/people",
            "/desk/people?q=ka",
            "/desk/people?on=2021-05-01",
            $"/desk/people/{person}",
            "/desk/institutes",
            $"/desk/institutes/{institute}",
            "/desk/expiring",
            "/desk/numbers",
            "/desk/roles",
            "/desk/rounds",
            "/desk/import",
            "/desk/author-list",
            "/desk/certificates",
        ];
        foreach (var page in pages)
            await Searches.AskAsync(http, site, () => page, Questions);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        foreach (var page in pages)
        {
            var times = new List<double>();
            var cpu = await ProcessCost.EachAsync(
                site.Pid,
                Questions,
                async () => times = await Searches.AskAsync(http, site, () => page, Questions)
            );
            var spread = new Spread(times);
            var name = page.Replace(person.ToString(), "PERSON", StringComparison.Ordinal)
                .Replace(institute.ToString(), "INSTITUTE", StringComparison.Ordinal);
            Program.Say($"desk {size}: {name}: p50 {spread.Median:F0} ms, p99 {spread.At(0.99):F0} ms, {cpu:F0} ms of CPU");
        }
    }
}
