namespace Muster.Server.Enrolment.Renewals;

/// <summary>What the collaboration decides about the yearly round.</summary>
internal sealed class RenewalsOptions
{
    public const string Section = "Renewals";

    private static readonly int[] shipped = [14, 7, 1];

    /// <summary>Days before the end of a round at which those who have not answered are reminded; empty means 14, 7 and 1.</summary>
    public List<int> ReminderDays { get; set; } = [];

    public IReadOnlyList<int> Thresholds => ReminderDays.Count > 0 ? ReminderDays : shipped;

    public IEnumerable<string> Problems()
    {
        if (ReminderDays.Any(d => d is < 0 or > 365))
            yield return "Renewals:ReminderDays must lie between 0 and 365";
    }
}
