using Muster.Core.Members;

namespace Muster.Core.Registrations;

/// <summary>Who is let in at once, who waits for a registrar, who is led elsewhere (S3, S5, S11).</summary>
public static class RegistrationRules
{
    public const string NotOnList = "not-on-list";
    public const string MembershipEnded = "membership-ended";
    public const string EmailDiffers = "email-differs";
    public const string NameDiffers = "name-differs";
    public const string CertificateDiffers = "certificate-differs";
    public const string AddressShared = "address-shared";
    public const string SimilarName = "similar-name";
    public const string AskedFor = "asked-for";

    public const string RuleBySubject = "members-list.certificate-subject";
    public const string RuleByEmail = "members-list.confirmed-email";

    /// <summary>Asked when the address is confirmed, and again whenever the registration is looked at.</summary>
    public static Decision Decide(Registration registration, RegistrationFacts facts)
    {
        ArgumentNullException.ThrowIfNull(registration);
        ArgumentNullException.ThrowIfNull(facts);
        if (facts.CertificateProblem is { } problem)
            return new Decision.Refuse(problem);
        if (facts.Duplicates.FirstOrDefault(d => d.By != DuplicateBy.SimilarName) is { } existing)
            return new Decision.Refuse(
                new Refusal(existing.AccountName is null ? "registration.another-is-open" : "registration.account-exists")
            );

        var member = facts.MemberBySubject ?? (facts.MembersByEmail is [var only] ? only : null);
        var reasons = Reasons(registration, facts, member).Distinct(StringComparer.Ordinal).ToList();
        if (member is null || reasons.Count > 0)
            return new Decision.AskRegistrar(member?.Id, reasons);
        return new Decision.ApproveAtOnce(member.Id, facts.MemberBySubject is null ? RuleByEmail : RuleBySubject);
    }

    private static IEnumerable<string> Reasons(Registration registration, RegistrationFacts facts, Member? member)
    {
        if (member is null)
        {
            yield return facts.MembersByEmail.Count > 1 ? AddressShared : NotOnList;
        }
        else
        {
            if (!member.IsActiveOn(facts.Today))
                yield return MembershipEnded;
            if (!member.Emails.Any(e => string.Equals(e.Key, registration.EmailKey, StringComparison.Ordinal)))
                yield return EmailDiffers;
            if (facts.MembersByEmail.Any(m => m.Id != member.Id && m.HasConfirmed(registration.EmailKey)))
                yield return AddressShared;
            if (!Members.NameKey.AreSimilar(registration.NameKey, member.NameKey))
                yield return NameDiffers;

            // Found by address only: the certificate must speak for the same person, and the list must not know another subject.
            if (facts.MemberBySubject is null && member.Certificates.Count > 0)
                yield return CertificateDiffers;
            if (facts.MemberBySubject is null && !Members.NameKey.AreSimilar(Members.NameKey.Of(facts.CertificateName), member.NameKey))
                yield return NameDiffers;
        }

        if (facts.Duplicates.Any(d => d.By == DuplicateBy.SimilarName))
            yield return SimilarName;
        if (registration.AsksForRegistrar)
            yield return AskedFor;
    }
}
