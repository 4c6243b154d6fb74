using Muster.Core;
using Muster.Core.Members;
using Muster.Core.Registrations;
using Muster.Core.X509;
using Muster.Server.Register.AcceptableUse;

namespace Muster.Server.Enrolment.Registrations;

/// <summary>What the registration form shows.</summary>
public sealed record RegisterModel(
    RegistrationForm Form,
    string CertificateSubject,
    string CertificateIssuer,
    IReadOnlyList<string> CertificateNames,
    DateTimeOffset CertificateNotAfter,
    bool IsOnList,
    string? ListName,
    string? ListEmailMasked,
    NameProposal Proposal,
    AupDocument Aup,
    IReadOnlyList<Refusal> Errors
)
{
    public static RegisterModel For(
        RegistrationForm form,
        ClientCertificate certificate,
        Member? member,
        NameProposal proposal,
        AupDocument aup,
        IReadOnlyList<Refusal> errors
    ) =>
        new(
            form,
            certificate.Subject.Slash,
            certificate.Issuer.Slash,
            certificate.Subject.CommonNames,
            certificate.NotAfter,
            member is not null,
            member?.DisplayName,
            member?.PrimaryEmail is { } email ? EmailAddress.Parse(email).Value.Masked : null,
            proposal,
            aup,
            errors
        );
}
