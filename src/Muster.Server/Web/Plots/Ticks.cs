namespace Muster.Server.Web.Plots;

/// <summary>Where an axis has its marks: at round numbers, and at months that a reader counts from.</summary>
internal static class Ticks
{
    private static readonly int[] monthSteps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600];

    /// <summary>From 0 in steps of 1, 2 or 5 times a power of ten to at least <paramref name="most"/>; at most six marks.</summary>
    public static IReadOnlyList<int> UpTo(int most)
    {
        const int Steps = 5;
        long power = 1;
        while (true)
        {
            foreach (var factor in (int[])[1, 2, 5])
            {
                var step = factor * power;
                var count = Math.Max(1, (most + step - 1) / step);
                if (count <= Steps && step * count <= int.MaxValue)
                    return [.. Enumerable.Range(0, (int)count + 1).Select(i => (int)(i * step))];
            }
            power *= 10;
        }
    }

    /// <summary>Some of the days, evenly, the first among them.</summary>
    /// <param name="most">So many at most.</param>
    public static IReadOnlyList<(int Index, string Label)> OfDays(IReadOnlyList<DateOnly> days, int most)
    {
        var step = Math.Max(1, (days.Count + most - 1) / most);
        return [.. days.Index().Where(d => d.Index % step == 0).Select(d => (d.Index, Svg.Words(d.Item, "d MMM")))];
    }

    /// <summary>Some of the months, evenly, with the label of each: years where the steps are years.</summary>
    /// <param name="most">So many at most.</param>
    public static IReadOnlyList<(int Index, string Label)> Of(IReadOnlyList<DateOnly> months, int most)
    {
        foreach (var step in monthSteps)
        {
            var marks = months.Index().Where(m => (m.Item.Year * 12 + m.Item.Month - 1) % step == 0).ToList();
            if (marks.Count <= most)
                return [.. marks.Select(m => (m.Index, Svg.Words(m.Item, step % 12 == 0 ? "yyyy" : "MMM yyyy")))];
        }
        return [];
    }
}
