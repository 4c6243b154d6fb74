using Muster.Core.Accounts;
using Muster.Server.Outbox;
using Muster.Server.Web;

namespace Muster.Server.Register.Accounts;

/// <summary>The orders that follow from a change of an account: to the connected systems, and to the person.</summary>
internal static class AccountOrders
{
    public const string ApplyKind = "account.apply";

    /// <summary>Make the account's present state true everywhere; one order per revision.</summary>
    public static OutboxOrder Apply(Account account, DateTimeOffset now) =>
        OutboxOrder
            .For(Lanes.Provisioning, ApplyKind, $"account:{account.Id}:{account.Revision}", account.Id.ToString(), now)
            .About(account.RegistrationId?.Value, account.Id.Value);

    /// <summary>A mail with the one-time link that sets the password; the link is that of the account's present number.</summary>
    public static OutboxOrder PasswordLinkMail(Account account, string template, DateTimeOffset now) =>
        Mail(account, template, $"{template}:{account.Id}:{account.LinkSerial}:{account.RemindersSent}", Link(account), now);

    public static MailLink Link(Account account) => new(SetPassword.Path, OneTimeLinks.SetPassword, account.Id.Value, account.LinkSerial);

    public static OutboxOrder Mail(Account account, string template, string key, MailLink? link, DateTimeOffset now) =>
        Mail(account, template, key, link, [], now);

    /// <summary>With values of its own beside those of the account.</summary>
    public static OutboxOrder Mail(
        Account account,
        string template,
        string key,
        MailLink? link,
        IReadOnlyList<(string Name, string Value)> more,
        DateTimeOffset now
    )
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = account.DisplayName,
            ["account"] = account.Name,
            ["until"] = account.LinkExpiresAt is { } until ? MailTimes.Of(until) : "",
        };
        foreach (var (name, value) in more)
            values[name] = value;
        return new MailOrder(template, account.Email, account.DisplayName, account.Language, values, link)
            .ToOrder(key, now)
            .About(account.RegistrationId?.Value, account.Id.Value);
    }
}
