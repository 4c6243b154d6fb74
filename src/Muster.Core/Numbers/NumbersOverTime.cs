namespace Muster.Core.Numbers;

/// <summary>How the collaboration grew: numbers on each of several ascending days.</summary>
public static class NumbersOverTime
{
    /// <summary>People, each once, however many institutes they are at.</summary>
    public static IReadOnlyList<int> Members(IEnumerable<MembershipFact> facts, IReadOnlyList<DateOnly> days) =>
        Sweep.Distinct(facts.Select(f => (f.Member, f.From, f.Until)), days);

    /// <summary>Institutes that are in.</summary>
    public static IReadOnlyList<int> Institutes(IEnumerable<InstituteFact> facts, IReadOnlyList<DateOnly> days) =>
        Sweep.Distinct(facts.Select(f => (f.Id, f.Since, f.Until)), days);

    /// <summary>Countries of the institutes that are in.</summary>
    public static IReadOnlyList<int> Countries(IEnumerable<InstituteFact> facts, IReadOnlyList<DateOnly> days) =>
        Sweep.Distinct(facts.Select(f => (f.Country, f.Since, f.Until)), days);

    /// <summary>People of each kind, those of the greatest number first; who is of two kinds at once counts in both.</summary>
    /// <param name="kind">Such as the position.</param>
    /// <param name="most">Longest answer, at least 2; where there are more kinds, the smallest are counted together.</param>
    /// <param name="rest">Name of what is counted together, which comes last.</param>
    public static IReadOnlyList<NumberSeries> By(
        IReadOnlyCollection<MembershipFact> facts,
        IReadOnlyList<DateOnly> days,
        Func<MembershipFact, string> kind,
        int most,
        string rest
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        var kinds = Each(facts, days, kind);
        if (kinds.Count <= most)
            return kinds;
        var kept = kinds.Take(most - 1).ToList();
        var names = kept.Select(k => k.Name).ToHashSet(StringComparer.Ordinal);
        // Counted anew and not added up: somebody may be of two of the small kinds.
        return [.. kept, new NumberSeries(rest, Members(facts.Where(f => !names.Contains(kind(f))), days))];
    }

    private static List<NumberSeries> Each(
        IEnumerable<MembershipFact> facts,
        IReadOnlyList<DateOnly> days,
        Func<MembershipFact, string> kind
    ) =>
        [
            .. facts
                .GroupBy(kind, StringComparer.Ordinal)
                .Select(g => new NumberSeries(g.Key, Members(g, days)))
                .Where(s => s.Counts.Any(c => c > 0))
                .OrderByDescending(s => s.Counts.Max())
                .ThenBy(s => s.Name, StringComparer.Ordinal),
        ];
}
