namespace Muster.Core.Guide;

/// <summary>How long a step took others.</summary>
public static class GuideTimes
{
    /// <summary>Fewer cases say nothing, and would tell of single people.</summary>
    public const int LeastCases = 5;

    /// <summary>The time within which half of the cases were over (the lower median); null where there are too few.</summary>
    public static TimeSpan? HalfWithin(IEnumerable<TimeSpan> cases)
    {
        var sorted = cases.Where(c => c >= TimeSpan.Zero).Order().ToList();
        return sorted.Count < LeastCases ? null : sorted[(sorted.Count - 1) / 2];
    }
}
