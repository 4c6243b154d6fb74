using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.Members;
using Muster.Core.Registrations;
using Muster.Core.X509;
using Muster.Server.Register.AcceptableUse;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Registrations;

/// <summary>Recognises the presented certificate and shows the form with what is already known, or what stands in the way.</summary>
internal static class StartRegistration
{
    public const string Path = "/register/certificate";
    private const int ProposalsTried = 40;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, HandleAsync).OpenToEveryone();

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        IDbContextFactory<MusterDb> contexts,
        ClientCertificates certificates,
        NoteRenewal renewals,
        RegistrationLinks links,
        AupLibrary aup,
        IOptions<PortalOptions> portal,
        IOptions<AccountsOptions> accounts,
        CancellationToken ct
    )
    {
        if (!ClientCertificates.AreAskedFor(http, portal.Value))
            return Results.Redirect(portal.Value.CertificateLink(Path));

        var verdict = certificates.JudgePerson(http);
        if (verdict is not CertificateVerdict.Accepted accepted)
            return Problem(http, verdict);

        await using var db = await contexts.CreateDbContextAsync(ct);
        var held = await renewals.OfAsync(db, accepted.EndEntity, http.Connection.RemoteIpAddress?.ToString(), ct);
        if (held?.SuspendedAt is not null)
            return Problems.Answer(http, new Refusal("certificate.suspended"), StatusCodes.Status403Forbidden);
        if (await ExistingForCertificate.FindAsync(db, accepted.EndEntity.Subject.Key, links, ct) is { } existing)
            return Pages.Show<AlreadyHerePage>(http, new { Model = existing });

        var member = await db.MemberByCertificateAsync(accepted.EndEntity.Subject.Key, ct);
        var proposal = Propose(accepted.EndEntity, member);
        var form = Prefilled(accepted.EndEntity, member, proposal, aup.Current(http).Version);
        form = form with { AccountName = await FreeNameAsync(db, form, accounts.Value, ct) };
        return Pages.Show<RegisterPage>(
            http,
            new { Model = RegisterModel.For(form, accepted.EndEntity, member, proposal, aup.Current(http), []) }
        );
    }

    internal static IResult Problem(HttpContext http, CertificateVerdict verdict)
    {
        var refused = (CertificateVerdict.Refused)verdict;
        if (Problems.WantsJson(http))
            return Problems.Answer(http, refused.Reason, StatusCodes.Status403Forbidden);
        return Pages.CertificateProblem(http, refused);
    }

    internal static NameProposal Propose(ClientCertificate certificate, Member? member) =>
        NameProposal.From(certificate.Subject.CommonNames, member?.Name, certificate.Subject.Country);

    private static RegistrationForm Prefilled(ClientCertificate certificate, Member? member, NameProposal proposal, string aupVersion)
    {
        // The list knows the person better than the certificate does; the certificate's own words are shown beside the form.
        var given = member is null ? proposal.Given : member.Given;
        var family = member is null ? proposal.Family : member.Family;
        var order = member?.NameOrder ?? proposal.Order;
        return new RegistrationForm
        {
            FormKey = RegistrationForm.NewFormKey(),
            Given = given,
            Family = family,
            Native = member?.Native,
            Order = order == NameOrder.FamilyFirst ? RegistrationForm.FamilyFirst : RegistrationForm.GivenFirst,
            Proposed = proposal.Display,
            Email = member?.PrimaryEmail ?? (certificate.Emails is [var first, ..] ? first : null),
            AupVersion = aupVersion,
        };
    }

    /// <summary>The first proposal that nobody has: who takes what is proposed shall not be refused for it.</summary>
    private static async Task<string?> FreeNameAsync(MusterDb db, RegistrationForm form, AccountsOptions accounts, CancellationToken ct)
    {
        var order = form.Order == RegistrationForm.FamilyFirst ? NameOrder.FamilyFirst : NameOrder.GivenFirst;
        if (!PersonName.Create(form.Given, form.Family, order, null).TryGet(out var name, out _))
            return null;
        var proposals = Core.Accounts.AccountNameProposal.For(name, accounts.NameRules).Take(ProposalsTried);
        return (await db.FirstFreeAsync(proposals, ct))?.Value;
    }
}
