namespace Muster.Core.Members;

/// <summary>A member asks for a subject that this browser cannot present: a robot's, or that of another machine. A registrar decides, once.</summary>
public sealed class CertificateRequest
{
    /// <summary>Longest purpose and longest words of a decision, in characters.</summary>
    public const int LongestText = 1_000;

    private CertificateRequest() { }

    public CertificateRequest(Guid id, MemberId member, string key, string subject, string purpose, DateTimeOffset now)
    {
        Id = id;
        MemberId = member;
        Key = key;
        Subject = subject;
        Purpose = purpose;
        RequestedAt = now;
    }

    public Guid Id { get; private set; }
    public MemberId MemberId { get; private set; }

    /// <summary>Canonical key of the subject.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Slash form, for people.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>What the member says it is for.</summary>
    public string Purpose { get; private set; } = "";
    public DateTimeOffset RequestedAt { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Account name of who decided.</summary>
    public string? DecidedBy { get; private set; }
    public bool? IsApproved { get; private set; }

    /// <summary>What the registrar told the member.</summary>
    public string? Words { get; private set; }

    /// <summary>Refuses with <c>certificate.request-closed</c> when it was decided before, and with <c>certificate.own-request</c>.</summary>
    public Result<CertificateRequest> Decide(bool approved, string by, MemberId decider, string? words, DateTimeOffset now)
    {
        if (DecidedAt is not null)
            return new Refusal("certificate.request-closed");
        if (decider == MemberId)
            return new Refusal("certificate.own-request");
        (IsApproved, DecidedBy, Words, DecidedAt) = (approved, by, words, now);
        return this;
    }
}
