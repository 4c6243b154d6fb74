using Muster.Core.Members;

namespace Muster.Core.Addresses;

/// <summary>How often and how long a link to a new address is sent and good.</summary>
/// <param name="LinkLifetime">From the sending of the mail.</param>
/// <param name="ResendPause">Between two mails of one member to one address.</param>
/// <param name="MostMails">For one request, the first among them; and to one address within 24 hours, whoever asks.</param>
/// <param name="MostOpen">Requests of one member that wait at once.</param>
/// <param name="MostPerDay">Requests of one member within 24 hours, withdrawn ones among them: nobody mails strangers through us.</param>
public sealed record AddressRequestRules(TimeSpan LinkLifetime, TimeSpan ResendPause, int MostMails, int MostOpen, int MostPerDay)
{
    /// <summary>Whether a member who has made these requests can make another one.</summary>
    /// <returns>Null, or <c>address.too-many-open</c>, <c>address.too-many-requests</c> (bounds).</returns>
    public Refusal? Refuses(IEnumerable<AddressRequest> made, DateTimeOffset now)
    {
        var lately = made.ToList();
        return lately.Count(r => r.IsOpen) >= MostOpen ? new Refusal("address.too-many-open") { Arguments = [$"{MostOpen}"] }
            : lately.Count(r => r.RequestedAt > now.AddDays(-1)) >= MostPerDay
                ? new Refusal("address.too-many-requests") { Arguments = [$"{MostPerDay}"] }
            : null;
    }

    /// <summary>Whether one more link can be mailed to an address.</summary>
    /// <param name="made">Every request of anybody for this address that was mailed within 24 hours, closed ones among them.</param>
    /// <returns>Null, or <c>address.mail-just-sent</c>, <c>address.too-many-mails</c>.</returns>
    public Refusal? RefusesMail(IReadOnlyCollection<AddressRequest> made, MemberId by, DateTimeOffset now) =>
        made.Sum(r => r.Serial) >= MostMails ? new Refusal("address.too-many-mails")
        : made.Any(r => r.MemberId == by && now < r.SentAt + ResendPause) ? new Refusal("address.mail-just-sent")
        : null;
}

/// <summary>
/// An address that somebody says is a member's, until whoever reads its mail says so too. It proves nothing and finds nobody before that.
/// </summary>
public sealed class AddressRequest
{
    private AddressRequest() { }

    public Guid Id { get; private set; }
    public MemberId MemberId { get; private set; }
    public string Address { get; private set; } = "";

    /// <summary>As of <see cref="EmailAddress.Key"/>.</summary>
    public string Key { get; private set; } = "";
    public DateTimeOffset RequestedAt { get; private set; }

    /// <summary>Name of the account that asked.</summary>
    public string RequestedBy { get; private set; } = "";

    /// <summary>Of the link; only the last one sent opens.</summary>
    public int Serial { get; private set; }
    public DateTimeOffset SentAt { get; private set; }

    /// <summary>First moment at which the link is too old.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? ConfirmedAt { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }

    public bool IsOpen => ConfirmedAt is null && WithdrawnAt is null;

    /// <summary>The first mail goes out with it.</summary>
    public static AddressRequest Open(
        Guid id,
        MemberId member,
        EmailAddress address,
        string by,
        AddressRequestRules rules,
        DateTimeOffset now
    )
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(rules);
        var request = new AddressRequest
        {
            Id = id,
            MemberId = member,
            Address = address.Value,
            Key = address.Key,
            RequestedAt = now,
            RequestedBy = by,
        };
        request.Send(rules, now);
        return request;
    }

    /// <summary>Another link; the one before opens nothing any more.</summary>
    /// <returns><c>address.request-closed</c>, <c>address.mail-just-sent</c>, <c>address.too-many-mails</c>.</returns>
    public Result<AddressRequest> SendAgain(AddressRequestRules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (!IsOpen)
            return new Refusal("address.request-closed");
        if (Serial >= rules.MostMails)
            return new Refusal("address.too-many-mails");
        if (now < SentAt + rules.ResendPause)
            return new Refusal("address.mail-just-sent");
        Send(rules, now);
        return this;
    }

    /// <summary>Whether the link of this number still opens.</summary>
    /// <returns><c>link.used</c>, <c>address.withdrawn</c>, <c>link.replaced</c>, <c>link.expired</c> where it does not.</returns>
    public Result<AddressRequest> CheckLink(int serial, DateTimeOffset now)
    {
        if (ConfirmedAt is not null)
            return new Refusal("link.used");
        if (WithdrawnAt is not null)
            return new Refusal("address.withdrawn");
        if (serial != Serial)
            return new Refusal("link.replaced");
        return now < ExpiresAt ? this : new Refusal("link.expired");
    }

    /// <summary>Whoever reads the mail there has said yes.</summary>
    /// <returns>As <see cref="CheckLink"/>.</returns>
    public Result<AddressRequest> Confirm(int serial, DateTimeOffset now)
    {
        if (!CheckLink(serial, now).TryGet(out _, out var why))
            return why;
        ConfirmedAt = now;
        return this;
    }

    /// <returns>Whether it was still open.</returns>
    public bool Withdraw(DateTimeOffset now)
    {
        if (!IsOpen)
            return false;
        WithdrawnAt = now;
        return true;
    }

    private void Send(AddressRequestRules rules, DateTimeOffset now)
    {
        Serial++;
        SentAt = now;
        ExpiresAt = now + rules.LinkLifetime;
    }
}
