using System.Runtime.InteropServices;

namespace Muster.Core.Numbers;

/// <summary>
/// Counts who is there on many days in one pass: every interval is a step up on the first asked day that it covers and a step down on the
/// first one that it no longer covers, so the cost grows with intervals plus days, not with their product.
/// </summary>
public static class Sweep
{
    /// <summary>How many different keys have an interval that covers the day, for each day.</summary>
    /// <param name="spans">Half-open intervals, without an end while <c>Until</c> is null; one key may have several, also at once.</param>
    /// <param name="days">Ascending, each once.</param>
    /// <exception cref="ArgumentException">The days do not ascend.</exception>
    public static int[] Distinct<TKey>(IEnumerable<(TKey Key, DateOnly From, DateOnly? Until)> spans, IReadOnlyList<DateOnly> days)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(spans);
        ArgumentNullException.ThrowIfNull(days);
        var asked = days.Select(d => d.DayNumber).ToArray();
        for (var i = 1; i < asked.Length; i++)
            if (asked[i] <= asked[i - 1])
                throw new ArgumentException("Days ascend, each once.", nameof(days));
        var (steps, keys) = Steps(spans, asked);

        var open = new int[keys];
        var counts = new int[asked.Length];
        var there = 0;
        for (var i = 0; i < asked.Length; i++)
        {
            // The order within a day is of no matter: a key that goes and comes is counted out and in again.
            foreach (var (key, by) in steps[i] ?? [])
            {
                if (open[key] == 0)
                    there++;
                open[key] += by;
                if (open[key] == 0)
                    there--;
            }
            counts[i] = there;
        }
        return counts;
    }

    private static (List<(int Key, int By)>?[] Steps, int Keys) Steps<TKey>(
        IEnumerable<(TKey Key, DateOnly From, DateOnly? Until)> spans,
        int[] days
    )
        where TKey : notnull
    {
        var numbers = new Dictionary<TKey, int>(spans.TryGetNonEnumeratedCount(out var most) ? most : 0);
        var steps = new List<(int, int)>?[days.Length];
        foreach (var (key, from, until) in spans)
        {
            var first = FirstAtOrAfter(days, from);
            var end = until is { } day ? FirstAtOrAfter(days, day) : days.Length;
            if (first >= end)
                continue;
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, key, out var known);
            if (!known)
                number = numbers.Count - 1;
            (steps[first] ??= []).Add((number, 1));
            if (end < days.Length)
                (steps[end] ??= []).Add((number, -1));
        }
        return (steps, numbers.Count);
    }

    private static int FirstAtOrAfter(int[] days, DateOnly day)
    {
        var at = Array.BinarySearch(days, day.DayNumber);
        return at >= 0 ? at : ~at;
    }
}
