using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Core.Search;
using Muster.Server.Operator.Demo;
using Muster.Server.Register.Accounts;

namespace Muster.Bench;

/// <summary>
/// The search through HTTP, signed in, as the register grows: by the beginning of a word, by two words, by letters inside words, and a
/// page far behind beside the first. Names are made of 40 syllables, so pieces of words repeat more than real ones do.
/// </summary>
internal static class Searches
{
    private const int Questions = 1_000;
    public const string Password = "a sentence that nobody has used before";
    private static readonly string[] syllables =
        "ka ri mo ta lu ven dor shi ne pol sar mi ko ber ga ro lin fe tu hal os pe va zu no dra el wi cho ma sta re ba ti qu jo sen ul fa gre".Split(
            ' '
        );

    /// <param name="engine">PostgreSQL's own statements come from a server that is started for this.</param>
    /// <param name="rest">Numbers of people; 10,000, 100,000 and a million when empty.</param>
    public static async Task RunAsync(SearchEngine engine, string[] rest)
    {
        var sizes = rest.Length > 0 ? rest.Select(r => int.Parse(r, CultureInfo.InvariantCulture)) : [10_000, 100_000, 1_000_000];
        foreach (var size in sizes)
            await RunAsync(engine, size);
    }

    private static async Task RunAsync(SearchEngine engine, int size)
    {
        using var hashing = new PasswordHashing();
        var hash = await hashing.HashAsync(new PlainTextPassword(Password), CancellationToken.None);
        await using var database = await engine.StartAsync();
        await using var site = await Site.MakeAsync([], hash, database.ConnectionString);
        var watch = Stopwatch.StartNew();
        var names = await FillAsync(database.Open(site.Folder), size);
        Program.Say($"search on {engine.Name}: {size} people made in {watch.Elapsed.TotalSeconds:F0} s");
        await site.StartAsync();
        using var http = Client(site);
        await SignInAsync(http, site);

        var random = new Random(5);
        string Family() => names[random.Next(names.Count)].Family;
        var kinds = new List<(string Name, Func<string> Path)>
        {
            ("a bare answer", () => "/health/live"),
            ("an answer to who is signed in", () => "/api/ror?q="),
            ("beginning of a word", () => "/api/people?q=" + Family()[..4]),
            (
                "two words",
                () =>
                {
                    var (given, family) = names[random.Next(names.Count)];
                    return $"/api/people?q={family}%20{given[..2]}";
                }
            ),
            ("letters inside", () => "/api/people?q=" + Inside(random, names)),
            ("one slip", () => "/api/people?q=" + Family().Remove(2, 1)),
        };
        // Everything is asked first, and the compiler left to end what it began: it works beside the answers and would be counted with them.
        foreach (var (_, path) in kinds)
            await AskAsync(http, site, path, 1_500);
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
        foreach (var (name, path) in kinds)
        {
            await AskAsync(http, site, path, 300);
            var times = new List<double>();
            var cpu = await ProcessCost.EachAsync(site.Pid, Questions, async () => times = await AskAsync(http, site, path, Questions));
            var spread = new Spread(times);
            Program.Say(
                $"search {engine.Name} {size}: {name}: p50 {spread.Median:F2} ms, p99 {spread.At(0.99):F2} ms, {cpu * 1000:F0} µs of CPU"
            );
        }
        await PagesAsync(engine, http, site, size);
    }

    /// <summary>Two letters that many names begin with, page after page.</summary>
    private static async Task PagesAsync(SearchEngine engine, HttpClient http, Site site, int size)
    {
        var cursors = new List<string?> { null };
        for (var page = 0; page < 40; page++)
        {
            using var answer = JsonDocument.Parse(
                await http.GetStringAsync(new Uri(site.Portal.Link("/api/people?q=ka" + After(cursors[^1]))))
            );
            if (answer.RootElement.GetProperty("next").GetString() is not { } next)
                break;
            cursors.Add(next);
        }
        foreach (var page in (int[])[0, cursors.Count - 1])
        {
            var cpu = await ProcessCost.EachAsync(
                site.Pid,
                Questions,
                () => AskAsync(http, site, () => "/api/people?q=ka" + After(cursors[page]), Questions)
            );
            Program.Say($"search {engine.Name} {size}: page {page + 1}: {cpu * 1000:F0} µs of CPU");
        }

        static string After(string? cursor) => cursor is null ? "" : "&after=" + cursor;
    }

