namespace Muster.Core.Accounts;

/// <summary>Identifies one account for ever. The empty value is refused.</summary>
public readonly record struct AccountId
{
    /// <exception cref="ArgumentException"><paramref name="value"/> is the empty UUID.</exception>
    public AccountId(Guid value) =>
        Value = value != Guid.Empty ? value : throw new ArgumentException("An account id is never empty.", nameof(value));

    public Guid Value { get; }

    public override string ToString() => Value.ToString("D");
}

/// <summary>The life of an account. Every state can be left again except that the name is never given to someone else.</summary>
public enum AccountState
{
    /// <summary>Decided; not yet made true in the connected systems.</summary>
    Ordered,

    /// <summary>Exists everywhere; the person has not set a password and the clock runs.</summary>
    InitialPassword,
    Active,

    /// <summary>The initial password lapsed: re-issued by certificate or by a registrar.</summary>
    Locked,

    /// <summary>By a person, with a reason.</summary>
    Suspended,
}
