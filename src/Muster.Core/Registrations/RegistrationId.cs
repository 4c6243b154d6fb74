namespace Muster.Core.Registrations;

/// <summary>Identifies one registration; a version-7 UUID made at the edge. The empty value is refused.</summary>
public readonly record struct RegistrationId
{
    /// <exception cref="ArgumentException"><paramref name="value"/> is the empty UUID.</exception>
    public RegistrationId(Guid value) =>
        Value = value != Guid.Empty ? value : throw new ArgumentException("A registration id is never empty.", nameof(value));

    public Guid Value { get; }

    public override string ToString() => Value.ToString("D");
}

/// <summary>The life of a registration (domain.md §4). Every wait names who is waited for.</summary>
public enum RegistrationState
{
    /// <summary>Submitted; the applicant has not confirmed the e-mail address.</summary>
    Draft,
    EmailConfirmed,
    AwaitingEndorsement,
    AwaitingVetting,

    /// <summary>A registrar is waited for.</summary>
    AwaitingDecision,

    /// <summary>The account is ordered.</summary>
    Approved,

    /// <summary>The account exists everywhere.</summary>
    Provisioned,
    Refused,
    Withdrawn,

    /// <summary>Nobody acted in the configured time.</summary>
    Lapsed,
}

/// <summary>The way in. A new way is new slices and one value here.</summary>
public enum RegistrationRoute
{
    Certificate,
}
