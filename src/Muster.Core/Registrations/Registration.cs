using Muster.Core.Accounts;
using Muster.Core.Members;

namespace Muster.Core.Registrations;

/// <summary>One person's request to be let in: what they showed, what they typed, what it waits for, and how it ended.</summary>
public sealed class Registration
{
    private Registration() { }

    public RegistrationId Id { get; private set; }

    /// <summary>Short name for people, unique.</summary>
    public string Reference { get; private set; } = "";

    /// <summary>One per form that was shown: the same form sent twice is one registration.</summary>
    public string FormKey { get; private set; } = "";
    public RegistrationRoute Route { get; private set; }
    public RegistrationState State { get; private set; }
    public DateTimeOffset StateSince { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    public string CertificateKey { get; private set; } = "";
    public string CertificateSubject { get; private set; } = "";
    public string CertificateIssuer { get; private set; } = "";
    public string CertificateSerial { get; private set; } = "";
    public DateTimeOffset CertificateNotAfter { get; private set; }
    public string CertificateNames { get; private set; } = "";
    public byte[] CertificateChain { get; private set; } = [];

    /// <summary>The name as it was proposed from certificate and list, before the applicant touched it.</summary>
    public string ProposedName { get; private set; } = "";
    public string? Given { get; private set; }
    public string? Family { get; private set; }
    public NameOrder NameOrder { get; private set; }
    public string? Native { get; private set; }
    public string DisplayName { get; private set; } = "";
    public string NameKey { get; private set; } = "";
    public string Email { get; private set; } = "";
    public string EmailKey { get; private set; } = "";
    public string AccountName { get; private set; } = "";
    public string Language { get; private set; } = "en";

    /// <summary>The applicant knows that something differs from the list and asks for a registrar.</summary>
    public bool AsksForRegistrar { get; private set; }

    /// <summary>
    /// The address already belongs to something. Kept from the page (a stranger must not learn it); the mail tells its owner.
    /// </summary>
    public bool IsHeldBack { get; private set; }

    public int ConfirmationSerial { get; private set; }
    public DateTimeOffset ConfirmationSentAt { get; private set; }
    public DateTimeOffset ConfirmationExpiresAt { get; private set; }
    public DateTimeOffset? EmailConfirmedAt { get; private set; }

    public MemberId? MemberId { get; private set; }
    public AccountId? AccountId { get; private set; }

    /// <summary>Why a registrar is asked; codes, comma-separated.</summary>
    public string WaitReasons { get; private set; } = "";
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>The rule or the account that decided.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>Refusal code, or the registrar's words to the applicant.</summary>
    public string? DecisionNote { get; private set; }
    public DateTimeOffset? ProvisionedAt { get; private set; }

    public bool IsOpen =>
        State
            is RegistrationState.Draft
                or RegistrationState.EmailConfirmed
                or RegistrationState.AwaitingDecision
                or RegistrationState.AwaitingEndorsement
                or RegistrationState.AwaitingVetting;

    public PersonName Name => PersonName.Create(Given, Family, NameOrder, Native).Value;

    public static Registration Submit(
        RegistrationId id,
        string reference,
        Application application,
        PresentedCertificate certificate,
        RegistrationDeadlines deadlines,
        DateTimeOffset now
    )
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(deadlines);
        return new Registration
        {
            Id = id,
            Reference = reference,
            FormKey = application.FormKey,
            Route = RegistrationRoute.Certificate,
            State = RegistrationState.Draft,
            StateSince = now,
            CreatedAt = now,
            CertificateKey = certificate.Key,
            CertificateSubject = certificate.Subject,
            CertificateIssuer = certificate.Issuer,
            CertificateSerial = certificate.Serial,
            CertificateNotAfter = certificate.NotAfter,
            CertificateNames = certificate.CommonNames,
            CertificateChain = certificate.Chain,
            ProposedName = application.ProposedName,
            Given = application.Name.Given,
            Family = application.Name.Family,
            NameOrder = application.Name.Order,
            Native = application.Name.Native,
            DisplayName = application.Name.Display,
            NameKey = application.Name.Key,
            Email = application.Email.Value,
            EmailKey = application.Email.Key,
            AccountName = application.AccountName.Value,
            Language = application.Language,
            AsksForRegistrar = application.AsksForRegistrar,
            IsHeldBack = application.IsHeldBack,
            ConfirmationSerial = 1,
            ConfirmationSentAt = now,
            ConfirmationExpiresAt = now + deadlines.Confirmation,
        };
    }

