using Muster.Server.Storage;

namespace Muster.Server.Outbox;

/// <summary>
/// One side effect that was decided and must happen: a mail to send, an account to make true. Written with the decision,
/// worked off later, tried again until it holds.
/// </summary>
internal sealed class OutboxOrder
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private OutboxOrder() { }

    public long Id { get; private set; }

    /// <summary>Which worker takes it: <see cref="Lanes"/>.</summary>
    public string Lane { get; private set; } = "";

    public string Kind { get; private set; } = "";

    /// <summary>Unique per effect: the same order asked for twice is one order.</summary>
    public string Key { get; private set; } = "";

    public string Payload { get; private set; } = "";
    public Guid? RegistrationId { get; private set; }
    public Guid? AccountId { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset NotBefore { get; private set; }
    public int Attempts { get; private set; }
    public string? LastError { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }

    public static OutboxOrder For(string lane, string kind, string key, string payload, DateTimeOffset now) =>
        new()
        {
            Lane = lane,
            Kind = kind,
            Key = key,
            Payload = payload,
            CreatedAt = now,
            NotBefore = now,
        };

    public OutboxOrder About(Guid? registrationId, Guid? accountId)
    {
        RegistrationId = registrationId;
        AccountId = accountId;
        return this;
    }

    /// <summary>Never tried yet and due at once.</summary>
    public bool IsNew => DoneAt is null && Attempts == 0 && NotBefore <= CreatedAt;

    /// <summary>Tried and failed: again after 5 s, 10 s, 20 s … at most an hour, for as long as it takes.</summary>
    public void MarkFailed(string error, DateTimeOffset now)
    {
        Attempts++;
        LastError = StorableText.Of(error, 500);
        var pause = TimeSpan.FromSeconds(5 * Math.Pow(2, Math.Min(Attempts - 1, 12)));
        NotBefore = now + (pause < LongestPause ? pause : LongestPause);
    }
}

internal static class Lanes
{
    public const string Mail = "mail";
    public const string Provisioning = "provisioning";
}