    public static async Task<List<double>> AskAsync(HttpClient http, Site site, Func<string> path, int times)
    {
        var taken = new List<double>(times);
        for (var i = 0; i < times; i++)
        {
            var url = new Uri(site.Portal.Link(path()));
            var start = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(url);
            await answer.Content.ReadAsByteArrayAsync();
            taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (answer.StatusCode != HttpStatusCode.OK)
                throw new InvalidOperationException($"{url}: {answer.StatusCode}");
        }
        return taken;
    }

    public static HttpClient Client(Site site) =>
        new(
            new SocketsHttpHandler
            {
                CookieContainer = new CookieContainer(),
                SslOptions = { RemoteCertificateValidationCallback = site.IsOurs },
            }
        );

    public static async Task SignInAsync(HttpClient http, Site site)
    {
        var html = await http.GetStringAsync(new Uri(site.Portal.Link("/sign-in")));
        var at = html.IndexOf("value=\"", html.IndexOf("name=\"formToken\"", StringComparison.Ordinal), StringComparison.Ordinal) + 7;
        using var form = new FormUrlEncodedContent([
            new("account", DemoData.RegistrarName),
            new("password", Password),
            new("formToken", html[at..html.IndexOf('"', at)]),
        ]);
        using var answer = await http.PostAsync(new Uri(site.Portal.Link("/sign-in")), form);
        using var page = await http.GetAsync(new Uri(site.Portal.Link("/api/people?q=ka")));
        if (page.StatusCode != HttpStatusCode.OK)
            throw new InvalidOperationException($"Not signed in: {page.StatusCode}");
    }

    private static string Inside(Random random, List<(string Given, string Family)> names)
    {
        while (true)
        {
            var family = names[random.Next(names.Count)].Family;
            if (family.Length >= 8)
                return family.Substring(2, 5);
        }
    }

    /// <summary>Straight into the tables, as the server would have written it.</summary>
    public static async Task<List<(string Given, string Family)>> FillAsync(SearchTables tables, int size)
    {
        await using var _ = tables;
        var random = new Random(3);
        var people = Enumerable
            .Range(0, size)
            .Select(_ => (Id: Guid.CreateVersion7(), Given: Name(random, 2, 3), Family: Name(random, 2, 4)))
            .ToList();
        await tables.PutAsync(
            "members",
            ["id", "given", "family", "name_order", "display_name", "sort_name", "sort_key", "name_key", "created_at"],
            people.Select(p =>
                (object[])
                    [
                        p.Id,
                        p.Given,
                        p.Family,
                        "GivenFirst",
                        $"{p.Given} {p.Family}",
                        $"{p.Family}, {p.Given}",
                        $"{p.Family}, {p.Given}",
                        NameKey.Of($"{p.Given} {p.Family}"),
                        0L,
                    ]
            )
        );
        var institutes = await tables.InstitutesAsync();
        var stays = new Random(4);
        await tables.PutAsync(
            "memberships",
            ["member_id", "institute_id", "position", "from", "until", "category", "percent"],
            people.Select(p =>
            {
                // Over ten years; a third has left, and as many have an end that is to come.
                var from = new DateOnly(2016, 1, 1).AddDays(stays.Next(3_650));
                object until = stays.Next(3) == 0 ? DBNull.Value : from.AddDays(stays.Next(200, 3_000));
                return (object[])
                    [p.Id, institutes[stays.Next(institutes.Count)], stays.Next(2) == 0 ? "staff" : "student", from, until, "Full", 100];
            })
        );
        var known = (await tables.KnownWordsAsync()).ToHashSet(StringComparer.Ordinal);
        var fresh = new List<string>();
        await tables.PutAsync(
            "member_words",
            ["word", "member_id"],
            people.SelectMany(p =>
            {
                var words = SearchText.Words($"{p.Given} {p.Family}").Distinct(StringComparer.Ordinal).ToList();
                fresh.AddRange(words.Where(known.Add));
                return words.Select(w => (object[])[w, p.Id]);
            })
        );
        await tables.PutAsync("known_words", ["word"], fresh.Select(w => (object[])[w]));
        await tables.PutAsync(
            "misspelt_words",
            ["form", "word"],
            fresh.SelectMany(w => Misspelling.Forms(w).Distinct(StringComparer.Ordinal).Select(form => (object[])[form, w]))
        );
        tables.Analyse();
        return [.. people.Select(p => (p.Given, p.Family))];
    }

    private static string Name(Random random, int least, int most) =>
        string.Concat(Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => syllables[random.Next(syllables.Length)]));
}
