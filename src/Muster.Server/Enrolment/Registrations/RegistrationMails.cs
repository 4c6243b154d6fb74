using Muster.Core.Registrations;
using Muster.Server.Outbox;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Registrations;

/// <summary>The mails of a registration, as orders.</summary>
internal static class RegistrationMails
{
    public const string ConfirmPath = "/confirm/";

    public const string ConfirmEmail = "confirm-email";
    public const string AddressHasAccount = "address-has-account";
    public const string AddressHasRegistration = "address-has-registration";

    /// <summary>The confirmation link; or, where the address already belongs to something, what exists and what to do.</summary>
    public static OutboxOrder Confirmation(Registration registration, HeldBack? heldBack, DateTimeOffset now) =>
        heldBack switch
        {
            null => Order(registration, ConfirmEmail, ConfirmLink(registration), now),
            { AccountName: { } account } => Order(registration, AddressHasAccount, null, now, account),
            { Registration: { } open } => Order(
                registration,
                AddressHasRegistration,
                RegistrationLinks.FollowMail(open.Id),
                now,
                open.Reference
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static OutboxOrder AwaitsRegistrar(Registration registration, DateTimeOffset now) =>
        Order(registration, "awaits-registrar", RegistrationLinks.FollowMail(registration.Id), now);

    public static OutboxOrder Refused(Registration registration, string words, DateTimeOffset now) =>
        Order(registration, "registration-refused", RegistrationLinks.FollowMail(registration.Id), now, words);

    public static OutboxOrder Lapsed(Registration registration, DateTimeOffset now) =>
        Order(registration, "registration-lapsed", null, now);

    private static MailLink ConfirmLink(Registration registration) =>
        new(ConfirmPath, OneTimeLinks.ConfirmEmail, registration.Id.Value, registration.ConfirmationSerial);

    private static OutboxOrder Order(Registration registration, string template, MailLink? link, DateTimeOffset now, string detail = "") =>
        new MailOrder(
            template,
            registration.Email,
            registration.DisplayName,
            registration.Language,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["name"] = registration.DisplayName,
                ["reference"] = registration.Reference,
                ["until"] = MailTimes.Of(registration.ConfirmationExpiresAt),
                ["detail"] = detail,
            },
            link
        ).ToOrder($"{template}:{registration.Id}:{registration.ConfirmationSerial}", now).About(registration.Id.Value, null);
}
