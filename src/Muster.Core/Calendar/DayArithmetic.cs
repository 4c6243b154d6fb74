namespace Muster.Core.Calendar;

/// <summary>Days are counted from 0001-01-01 to 9999-12-31: what would lie beyond is the first or the last of them.</summary>
public static class DayArithmetic
{
    /// <summary>The day so many days later; earlier where <paramref name="days"/> is negative.</summary>
    public static DateOnly Plus(this DateOnly day, int days) =>
        DateOnly.FromDayNumber((int)Math.Clamp((long)day.DayNumber + days, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));
}
