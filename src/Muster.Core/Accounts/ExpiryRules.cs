using Muster.Core.Calendar;

namespace Muster.Core.Accounts;

/// <summary>What becomes of an account around the end of its holder's last membership.</summary>
/// <param name="WarnDays">Days before the last day of the membership at which the holder is told; zero or more each.</param>
/// <param name="GraceDays">Days after the end on which the account still works; zero or more.</param>
/// <param name="NoticeDays">Days at least between the word that the grace began and its end: an end that is written down late, or found
/// late, takes nobody by surprise. Without a grace these are all there is; zero or more.</param>
public sealed record ExpiryRules(IReadOnlyList<int> WarnDays, int GraceDays, int NoticeDays)
{
    public static ExpiryRules Default { get; } = new([30, 7, 1], 30, 7);

    /// <summary>Days for which an account works at least after the end: nobody hears before it that the grace has begun.</summary>
    public int LeastDays => Math.Max(GraceDays, NoticeDays);

    /// <summary>First day without the account, for a membership whose first day after the end is <paramref name="end"/>.</summary>
    /// <param name="told">The day on which the holder hears that the grace has begun; null for the day of the end.</param>
    public DateOnly FirstDayWithout(DateOnly end, DateOnly? told = null)
    {
        var least = end.Plus(LeastDays);
        return told?.Plus(NoticeDays) is { } noticed && noticed > least ? noticed : least;
    }

    /// <summary>The warning that is due: the least of the days that those left have come down to.</summary>
    /// <param name="end">First day after the membership.</param>
    /// <param name="warned">At how many days the last warning was due; null before the first.</param>
    /// <returns>Null where none is due.</returns>
    public int? DueWarning(DateOnly end, int? warned, DateOnly today)
    {
        var left = end.DayNumber - 1 - today.DayNumber;
        int? due = null;
        foreach (var days in WarnDays)
            if (left >= 0 && left <= days && (due is null || days < due))
                due = days;
        return due is { } one && (warned is null || one < warned) ? one : null;
    }
}
