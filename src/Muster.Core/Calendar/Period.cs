namespace Muster.Core.Calendar;

/// <summary>Half-open intervals of days: from a first day until before another, or for ever while that one is null.</summary>
public static class Period
{
    public static bool Covers(DateOnly from, DateOnly? until, DateOnly day) => from <= day && (until is null || day < until);

    /// <summary>Whether the two have a day in common.</summary>
    public static bool Overlap(DateOnly from, DateOnly? until, DateOnly otherFrom, DateOnly? otherUntil) =>
        (otherUntil is null || from < otherUntil) && (until is null || otherFrom < until);
}