    /// <summary>A new confirmation link, to the same or to a corrected address; every earlier link stops working.</summary>
    /// <returns><c>registration.already-confirmed</c> or <c>registration.closed</c> where there is nothing to confirm.</returns>
    public Result<Registration> SendAgain(EmailAddress to, bool heldBack, RegistrationDeadlines deadlines, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(deadlines);
        if (!IsOpen)
            return new Refusal("registration.closed");
        if (State != RegistrationState.Draft)
            return new Refusal("registration.already-confirmed");
        Email = to.Value;
        EmailKey = to.Key;
        IsHeldBack = heldBack;
        ConfirmationSerial++;
        ConfirmationSentAt = now;
        ConfirmationExpiresAt = now + deadlines.Confirmation;
        return this;
    }

    /// <summary>The link of this number was followed. Following it again is harmless and changes nothing.</summary>
    /// <returns><c>link.replaced</c>, <c>link.expired</c> or <c>registration.closed</c> where it confirms nothing.</returns>
    public Result<Registration> ConfirmEmail(int serial, DateTimeOffset now)
    {
        if (EmailConfirmedAt is not null && serial == ConfirmationSerial)
            return this;
        if (!IsOpen)
            return new Refusal("registration.closed");
        if (serial != ConfirmationSerial || IsHeldBack)
            return new Refusal("link.replaced");
        if (now >= ConfirmationExpiresAt)
            return new Refusal("link.expired");
        EmailConfirmedAt = now;
        MoveTo(RegistrationState.EmailConfirmed, now);
        return this;
    }

    /// <summary>Leaves the decision to a registrar, for these reasons.</summary>
    public void AwaitRegistrar(MemberId? member, IReadOnlyList<string> reasons, DateTimeOffset now)
    {
        MemberId = member;
        WaitReasons = string.Join(',', reasons);
        MoveTo(RegistrationState.AwaitingDecision, now);
    }

    /// <summary>So be it: by a rule or by a registrar.</summary>
    /// <returns><c>registration.closed</c> when it was decided before, <c>registration.email-not-confirmed</c> when it is too early.</returns>
    public Result<Registration> Approve(MemberId member, AccountId account, string by, string? note, DateTimeOffset now)
    {
        if (!IsOpen)
            return new Refusal("registration.closed");
        if (EmailConfirmedAt is null)
            return new Refusal("registration.email-not-confirmed");
        MemberId = member;
        AccountId = account;
        Decide(RegistrationState.Approved, by, note, now);
        return this;
    }

    /// <returns><c>registration.closed</c> when it was decided before.</returns>
    public Result<Registration> Refuse(string by, string note, DateTimeOffset now)
    {
        if (!IsOpen)
            return new Refusal("registration.closed");
        Decide(RegistrationState.Refused, by, note, now);
        return this;
    }

    /// <summary>The applicant takes it back.</summary>
    public Result<Registration> Withdraw(DateTimeOffset now)
    {
        if (!IsOpen)
            return new Refusal("registration.closed");
        Decide(RegistrationState.Withdrawn, "applicant", null, now);
        return this;
    }

    /// <summary>Ends a registration on which nobody acted until its deadline.</summary>
    /// <returns>True when this call ended it.</returns>
    public bool Lapse(RegistrationDeadlines deadlines, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(deadlines);
        if (!IsOpen || now < StateSince + (State == RegistrationState.Draft ? deadlines.Draft : deadlines.Decision))
            return false;
        Decide(RegistrationState.Lapsed, "time", null, now);
        return true;
    }

    public void MarkProvisioned(DateTimeOffset now)
    {
        if (State != RegistrationState.Approved)
            return;
        ProvisionedAt = now;
        MoveTo(RegistrationState.Provisioned, now);
    }

    private void Decide(RegistrationState state, string by, string? note, DateTimeOffset now)
    {
        DecidedAt = now;
        DecidedBy = by;
        DecisionNote = note;
        WaitReasons = "";
        MoveTo(state, now);
    }

    private void MoveTo(RegistrationState state, DateTimeOffset now)
    {
        State = state;
        StateSince = now;
    }
}
