namespace Muster.Core.Numbers;

/// <summary>How the people of one day are shared out.</summary>
public static class NumbersOnDay
{
    /// <summary>People of each kind on the day, most first; who is of two kinds at once counts in both, in one kind twice counts once.</summary>
    /// <param name="kind">Such as the country.</param>
    public static IReadOnlyList<Share> By(IEnumerable<MembershipFact> facts, DateOnly day, Func<MembershipFact, string> kind) =>
        [
            .. facts
                .Where(f => f.Covers(day))
                .GroupBy(kind, f => f.Member, StringComparer.Ordinal)
                .Select(g => new Share(g.Key, g.Distinct().Count()))
                .OrderByDescending(s => s.People)
                .ThenBy(s => s.Name, StringComparer.Ordinal),
        ];

    /// <summary>Everybody of the day, each once.</summary>
    public static int People(IEnumerable<MembershipFact> facts, DateOnly day) =>
        facts.Where(f => f.Covers(day)).Select(f => f.Member).Distinct().Count();
}
