namespace Muster.Core.Members;

/// <summary>One address of a member; position 0 is the primary.</summary>
public sealed class MemberEmail
{
    private MemberEmail() { }

    internal MemberEmail(MemberId member, int position, EmailAddress address)
    {
        MemberId = member;
        Position = position;
        Address = address.Value;
        Key = address.Key;
    }

    public MemberId MemberId { get; private set; }
    public int Position { get; private set; }
    public string Address { get; private set; } = "";

    /// <summary>Comparison key of <see cref="EmailAddress.Key"/>.</summary>
    public string Key { get; private set; } = "";

    /// <summary>When whoever reads its mail said that it is this person's; null where only a list says so.</summary>
    public DateTimeOffset? ConfirmedAt { get; private set; }

    internal void MoveTo(int position) => Position = position;

    internal void Confirm(DateTimeOffset at) => ConfirmedAt ??= at;
}
