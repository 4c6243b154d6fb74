using Muster.Core.Members;
using Muster.Core.Profiles;
using Muster.Core.Search;
using Muster.Server.Register.Members;
using Muster.Server.Storage;

namespace Muster.Server.Register.Profiles;

/// <summary>One page of the directory.</summary>
/// <param name="Instead">What was looked for in place of the words of the question, as far as the viewer sees it on this page.</param>
/// <param name="Next">The last one shown; null on the last page.</param>
internal sealed record DirectoryPage(IReadOnlyList<Profile> Profiles, IReadOnlyList<string> Instead, PeoplePlace? Next);

/// <summary>
/// Members as a viewer finds them. Words of everything that is known lead to candidates; who is shown, in which order, how many on a page and
/// where the next one begins depends on what the viewer may see and on nothing else, so that nothing hidden can be asked for.
/// </summary>
internal static class DirectorySearch
{
    private const int PageSize = 25;

    /// <summary>Candidates at once: few where the first ones are shown, more where many are not.</summary>
    private const int FirstBatch = 50,
        LargestBatch = 800;

    /// <summary>Words in place of one. Hidden words count as well: so many that they do not crowd out one that the viewer sees.</summary>
    private const int MostStandIns = 1_000;

    /// <param name="question">Everybody when empty.</param>
    /// <param name="standIns">Whether other words are looked for as well.</param>
    public static async Task<DirectoryPage> DirectoryAsync(
        this MusterDb db,
        IReadOnlyList<string> question,
        bool standIns,
        PeoplePlace? after,
        Viewer viewer,
        DateOnly today,
        CancellationToken ct
    )
    {
        var insteadOf = new List<IReadOnlyList<string>>();
        foreach (var word in standIns ? question : [])
            insteadOf.Add([
                .. await MemberSearch.SlipsAsync(db, word, MostStandIns, ct),
                .. await MemberSearch.PartsAsync(db, word, MostStandIns, ct, ofNames: true),
            ]);
        var shown = new List<(PeoplePlace At, Profile Profile)>();
        var place = after;
        for (var batch = FirstBatch; shown.Count <= PageSize; batch = Math.Min(4 * batch, LargestBatch))
        {
            var candidates = await CandidatesAsync(db, question, insteadOf, place, today, batch, ct);
            var profiles = await db.ProfilesAsync([.. candidates.Select(c => new MemberId(c.Member))], viewer, today, ct);
            var places = candidates.ToDictionary(c => c.Member);
            shown.AddRange(profiles.Where(p => p.IsFoundBy(question, insteadOf)).Select(p => (places[p.Id.Value], p)));
            if (candidates.Count < batch)
                break;
            place = candidates[^1];
        }
        var page = shown.Take(PageSize).ToList();
        var asked = insteadOf.SelectMany(i => i).ToHashSet(StringComparer.Ordinal);
        return new DirectoryPage(
            [.. page.Select(p => p.Profile)],
            [
                .. page.SelectMany(p => p.Profile.Words())
                    .Where(asked.Contains)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ],
            shown.Count > PageSize ? page[^1].At : null
        );
    }

    /// <summary>Members of today in the order of their names, who bear for each word of the question one that begins so or stands for it.</summary>
    private static Task<List<PeoplePlace>> CandidatesAsync(
        MusterDb db,
        IReadOnlyList<string> question,
        List<IReadOnlyList<string>> insteadOf,
        PeoplePlace? after,
        DateOnly today,
        int limit,
        CancellationToken ct
    )
    {
        var values = new StatementValues();
        string Bears(int i)
        {
            var begins = MemberSearch.Begins(values, "w.word", question[i]);
            var either =
                i < insteadOf.Count && insteadOf[i].Count > 0 ? $"({begins} or w.word in ({values.AddAll(insteadOf[i])}))" : begins;
            return $"m.id in (select w.member_id from member_words w where {either})";
        }
        var day = values.Add(today);
        var clauses = new List<string>
        {
            $"""exists (select 1 from memberships s where s.member_id = m.id and s."from" <= {day} and (s."until" is null or s."until" > {day}))""",
        };
        if (after is not null)
            clauses.Add($"(m.sort_key, m.id) > ({values.Add(after.Text)}, {values.Add(after.Member)})");
        clauses.AddRange(Enumerable.Range(0, question.Count).Select(Bears));
        return values.ListAsync(
            db,
            $"select m.sort_key, m.id from members m where {string.Join(" and ", clauses)} order by m.sort_key, m.id limit {limit}",
            r => new PeoplePlace(r.GetString(0), r.GetGuid(1)),
            ct
        );
    }
}
