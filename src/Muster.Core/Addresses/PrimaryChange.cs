using Muster.Core.Members;

namespace Muster.Core.Addresses;

/// <summary>How the change of somebody's primary address ended.</summary>
public enum PrimaryChangeOutcome
{
    /// <summary>Whoever reads the old address agreed.</summary>
    Agreed,

    /// <summary>Nobody stopped it in time.</summary>
    Unopposed,

    /// <summary>A registrar decided, for a person whose old address is dead.</summary>
    Registrar,

    /// <summary>Whoever reads the old address said no.</summary>
    Stopped,

    /// <summary>The member asked for it no more, or took the new address away.</summary>
    Withdrawn,
}

/// <summary>
/// Another primary address that a member asked for. The new one was confirmed before; the old one is told and can agree to it or stop it
/// until it is due.
/// </summary>
public sealed class PrimaryChange
{
    private PrimaryChange() { }

    public Guid Id { get; private set; }
    public MemberId MemberId { get; private set; }

    /// <summary>The primary address when it was asked for.</summary>
    public string Before { get; private set; } = "";
    public string After { get; private set; } = "";

    /// <summary>As of <see cref="EmailAddress.Key"/>.</summary>
    public string AfterKey { get; private set; } = "";
    public DateTimeOffset RequestedAt { get; private set; }

    /// <summary>Earliest moment at which it can no longer be stopped; later where the old address is told later.</summary>
    public DateTimeOffset DueAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public PrimaryChangeOutcome? Outcome { get; private set; }

    public bool IsOpen => EndedAt is null;

    /// <param name="member">Has both addresses.</param>
    /// <param name="after">Confirmed, and not the primary one.</param>
    /// <param name="stopWithin">How long the old address can stop it.</param>
    /// <returns><c>address.unknown</c>, <c>address.not-confirmed</c>, <c>address.is-primary</c>.</returns>
    public static Result<PrimaryChange> Ask(Guid id, Member member, string? after, TimeSpan stopWithin, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(member);
        if (!member.CanBePrimary(after, needsConfirmation: true).TryGet(out var email, out var why))
            return why;
        return new PrimaryChange
        {
            Id = id,
            MemberId = member.Id,
            Before = member.PrimaryEmail ?? "",
            After = email.Address,
            AfterKey = email.Key,
            RequestedAt = now,
            DueAt = now + stopWithin,
        };
    }

    /// <summary>Whether the old address has had its time. That begins when its mail went out, not when the change was asked for.</summary>
    /// <param name="toldAt">When the mail went out; null while it has not.</param>
    /// <returns>Where it has not, <see cref="DueAt"/> is the earliest moment at which it will have.</returns>
    public bool HasWaited(DateTimeOffset? toldAt, TimeSpan stopWithin, DateTimeOffset now)
    {
        var due = (toldAt ?? now) + stopWithin;
        if (due <= now)
            return true;
        DueAt = due;
        return false;
    }

    /// <summary>Ends it, once.</summary>
    /// <returns><c>address.change-over</c> where it has ended.</returns>
    public Result<PrimaryChange> End(PrimaryChangeOutcome outcome, DateTimeOffset now)
    {
        if (!IsOpen)
            return new Refusal("address.change-over");
        EndedAt = now;
        Outcome = outcome;
        return this;
    }
}
