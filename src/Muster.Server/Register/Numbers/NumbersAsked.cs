using Muster.Core;
using Muster.Server.Web;

namespace Muster.Server.Register.Numbers;

/// <summary>The time that is asked for, and the day whose shares are.</summary>
public sealed record NumbersAsked(DateOnly From, DateOnly To, DateOnly On)
{
    /// <summary>So many years are shown where nobody says how many.</summary>
    private const int Years = 10;

    private const int MostYears = 100;

    /// <param name="from">ISO, or null for ten years before the end.</param>
    /// <param name="to">ISO, or null for today.</param>
    /// <param name="on">ISO, or null for the end.</param>
    /// <returns><c>day.unreadable</c>, <c>numbers.range</c>, each at its field.</returns>
    public static Result<NumbersAsked> Read(string? from, string? to, string? on, DateOnly today)
    {
        if (!Days.OfQuery(to, today, "to").TryGet(out var end, out var why))
            return why;
        var usual = end.Year > Years ? end.AddYears(-Years) : DateOnly.MinValue;
        if (!Days.OfQuery(from, usual, "from").TryGet(out var start, out why) || !Days.OfQuery(on, end).TryGet(out var day, out why))
            return why;
        return start > end || end.Year - start.Year > MostYears ? new Refusal("numbers.range", "from") : new NumbersAsked(start, end, day);
    }
}
