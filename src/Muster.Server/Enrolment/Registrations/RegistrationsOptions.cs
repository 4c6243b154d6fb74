using Muster.Core.Registrations;

namespace Muster.Server.Enrolment.Registrations;

/// <summary>How long registrations wait, and how often an applicant may ask for another mail.</summary>
internal sealed class RegistrationsOptions
{
    public const string Section = "Registrations";

    /// <summary>Validity of a confirmation link.</summary>
    public TimeSpan ConfirmationLifetime { get; set; } = RegistrationDeadlines.Default.Confirmation;

    /// <summary>From the last mail until an unconfirmed registration lapses.</summary>
    public TimeSpan DraftLifetime { get; set; } = RegistrationDeadlines.Default.Draft;

    /// <summary>How long a registration waits for a person before it lapses.</summary>
    public TimeSpan DecisionLifetime { get; set; } = RegistrationDeadlines.Default.Decision;

    /// <summary>Confirmation mails per registration, the first one included.</summary>
    public int MostConfirmationMails { get; set; } = 10;

    /// <summary>Pause between two confirmation mails.</summary>
    public TimeSpan ResendPause { get; set; } = TimeSpan.FromSeconds(20);

    public RegistrationDeadlines Deadlines => new(ConfirmationLifetime, DraftLifetime, DecisionLifetime);

    public IEnumerable<string> Problems()
    {
        if (ConfirmationLifetime <= TimeSpan.Zero)
            yield return "Registrations:ConfirmationLifetime must be longer than nothing";
        if (DraftLifetime < ConfirmationLifetime)
            yield return "Registrations:DraftLifetime must not be shorter than ConfirmationLifetime";
        if (DecisionLifetime <= TimeSpan.Zero)
            yield return "Registrations:DecisionLifetime must be longer than nothing";
        if (MostConfirmationMails < 1)
            yield return "Registrations:MostConfirmationMails must be at least 1";
        if (ResendPause < TimeSpan.Zero)
            yield return "Registrations:ResendPause must not be negative";
    }
}
