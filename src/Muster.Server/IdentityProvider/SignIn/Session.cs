using Muster.Core.Accounts;

namespace Muster.Server.IdentityProvider.SignIn;

/// <summary>One signed-in browser; ended by the person, by time, or with the account.</summary>
public sealed class Session
{
    private Session() { }

    public Session(Guid id, AccountId account, string? origin, string? browser, DateTimeOffset now, TimeSpan lifetime)
    {
        Id = id;
        AccountId = account;
        Origin = origin;
        Browser = browser;
        CreatedAt = now;
        ExpiresAt = now + lifetime;
    }

    public Guid Id { get; private set; }
    public AccountId AccountId { get; private set; }
    public string? Origin { get; private set; }

    /// <summary>What the browser called itself, shortened; for the person to recognise it.</summary>
    public string? Browser { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>First moment at which it no longer counts.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    public void End(DateTimeOffset now) => EndedAt ??= now;
}
