namespace Muster.Core.Members;

/// <summary>Identifies one person on the members list for life; a version-7 UUID made at the edge. The empty value is refused.</summary>
public readonly record struct MemberId
{
    /// <exception cref="ArgumentException"><paramref name="value"/> is the empty UUID.</exception>
    public MemberId(Guid value) =>
        Value = value != Guid.Empty ? value : throw new ArgumentException("A member id is never empty.", nameof(value));

    public Guid Value { get; }

    public override string ToString() => Value.ToString("D");
}
