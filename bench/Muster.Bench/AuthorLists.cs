using System.Diagnostics;
using Muster.Core.AuthorLists;
using Muster.Core.Members;
using Muster.Server.Operator.Demo;

namespace Muster.Bench;

/// <summary>The demo's people as authors: one list checked, sorted and written in every format, again and again.</summary>
internal static class AuthorLists
{
    private const int Authors = 1_000;
    private const int Rounds = 30;

    public static void Run()
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var list = From(DemoCollaboration.Create(today), today);
        var first = Write(list);
        var again = new Spread(Enumerable.Range(0, Rounds).Select(_ => Write(list)).ToList());
        Program.Say(
            $"authors: {list.Authors.Count:N0} authors at {list.Organisations.Count} organisations, checked, sorted and in all formats, in {again.Median:F0} ms (p99 {again.At(0.99):F0}, first time {first:F0})"
        );
    }

    private static double Write(AuthorList list)
    {
        var start = Stopwatch.GetTimestamp();
        var made = CheckedAuthorList.Create(list, AuthorOrder.For("en").Value).Value;
        _ = (AuthorXml.Write(made), AuthblkLatex.Write(made), RevtexLatex.Write(made), AuthorCsv.Write(made));
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Everybody who was ever there, at the institute of the membership; every third also at the next one.</summary>
    private static AuthorList From(DemoCollaboration demo, DateOnly today)
    {
        var keys = demo.Institutes.Select(i => i.Key).ToList();
        var authors = demo
            .Members.Take(Authors)
            .Select(m =>
            {
                var family = m.Family ?? m.Given ?? throw new InvalidOperationException("The demo has a person without a name.");
                var given = m.Family is null ? null : m.Given;
                var next = keys[(keys.IndexOf(m.InstituteKey) + 1) % keys.Count];
                var printed = PaperName.Of(given, family, m.FamilyFirst ? NameOrder.FamilyFirst : NameOrder.GivenFirst);
                Affiliation[] second = m.Number % 3 == 0 ? [new Affiliation(next, Connection.AlsoAt)] : [];
                return new Author($"{m.Number:D5}", given, family, printed, [new Affiliation(m.InstituteKey), .. second])
                {
                    Native = m.Native,
                    Orcid = m.Orcid,
                };
            })
            .ToList();
        var used = authors.SelectMany(a => a.Affiliations).Select(a => a.OrganisationId).ToHashSet(StringComparer.Ordinal);
        var places = demo
            .Institutes.Where(i => used.Contains(i.Key))
            .Select(i => new Organisation(i.Key, i.Name, null, i.Country, null, true));
        return new AuthorList("Demo", today, new AuthorCollaboration("Demo"), [.. places], authors);
    }
}
