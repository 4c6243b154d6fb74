using Muster.Core.Members;
using Muster.Core.Registrations;

namespace Muster.Core.Accounts;

/// <summary>One account of one member, for all services. Its name is assigned once and never reused.</summary>
public sealed partial class Account
{
    private Account() { }

    public AccountId Id { get; private set; }
    public string Name { get; private set; } = "";
    public MemberId MemberId { get; private set; }
    public RegistrationId? RegistrationId { get; private set; }
    public string DisplayName { get; private set; } = "";
    public string? Given { get; private set; }
    public string? Family { get; private set; }

    /// <summary>The name in the holder's own script; null when none was given.</summary>
    public string? Native { get; private set; }
    public string NameKey { get; private set; } = "";
    public string Email { get; private set; } = "";
    public string EmailKey { get; private set; } = "";
    public string Language { get; private set; } = "en";
    public AccountState State { get; private set; }
    public DateTimeOffset StateSince { get; private set; }
    public DateTimeOffset OrderedAt { get; private set; }
    public DateTimeOffset? ProvisionedAt { get; private set; }

    /// <summary>When the running (or lapsed) initial password was issued.</summary>
    public DateTimeOffset? InitialPasswordIssuedAt { get; private set; }

    /// <summary>First moment at which the account locks if no password was set.</summary>
    public DateTimeOffset? InitialPasswordLapsesAt { get; private set; }
    public int RemindersSent { get; private set; }

    /// <summary>Counts the one-time links; only a link of the current number opens.</summary>
    public int LinkSerial { get; private set; }
    public DateTimeOffset? LinkExpiresAt { get; private set; }
    public DateTimeOffset? PasswordSetAt { get; private set; }

    /// <summary>When a stranger's "I forgot my password" last led to a mail; bounds how often that happens.</summary>
    public DateTimeOffset? LinkMailedAt { get; private set; }

    /// <summary>Grows with every change that the connected systems must see.</summary>
    public int Revision { get; private set; }

    public static Account Order(AccountId id, AccountName name, MemberId member, Registration registration, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(registration);
        return new Account
        {
            Id = id,
            Name = name.Value,
            MemberId = member,
            RegistrationId = registration.Id,
            DisplayName = registration.DisplayName,
            Given = registration.Given,
            Family = registration.Family,
            Native = registration.Native,
            NameKey = registration.NameKey,
            Email = registration.Email,
            EmailKey = registration.EmailKey,
            Language = registration.Language,
            State = AccountState.Ordered,
            StateSince = now,
            OrderedAt = now,
            Revision = 1,
        };
    }

    /// <summary>An account for someone on the members list who did not have to register.</summary>
    /// <exception cref="ArgumentException">The member has no address.</exception>
    public static Account OrderFor(AccountId id, AccountName name, Member member, string language, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(member);
        var email = EmailAddress.Parse(member.PrimaryEmail);
        if (!email.IsSuccess)
            throw new ArgumentException("The member has no address.", nameof(member));
        return new Account
        {
            Id = id,
            Name = name.Value,
            MemberId = member.Id,
            DisplayName = member.DisplayName,
            Given = member.Given,
            Family = member.Family,
            Native = member.Native,
            NameKey = member.NameKey,
            Email = email.Value.Value,
            EmailKey = email.Value.Key,
            Language = language,
            State = AccountState.Ordered,
            StateSince = now,
            OrderedAt = now,
            Revision = 1,
        };
    }

    /// <summary>The connected systems have it. Starts the clock of the initial password; harmless when repeated.</summary>
    /// <returns>True when this call made the difference.</returns>
    public bool MarkProvisioned(InitialPasswordRules rules, DateTimeOffset now)
    {
        if (State != AccountState.Ordered)
            return false;
        ProvisionedAt = now;
        StartClock(rules, now);
        return true;
    }

    /// <summary>A fresh initial password (a new one-time link) for an account that waits for one or has locked.</summary>
    /// <returns><c>account.not-waiting-for-password</c> in any other state; <c>account.expired</c>.</returns>
    public Result<Account> ReissueInitialPassword(InitialPasswordRules rules, DateTimeOffset now)
    {
        if (ExpiredAt is not null)
            return new Refusal("account.expired");
        if (State is not (AccountState.InitialPassword or AccountState.Locked))
            return new Refusal("account.not-waiting-for-password");
        var wasLocked = State == AccountState.Locked;
        StartClock(rules, now);
        if (wasLocked)
            Revision++;
        return this;
    }

