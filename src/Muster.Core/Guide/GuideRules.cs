using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Core.Registrations;

namespace Muster.Core.Guide;

/// <summary>Says of every step that is shown how far the visitor is with it.</summary>
public static class GuideRules
{
    public const string HasAccount = "has-account";
    public const string Registrar = "registrar";
    public const string Representative = "representative";
    public const string TheSystem = "system";

    /// <param name="today">UTC.</param>
    public static IReadOnlyList<JudgedStep> Judge(GuideContent content, GuideFacts facts, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(facts);
        var judged = new List<JudgedStep>();
        var isNextKnown = false;
        foreach (var step in content.Steps.Where(s => s.IsShown))
        {
            var standing = Known(step, facts, today);
            if (standing is null && facts.IsStranger)
                standing = new GuideStanding.Explained();
            else if (standing is null && !isNextKnown && IsOnesTurn(step.Kind, facts))
            {
                standing = new GuideStanding.Next();
                isNextKnown = true;
            }
            judged.Add(new JudgedStep(step, standing ?? new GuideStanding.Later()));
        }
        return judged;
    }

    /// <summary>Null while the step is open.</summary>
    private static GuideStanding? Known(GuideStep step, GuideFacts facts, DateOnly today) =>
        step.Kind switch
        {
            GuideStepKind.Membership => Membership(facts, today),
            GuideStepKind.Certificate => Certificate(facts, today),
            GuideStepKind.CertificateCheck => CertificateCheck(facts),
            GuideStepKind.Registration => DoneOr(Running(facts)?.CreatedAt, Admitted(facts)),
            GuideStepKind.Conditions => DoneOr(facts.Acceptance?.AcceptedAt, Admitted(facts)),
            GuideStepKind.Email => DoneOr(Running(facts)?.EmailConfirmedAt, Admitted(facts)),
            GuideStepKind.Approval => Approval(facts),
            GuideStepKind.Account => Account(facts),
            GuideStepKind.Password => facts.Account is { IsUsable: true, PasswordSetAt: { } set } ? new GuideStanding.Done(set) : null,
            GuideStepKind.Own => facts.Ticks.TryGetValue(step.Id, out var ticked) ? new GuideStanding.Done(ticked) : null,
            _ => throw new ArgumentOutOfRangeException(nameof(step)),
        };

    /// <summary>Whether an open step is for the visitor to take, as far as the others have come.</summary>
    private static bool IsOnesTurn(GuideStepKind kind, GuideFacts facts) =>
        kind switch
        {
            GuideStepKind.Certificate or GuideStepKind.CertificateCheck or GuideStepKind.Registration => Running(facts) is null,
            GuideStepKind.Email => Running(facts) is { State: RegistrationState.Draft },
            GuideStepKind.Password => facts.Account is { } account
                ? account is { State: AccountState.InitialPassword or AccountState.Locked, ExpiredAt: null }
                : Running(facts)?.ProvisionedAt is not null,
            GuideStepKind.Own => facts.IsSignedIn,
            _ => false,
        };

    private static GuideStanding? Membership(GuideFacts facts, DateOnly today)
    {
        if (facts.Member is { } member)
        {
            var covering = member.Memberships.Where(m => m.Covers(today)).ToList();
            if (covering.Count > 0)
                return new GuideStanding.Done(new DateTimeOffset(covering.Min(m => m.From), TimeOnly.MinValue, TimeSpan.Zero));
            if (member.Memberships.Where(m => m.Until <= today).Max(m => m.Until) is { } end)
                return new GuideStanding.Waiting(Representative, new DateTimeOffset(end, TimeOnly.MinValue, TimeSpan.Zero));
        }
        return Running(facts) switch
        {
            { State: RegistrationState.AwaitingDecision } waits => new GuideStanding.Waiting(Registrar, waits.StateSince),
            { DecidedAt: { } decided } when facts.Member is null => new GuideStanding.Done(decided),
            _ => null,
        };
    }

    private static GuideStanding? Certificate(GuideFacts facts, DateOnly today) =>
        facts.Presented != PresentedState.None
            ? new GuideStanding.Done(null)
            : DoneOr(facts.Member is { } member ? OnRecord(member, today) : Running(facts)?.CreatedAt, Admitted(facts));

    /// <summary>Nothing is registered and no certificate added that was not found good.</summary>
    private static GuideStanding? CertificateCheck(GuideFacts facts) =>
        facts.Presented switch
        {
            PresentedState.Accepted => new GuideStanding.Done(null),
            PresentedState.Refused => null,
            _ => DoneOr(Running(facts)?.CreatedAt, Admitted(facts)),
        };

    private static GuideStanding? Approval(GuideFacts facts) =>
        Running(facts) switch
        {
            { DecidedAt: { } decided } => new GuideStanding.Done(decided),
            { State: RegistrationState.AwaitingEndorsement } waits => new GuideStanding.Waiting(Representative, waits.StateSince),
            { State: RegistrationState.Draft } => null,
            { } waits => new GuideStanding.Waiting(Registrar, waits.StateSince),
            null => Admitted(facts),
        };

    private static GuideStanding? Account(GuideFacts facts) =>
        facts.Account switch
        {
            { ExpiredAt: { } end } => new GuideStanding.Waiting(Representative, end),
            { State: AccountState.Suspended, StateSince: var since } => new GuideStanding.Waiting(Registrar, since),
            { } account => DoneOr(account.ProvisionedAt, new GuideStanding.Waiting(TheSystem, account.OrderedAt)),
            null => Running(facts) switch
            {
                { ProvisionedAt: { } made } => new GuideStanding.Done(made),
                { State: RegistrationState.Approved, DecidedAt: { } decided } => new GuideStanding.Waiting(TheSystem, decided),
                _ => null,
            },
        };

    /// <summary>A registration that was refused, taken back or forgotten is none: one begins anew.</summary>
    private static Registration? Running(GuideFacts facts) =>
        facts.Registration is { State: RegistrationState.Refused or RegistrationState.Withdrawn or RegistrationState.Lapsed }
            ? null
            : facts.Registration;

    /// <summary>Since when a certificate that can be used is on the record.</summary>
    private static DateTimeOffset? OnRecord(Member member, DateOnly today) =>
        member
            .Certificates.Where(c => c.SuspendedAt is null && c.NotAfter is { } end && DateOnly.FromDateTime(end.UtcDateTime) >= today)
            .Min(c => (DateTimeOffset?)c.AddedAt);

    private static GuideStanding.NotNeeded? Admitted(GuideFacts facts) =>
        facts.Account is null ? null : new GuideStanding.NotNeeded(HasAccount);

    private static GuideStanding? DoneOr(DateTimeOffset? when, GuideStanding? otherwise) =>
        when is { } at ? new GuideStanding.Done(at) : otherwise;
}
