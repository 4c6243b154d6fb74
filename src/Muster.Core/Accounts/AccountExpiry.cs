using Muster.Core.Members;

namespace Muster.Core.Accounts;

/// <summary>What changed for an account when it was compared with its holder's memberships.</summary>
public enum ExpiryStep
{
    /// <summary>Nothing that anybody must hear of.</summary>
    None,

    /// <summary>The end is near: <see cref="Account.EndWarnedDays"/> says which warning is due.</summary>
    Warned,

    /// <summary>The membership is over; the account works until <see cref="Account.GraceUntil"/>.</summary>
    GraceBegan,

    /// <summary>The grace is over: nobody gets in with the account, and nothing of it is lost.</summary>
    Expired,

    /// <summary>A member again before the grace was over.</summary>
    Resumed,

    /// <summary>A member again after it: the account is back with everything.</summary>
    Revived,
}

/// <summary>
/// The account and the end of the membership. It is a matter of its own beside <see cref="AccountState"/>: what a person did to the
/// account, a suspension for instance, is neither touched nor lifted here.
/// </summary>
public sealed partial class Account
{
    /// <summary>First day after the membership, as it was when last looked at; null while no end was in sight.</summary>
    public DateOnly? MembershipEnd { get; private set; }

    /// <summary>Days before <see cref="MembershipEnd"/> at which the last warning was due; null before the first.</summary>
    public int? EndWarnedDays { get; private set; }

    /// <summary>First day without the account; set when the membership is over, and kept until there is one again.</summary>
    public DateOnly? GraceUntil { get; private set; }

    /// <summary>When the grace was over; null while it is not.</summary>
    public DateTimeOffset? ExpiredAt { get; private set; }

    /// <summary>Whether its holder gets in with it.</summary>
    public bool IsUsable => State == AccountState.Active && ExpiredAt is null;

    /// <summary>Whether its holder is kept out: by a person, or because the membership is over. Who has not set a password yet is not.</summary>
    public bool IsClosed => State == AccountState.Suspended || ExpiredAt is not null;

    /// <summary>Brings the account to what the memberships say on the day; one step at most, and none when nothing changed since.</summary>
    /// <param name="stretch">Of the holder, on <paramref name="today"/>; null where no membership ever began, which is no end either: what an
    /// end that was taken back had brought about is undone.</param>
    public ExpiryStep Follow(MembershipStretch? stretch, ExpiryRules rules, DateOnly today, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return stretch switch
        {
            null => GraceUntil is null ? ExpiryStep.None : Return(null),
            { Covers: true, End: var end } => GraceUntil is not null ? Return(end) : Warn(end, rules, today),
            { End: { } end } => GraceUntil is null ? BeginGrace(end, rules, today, now) : Wait(end, rules, today, now),
            _ => throw new ArgumentException("What is over has an end.", nameof(stretch)),
        };
    }

    private ExpiryStep Warn(DateOnly? end, ExpiryRules rules, DateOnly today)
    {
        if (end != MembershipEnd)
            (MembershipEnd, EndWarnedDays) = (end, null);
        if (end is not { } known || rules.DueWarning(known, EndWarnedDays, today) is not { } days)
            return ExpiryStep.None;
        EndWarnedDays = days;
        return ExpiryStep.Warned;
    }

    private ExpiryStep BeginGrace(DateOnly end, ExpiryRules rules, DateOnly today, DateTimeOffset now)
    {
        MembershipEnd = end;
        GraceUntil = rules.FirstDayWithout(end, today);
        return today < GraceUntil ? ExpiryStep.GraceBegan : Expire(now);
    }

    /// <summary>
    /// What was promised is kept, also where the end turns out to have been an earlier one; and where it was a later one, or the clock had been wrong,
    /// the account that is over too early comes back for what is left of its grace.
    /// </summary>
    private ExpiryStep Wait(DateOnly end, ExpiryRules rules, DateOnly today, DateTimeOffset now)
    {
        MembershipEnd = end;
        if (rules.FirstDayWithout(end) is var without && without > GraceUntil)
            GraceUntil = without;
        if (today >= GraceUntil)
            return ExpiredAt is null ? Expire(now) : ExpiryStep.None;
        if (ExpiredAt is null)
            return ExpiryStep.None;
        ExpiredAt = null;
        Revision++;
        return ExpiryStep.Revived;
    }

    private ExpiryStep Expire(DateTimeOffset now)
    {
        ExpiredAt = now;
        Revision++;
        return ExpiryStep.Expired;
    }

    private ExpiryStep Return(DateOnly? end)
    {
        var wasExpired = ExpiredAt is not null;
        (MembershipEnd, EndWarnedDays, GraceUntil, ExpiredAt) = (end, null, null, null);
        if (!wasExpired)
            return ExpiryStep.Resumed;
        Revision++;
        return ExpiryStep.Revived;
    }
}
