using Microsoft.EntityFrameworkCore;
using Muster.Core.Guide;
using Muster.Core.Registrations;
using Muster.Core.X509;
using Muster.Server.Enrolment.Registrations;
using Muster.Server.Register.AcceptableUse;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Guide;

/// <summary>Who asks for the guide: signed in, in the browser that registered, or a stranger; and what the connection shows.</summary>
internal sealed class VisitorFacts(ClientCertificates certificates, RegistrationLinks links)
{
    public async Task<GuideFacts> LoadAsync(HttpContext http, MusterDb db, CancellationToken ct)
    {
        var presented =
            ClientCertificates.Of(http) is null ? PresentedState.None
            : certificates.Judge(http) is CertificateVerdict.Accepted ? PresentedState.Accepted
            : PresentedState.Refused;
        if (SignedIn.On(http) is not { } me)
            return links.Remembered(http) is { } own && await db.RegistrationAsync(own, ct) is { } begun
                ? await OfApplicantAsync(db, begun, presented, ct)
                : new GuideFacts { Presented = presented };

        var account = (await db.AccountAsync(me.Id, ct))!; // the session is of it
        return new GuideFacts
        {
            Presented = presented,
            IsSignedIn = true,
            Account = account,
            Registration = account.RegistrationId is { } id ? await db.RegistrationAsync(id, ct) : null,
            Member = await db.MemberAsync(account.MemberId, ct),
            Acceptance = (await db.AcceptancesOfAsync(me.Id.Value, ct)).FirstOrDefault(),
            Ticks = await db.GuideTicksOfAsync(me.Id.Value, ct),
        };
    }

    /// <summary>What the browser itself has done; nothing of the member's record, which is seen after signing in.</summary>
    private static async Task<GuideFacts> OfApplicantAsync(
        MusterDb db,
        Registration begun,
        PresentedState presented,
        CancellationToken ct
    ) =>
        new()
        {
            Presented = presented,
            Registration = begun,
            Account = begun.AccountId is { } made ? await db.AccountAsync(made, ct) : null,
            Acceptance = (await db.AcceptancesOfRegistrationAsync(begun.Id.Value, ct)).MaxBy(a => a.AcceptedAt),
        };
}
