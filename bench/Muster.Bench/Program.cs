using System.Globalization;

namespace Muster.Bench;

/// <summary>One figure per verb; <c>bench/run</c> builds and calls it. Every figure names what it was compared with.</summary>
internal static class Program
{
    private static readonly Dictionary<string, Func<string[], Task>> Verbs = new(StringComparer.Ordinal)
    {
        ["usable"] = _ => UsableAccounts.RunAsync(),
        ["registrations"] = rest => Registrations.RunAsync(rest),
        ["start"] = _ => StartAndIdle.RunAsync(),
        ["demo"] = _ => DemoRun.RunAsync(),
        ["sign-in"] = _ => SignIns.RunAsync(),
        ["mtls"] = _ => MutualTls.RunAsync(),
        ["check"] = _ =>
        {
            Checks.Run();
            return Task.CompletedTask;
        },
        ["authors"] = _ =>
        {
            AuthorLists.Run();
            return Task.CompletedTask;
        },
        ["numbers"] = _ =>
        {
            Numbers.Run();
            return Task.CompletedTask;
        },
        ["search"] = rest => Searches.RunAsync(SearchEngine.Sqlite, rest),
        ["search-postgresql"] = rest => Searches.RunAsync(SearchEngine.PostgreSql, rest),
        ["desk"] = rest => DeskPages.RunAsync(rest),
        ["import"] = _ => Imports.RunAsync(),
        ["bare"] = rest => BareServer.RunAsync(rest),
    };

    private static async Task<int> Main(string[] args)
    {
        if (args is ["all"])
        {
            foreach (var name in Verbs.Keys.Where(n => n is not ("bare" or "search" or "search-postgresql")))
                await Verbs[name]([]);
            return 0;
        }
        if (args is not [var verb, .. var rest] || !Verbs.TryGetValue(verb, out var run))
        {
            Say("bench/run all | " + string.Join(" | ", Verbs.Keys.Where(n => n != "bare")));
            return 2;
        }
        await run(rest);
        return 0;
    }

    public static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static void Say(string line) => Console.WriteLine(line);
}
