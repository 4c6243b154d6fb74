namespace Muster.Core.Accounts;

/// <summary>The clock on an account whose first password has not been set.</summary>
/// <param name="Lifetime">From issue to lock; the same again after every re-issue.</param>
/// <param name="Reminders">Times after issue, ascending, each within the lifetime.</param>
public sealed record InitialPasswordRules(TimeSpan Lifetime, IReadOnlyList<TimeSpan> Reminders)
{
    /// <summary>Five days, reminders after two and four (S13).</summary>
    public static InitialPasswordRules Default { get; } = new(TimeSpan.FromDays(5), [TimeSpan.FromDays(2), TimeSpan.FromDays(4)]);
}
