namespace Muster.Core.Members;

/// <summary>An address that a member had: the person stays findable by it, and nothing is sent there.</summary>
public sealed class FormerEmail
{
    private FormerEmail() { }

    internal FormerEmail(MemberEmail email, int number, DateTimeOffset until)
    {
        MemberId = email.MemberId;
        Number = number;
        Address = email.Address;
        Key = email.Key;
        ConfirmedAt = email.ConfirmedAt;
        Until = until;
    }

    public MemberId MemberId { get; private set; }

    /// <summary>0 is the oldest.</summary>
    public int Number { get; private set; }
    public string Address { get; private set; } = "";

    /// <summary>Comparison key of <see cref="EmailAddress.Key"/>.</summary>
    public string Key { get; private set; } = "";
    public DateTimeOffset? ConfirmedAt { get; private set; }
    public DateTimeOffset Until { get; private set; }
}
