using Muster.Core.Accounts;
using Muster.Core.Registrations;
using Muster.Server.Outbox;

namespace Muster.Server.Enrolment.Registrations;

/// <summary>One step of the way in, as the applicant sees it.</summary>
/// <param name="Key">Key of its words in the texts: <c>submitted</c>, <c>confirmed</c>, <c>decided</c>, <c>account</c>, <c>password</c>.</param>
/// <param name="State"><c>done</c>, <c>current</c>, <c>failed</c> or <c>to-come</c>.</param>
/// <param name="WaitsFor">Who is waited for, as a key: <c>applicant</c>, <c>registrar</c>, <c>provisioning</c>, <c>mail</c>; null when nobody.</param>
public sealed record StatusStep(string Key, string State, DateTimeOffset? At, string? WaitsFor, DateTimeOffset? Since);

/// <summary>Everything that the status page shows; the same as JSON.</summary>
public sealed record RegistrationStatus(
    string Reference,
    string State,
    DateTimeOffset StateSince,
    string Name,
    string Email,
    string? AccountName,
    string? AccountState,
    DateTimeOffset? PasswordUntil,
    DateTimeOffset ConfirmationUntil,
    string? Note,
    string Contact,
    IReadOnlyList<StatusStep> Steps,
    IReadOnlyList<MailStatus> Mails,
    bool IsOpen,
    bool IsMoving
)
{
    internal static RegistrationStatus Of(
        Registration r,
        Account? account,
        IReadOnlyList<OutboxOrder> orders,
        DateTimeOffset now,
        string contact
    ) =>
        new(
            r.Reference,
            r.State.ToString(),
            r.StateSince,
            r.DisplayName,
            r.Email,
            account?.Name,
            account?.State.ToString(),
            account?.State == Core.Accounts.AccountState.InitialPassword ? account.InitialPasswordLapsesAt : null,
            r.ConfirmationExpiresAt,
            r.DecisionNote,
            contact,
            StepsOf(r, account, orders),
            [.. orders.Where(o => o.Lane == Lanes.Mail).Select(MailStatus.Of)],
            r.IsOpen,
            // Seconds, not days: the page may look again by itself.
            r.State is RegistrationState.Approved
                || orders.Any(o => o.DoneAt is null && o.Attempts < 3)
        );

    private static List<StatusStep> StepsOf(Registration r, Account? account, IReadOnlyList<OutboxOrder> orders)
    {
        var ended = r.State is RegistrationState.Refused or RegistrationState.Withdrawn or RegistrationState.Lapsed;
        var steps = new List<StatusStep> { new("submitted", "done", r.CreatedAt, null, null) };

        steps.Add(
            r.EmailConfirmedAt is { } confirmed
                ? new("confirmed", "done", confirmed, null, null)
                : new("confirmed", ended ? "failed" : "current", null, ended ? null : "applicant", r.ConfirmationSentAt)
        );

        steps.Add(
            r.State switch
            {
                RegistrationState.Approved or RegistrationState.Provisioned => new("decided", "done", r.DecidedAt, null, null),
                RegistrationState.AwaitingDecision => new("decided", "current", null, "registrar", r.StateSince),
                _ when ended => new("decided", "failed", r.DecidedAt, null, null),
                _ => new("decided", "to-come", null, null, null),
            }
        );

        var order = orders.LastOrDefault(o => o.Lane == Lanes.Provisioning);
        steps.Add(
            account switch
            {
                { ProvisionedAt: { } made } => new("account", "done", made, null, null),
                not null => new("account", "current", null, "provisioning", order?.CreatedAt ?? account.OrderedAt),
                null => new("account", "to-come", null, null, null),
            }
        );

        steps.Add(
            account switch
            {
                { PasswordSetAt: { } set } => new("password", "done", set, null, null),
                { State: Core.Accounts.AccountState.Locked } => new("password", "failed", account.StateSince, null, null),
                { State: Core.Accounts.AccountState.InitialPassword } => new(
                    "password",
                    "current",
                    null,
                    "applicant",
                    account.InitialPasswordIssuedAt
                ),
                _ => new("password", "to-come", null, null, null),
            }
        );
        return steps;
    }
}

/// <summary>One mail: sent when, or not yet and why.</summary>
public sealed record MailStatus(string Template, DateTimeOffset OrderedAt, DateTimeOffset? SentAt, int Attempts, DateTimeOffset? NextTry)
{
    internal static MailStatus Of(OutboxOrder order) =>
        new(
            Shown(MailOrder.From(order).Template),
            order.CreatedAt,
            order.DoneAt,
            order.Attempts,
            order.DoneAt is null ? order.NotBefore : null
        );

    /// <summary>Only the owner of the address reads which mail it was: to a stranger it is the same as any first mail.</summary>
    private static string Shown(string template) =>
        template is RegistrationMails.AddressHasAccount or RegistrationMails.AddressHasRegistration
            ? RegistrationMails.ConfirmEmail
            : template;
}
