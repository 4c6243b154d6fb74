namespace Muster.Core.Renewals;

/// <summary>What was said in a round on one day.</summary>
/// <param name="Answered">People of whom the last word was said on that day.</param>
/// <param name="InAll">The same until the end of that day.</param>
public sealed record RoundDay(DateOnly Day, int Answered, int InAll)
{
    /// <summary>A round that is open for longer is shown so many days far.</summary>
    public const int MostDays = 400;

    /// <summary>Every day from the first to the last one or to today, whichever is earlier; at least the first.</summary>
    /// <param name="said">The days on which something was said, one for each person, in any order.</param>
    public static IReadOnlyList<RoundDay> Of(DateOnly first, DateOnly last, DateOnly today, IEnumerable<DateOnly> said)
    {
        var counts = said.CountBy(d => d < first ? first : d).ToDictionary();
        var end = Axis(first, last)[^1];
        var days = new List<RoundDay>();
        var inAll = 0;
        for (var day = first; day == first || (day <= end && day <= today); day = day.AddDays(1))
        {
            var answered = counts.GetValueOrDefault(day);
            days.Add(new RoundDay(day, answered, inAll += answered));
        }
        return days;
    }

    /// <summary>Every day from the first to the last one, for the picture.</summary>
    public static IReadOnlyList<DateOnly> Axis(DateOnly first, DateOnly last) =>
        [.. Enumerable.Range(0, Math.Clamp(last.DayNumber - first.DayNumber + 1, 1, MostDays)).Select(first.AddDays)];
}
