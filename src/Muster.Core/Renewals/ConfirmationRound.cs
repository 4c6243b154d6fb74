using Muster.Core.Institutes;
using Muster.Core.Members;

namespace Muster.Core.Renewals;

/// <summary>Once a year every institute says of each of its people whether they are still there.</summary>
public sealed class ConfirmationRound
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxName = 80;

    private ConfirmationRound() { }

    public ConfirmationRound(Guid id, string name, DateOnly lastDay, string openedBy, DateTimeOffset now)
    {
        Id = id;
        Name = name;
        LastDay = lastDay;
        OpenedBy = openedBy;
        OpenedAt = now;
    }

    public Guid Id { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>The last day on which answers count.</summary>
    public DateOnly LastDay { get; private set; }
    public string OpenedBy { get; private set; } = "";
    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>The day on which it was opened, UTC.</summary>
    public DateOnly FirstDay => DateOnly.FromDateTime(OpenedAt.UtcDateTime);

    public bool IsOpen(DateOnly day) => day <= LastDay;

    /// <summary>The reminder that is due: the least of the thresholds that the days left have come down to.</summary>
    /// <param name="reminded">The threshold of the last reminder; null before the first.</param>
    /// <returns>Null where none is due, or the round is over.</returns>
    public int? DueReminder(IEnumerable<int> thresholds, int? reminded, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        var left = LastDay.DayNumber - day.DayNumber;
        if (left < 0)
            return null;
        int? due = null;
        foreach (var threshold in thresholds)
            if (left <= threshold && (due is null || threshold < due))
                due = threshold;
        return due is { } one && (reminded is null || one < reminded) ? one : null;
    }
}

/// <summary>The word to one person about one institute in one round; its one-time link acts in that person's name.</summary>
public sealed class RoundInvitation
{
    private RoundInvitation() { }

    public RoundInvitation(Guid id, Guid round, InstituteId institute, MemberId member, DateTimeOffset now)
    {
        Id = id;
        RoundId = round;
        InstituteId = institute;
        MemberId = member;
        SentAt = now;
    }

    public Guid Id { get; private set; }
    public Guid RoundId { get; private set; }
    public InstituteId InstituteId { get; private set; }
    public MemberId MemberId { get; private set; }
    public DateTimeOffset SentAt { get; private set; }

    /// <summary>Days before the end of the round at which the last reminder was due.</summary>
    public int? RemindedDays { get; private set; }

    public void Remind(int days) => RemindedDays = days;
}

/// <summary>What was said of one person at one institute in one round; said again, the last word counts.</summary>
public sealed class Confirmation
{
    private Confirmation() { }

    public Confirmation(Guid round, MemberId member, InstituteId institute)
    {
        RoundId = round;
        MemberId = member;
        InstituteId = institute;
    }

    public Guid RoundId { get; private set; }
    public MemberId MemberId { get; private set; }
    public InstituteId InstituteId { get; private set; }
    public RenewalAnswer Answer { get; private set; }
    public string AnsweredBy { get; private set; } = "";
    public DateTimeOffset AnsweredAt { get; private set; }

    public void Say(RenewalAnswer answer, string by, DateTimeOffset now)
    {
        Answer = answer;
        AnsweredBy = by;
        AnsweredAt = now;
    }
}
