using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
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
    private const int Questions = 400;
    private const string Password = "a sentence that nobody has used before";
    private static readonly string[] syllables =
        "ka ri mo ta lu ven dor shi ne pol sar mi ko ber ga ro lin fe tu hal os pe va zu no dra el wi cho ma sta re ba ti qu jo sen ul fa gre".Split(
            ' '
        );

    public static async Task RunAsync(string[] rest)
    {
        var sizes = rest.Length > 0 ? rest.Select(r => int.Parse(r, CultureInfo.InvariantCulture)) : [10_000, 100_000, 1_000_000];
        foreach (var size in sizes)
            await RunAsync(size);
    }

    private static async Task RunAsync(int size)
    {
        using var hashing = new PasswordHashing();
        var hash = await hashing.HashAsync(new PlainTextPassword(Password), CancellationToken.None);
        await using var site = await Site.MakeAsync([], hash);
        var watch = Stopwatch.StartNew();
        var names = Fill(Path.Combine(site.Folder, "muster.db"), size);
        Program.Say(
            $"search: {size} people made in {watch.Elapsed.TotalSeconds:F0} s, {new FileInfo(Path.Combine(site.Folder, "muster.db")).Length >> 20} MiB"
        );
        await site.StartAsync();
        using var http = new HttpClient(
            new SocketsHttpHandler
            {
                CookieContainer = new CookieContainer(),
                SslOptions = { RemoteCertificateValidationCallback = site.IsOurs },
            }
        );
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
        foreach (var (name, path) in kinds)
        {
            await AskAsync(http, site, path, 800);
            var times = new List<double>();
            var cpu = await ProcessCost.EachAsync(site.Pid, Questions, async () => times = await AskAsync(http, site, path, Questions));
            var spread = new Spread(times);
            Program.Say($"search {size}: {name}: p50 {spread.Median:F2} ms, p99 {spread.At(0.99):F2} ms, {cpu * 1000:F0} µs of CPU");
        }
        await PagesAsync(http, site, size);
    }

    /// <summary>Two letters that many names begin with, page after page.</summary>
    private static async Task PagesAsync(HttpClient http, Site site, int size)
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
            Program.Say($"search {size}: page {page + 1}: {cpu * 1000:F0} µs of CPU");
        }

        static string After(string? cursor) => cursor is null ? "" : "&after=" + cursor;
    }

    private static async Task<List<double>> AskAsync(HttpClient http, Site site, Func<string> path, int times)
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

    private static async Task SignInAsync(HttpClient http, Site site)
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

    /// <summary>Straight into the tables, as the server would have written it; one transaction.</summary>
    private static List<(string Given, string Family)> Fill(string path, int size)
    {
        var random = new Random(3);
        var names = new List<(string, string)>(size);
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Run(connection, "pragma synchronous = off");
        using var transaction = connection.BeginTransaction();
        using var member = Command(
            connection,
            "insert into members (id, given, family, name_order, display_name, sort_name, sort_key, name_key, created_at) values ($0, $1, $2, 'GivenFirst', $3, $4, $5, $6, 0)",
            7
        );
        using var membership = Command(
            connection,
            "insert into memberships (member_id, institute_id, position, \"from\", category, percent) select $0, id, 'staff', '2020-01-01', 'Full', 100 from institutes limit 1",
            1
        );
        using var word = Command(connection, "insert or ignore into member_words (word, member_id) values ($0, $1)", 2);
        using var known = Command(connection, "insert or ignore into known_words (word) values ($0)", 1);
        using var misspelt = Command(connection, "insert or ignore into misspelt_words (form, word) values ($0, $1)", 2);
        for (var i = 0; i < size; i++)
        {
            var (given, family) = (Name(random, 2, 3), Name(random, 2, 4));
            names.Add((given, family));
            var id = Guid.CreateVersion7();
            Run(
                member,
                id,
                given,
                family,
                $"{given} {family}",
                $"{family}, {given}",
                $"{family}, {given}",
                NameKey.Of($"{given} {family}")
            );
            Run(membership, id);
            foreach (var one in SearchText.Words($"{given} {family}"))
            {
                Run(word, one, id);
                if (Run(known, one) == 1)
                    foreach (var form in Misspelling.Forms(one))
                        Run(misspelt, form, one);
            }
        }
        transaction.Commit();
        Run(connection, "analyze");
        return names;
    }

    private static string Name(Random random, int least, int most) =>
        string.Concat(Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => syllables[random.Next(syllables.Length)]));

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this file
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this file
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < parameters; i++)
            command.Parameters.Add(new SqliteParameter($"${i}", null));
        return command;
    }

    private static int Run(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        return command.ExecuteNonQuery();
    }
}
