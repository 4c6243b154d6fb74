namespace Muster.Core.Numbers;

/// <summary>The days on which the collaboration is counted: the first of every month.</summary>
public static class Months
{
    /// <summary>Every first of a month from <paramref name="from"/> to <paramref name="to"/>, both included, ascending.</summary>
    public static IReadOnlyList<DateOnly> Firsts(DateOnly from, DateOnly to)
    {
        var days = new List<DateOnly>();
        // Counted in months, so that the last month of the calendar is no special case.
        for (var month = Number(from) + (from.Day > 1 ? 1 : 0); month <= Number(to); month++)
            days.Add(new DateOnly(month / 12, month % 12 + 1, 1));
        return days;
    }

    private static int Number(DateOnly day) => day.Year * 12 + day.Month - 1;
}
