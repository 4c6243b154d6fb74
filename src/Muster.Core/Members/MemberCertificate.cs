namespace Muster.Core.Members;

/// <summary>
/// A certificate subject that stands for a member. The subject alone identifies (EUGridPMA: unique within IGTF); issuer, serial
/// and end are kept as seen last, so that a CA that changes its name makes a stranger of nobody.
/// </summary>
public sealed class MemberCertificate
{
    private MemberCertificate() { }

    public MemberCertificate(MemberId member, string key, string subject, string source, DateTimeOffset now)
    {
        MemberId = member;
        Key = key;
        Subject = subject;
        Source = source;
        AddedAt = now;
    }

    public MemberId MemberId { get; private set; }

    /// <summary>Canonical key of the subject; unique over all members.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Slash form, for people.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>Where it is known from: <c>list</c> or <c>registration</c>.</summary>
    public string Source { get; private set; } = "";
    public DateTimeOffset AddedAt { get; private set; }
    public string? Issuer { get; private set; }
    public string? Serial { get; private set; }
    public DateTimeOffset? NotAfter { get; private set; }

    public void Seen(string issuer, string serial, DateTimeOffset notAfter)
    {
        Issuer = issuer;
        Serial = serial;
        NotAfter = notAfter;
    }
}