    /// <summary>A one-time link for an active account whose password was forgotten; replaces every earlier link.</summary>
    /// <returns><c>account.not-active</c> in any other state, and where it has expired.</returns>
    public Result<Account> IssueResetLink(TimeSpan lifetime, DateTimeOffset now)
    {
        if (!IsUsable)
            return new Refusal("account.not-active");
        LinkSerial++;
        LinkExpiresAt = now + lifetime;
        return this;
    }

    /// <summary>
    /// Mail goes there from now on. A link that was mailed to the address before opens nothing any more; an account that waits for its
    /// first password is to be sent another.
    /// </summary>
    /// <returns>Whether a link to set the first password has to be sent again.</returns>
    public bool TakeEmail(EmailAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.Value == Email)
            return false;
        (Email, EmailKey) = (address.Value, address.Key);
        Revision++;
        if (LinkExpiresAt is null)
            return false;
        LinkSerial++;
        if (State == AccountState.InitialPassword)
            return true;
        LinkExpiresAt = null;
        return false;
    }

    public void NoteLinkMailed(DateTimeOffset now) => LinkMailedAt = now;

    /// <summary>Whether the link of this number still opens.</summary>
    /// <returns><c>link.used</c>, <c>link.replaced</c>, <c>link.expired</c>, <c>account.locked</c>, <c>account.suspended</c> or <c>account.expired</c> where it does not.</returns>
    public Result<Account> CheckLink(int serial, DateTimeOffset now)
    {
        if (State is AccountState.Suspended)
            return new Refusal("account.suspended");
        if (ExpiredAt is not null)
            return new Refusal("account.expired");
        if (State is AccountState.Locked)
            return new Refusal("account.locked");
        if (serial != LinkSerial)
            return new Refusal(PasswordSetAt is null ? "link.replaced" : "link.used");
        if (LinkExpiresAt is null)
            return new Refusal("link.used");
        return now < LinkExpiresAt ? this : new Refusal("link.expired");
    }

    /// <summary>The person set a password through a link of this number: the link is used up, the account is active.</summary>
    public Result<Account> SetPassword(int serial, DateTimeOffset now)
    {
        if (!CheckLink(serial, now).TryGet(out _, out var why))
            return why;
        LinkExpiresAt = null;
        PasswordSetAt = now;
        InitialPasswordLapsesAt = null;
        if (State != AccountState.Active)
        {
            MoveTo(AccountState.Active, now);
            Revision++;
        }
        return this;
    }

    /// <summary>Locks the account when its initial password has lapsed at <paramref name="now"/>.</summary>
    /// <returns>True when this call locked it.</returns>
    public bool LapseInitialPassword(DateTimeOffset now)
    {
        if (State != AccountState.InitialPassword || now < InitialPasswordLapsesAt)
            return false;
        LinkExpiresAt = null;
        MoveTo(AccountState.Locked, now);
        Revision++;
        return true;
    }

    /// <summary>Notes that a reminder is due now and counts it; at most one per call, however late the call comes.</summary>
    public bool TakeDueReminder(InitialPasswordRules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (State != AccountState.InitialPassword || ExpiredAt is not null || now >= InitialPasswordLapsesAt)
            return false;
        if (InitialPasswordIssuedAt is not { } issued)
            return false;
        var due = rules.Reminders.Count(after => issued + after <= now);
        if (due <= RemindersSent)
            return false;
        RemindersSent = due;
        return true;
    }

    private void StartClock(InitialPasswordRules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        InitialPasswordIssuedAt = now;
        InitialPasswordLapsesAt = now + rules.Lifetime;
        RemindersSent = 0;
        LinkSerial++;
        LinkExpiresAt = InitialPasswordLapsesAt;
        MoveTo(AccountState.InitialPassword, now);
    }

    private void MoveTo(AccountState state, DateTimeOffset now)
    {
        State = state;
        StateSince = now;
    }
}
