using Muster.Core.Accounts;
using Muster.Core.Members;

namespace Muster.Core.Registrations;

/// <summary>What the applicant sent, parsed and found well-formed.</summary>
/// <param name="FormKey">One per form shown, so that sending it twice makes one registration.</param>
/// <param name="ProposedName">The name as proposed before the applicant touched it.</param>
/// <param name="AsksForRegistrar">The applicant knows that something differs from the list.</param>
/// <param name="IsHeldBack">The address already belongs to something; its owner is told by mail, the page says nothing.</param>
public sealed record Application(
    string FormKey,
    PersonName Name,
    string ProposedName,
    EmailAddress Email,
    AccountName AccountName,
    string Language,
    bool AsksForRegistrar,
    bool IsHeldBack
);

/// <summary>How long a registration waits for whom.</summary>
/// <param name="Confirmation">Validity of a confirmation link.</param>
/// <param name="Draft">From submission until an unconfirmed registration lapses.</param>
/// <param name="Decision">From the start of a wait for a person until the registration lapses.</param>
public sealed record RegistrationDeadlines(TimeSpan Confirmation, TimeSpan Draft, TimeSpan Decision)
{
    public static RegistrationDeadlines Default { get; } = new(TimeSpan.FromHours(24), TimeSpan.FromDays(7), TimeSpan.FromDays(30));
}
