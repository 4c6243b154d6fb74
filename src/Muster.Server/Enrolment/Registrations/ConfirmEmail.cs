using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Registrations;
using Muster.Server.Audit;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Registrations;

/// <summary>
/// The link in the mail: proves the address, asks the rules, and approves, queues or refuses in the same transaction.
/// The browser that made the registration confirms by opening the link; any other (a mail scanner, another device) presses a button.
/// </summary>
internal static class ConfirmEmail
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(RegistrationMails.ConfirmPath + "{token}", OpenAsync).OpenToEveryone();
        routes.MapPost(RegistrationMails.ConfirmPath + "{token}", PressAsync).OpenToEveryone().RequireFormToken();
    }

    private static async Task<IResult> OpenAsync(
        HttpContext http,
        string token,
        OneTimeLinks links,
        RegistrationLinks remembered,
        IDbContextFactory<MusterDb> contexts,
        ConfirmEmailWork work,
        CancellationToken ct
    )
    {
        if (links.Read(OneTimeLinks.ConfirmEmail, token) is not var (subject, serial))
            return Problems.Answer(http, new Refusal("link.unknown"), StatusCodes.Status404NotFound);
        var id = new RegistrationId(subject);
        if (remembered.Remembered(http) == id)
            return await ConfirmAsync(http, id, serial, remembered, work, ct);

        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.RegistrationAsync(id, ct) is not { } registration)
            return Problems.Answer(http, new Refusal("link.unknown"), StatusCodes.Status404NotFound);
        return Pages.Show<ConfirmEmailPage>(
            http,
            new
            {
                Token = token,
                registration.Reference,
                registration.Email,
            }
        );
    }

    private static async Task<IResult> PressAsync(
        HttpContext http,
        string token,
        OneTimeLinks links,
        RegistrationLinks remembered,
        ConfirmEmailWork work,
        CancellationToken ct
    ) =>
        links.Read(OneTimeLinks.ConfirmEmail, token) is var (subject, serial)
            ? await ConfirmAsync(http, new RegistrationId(subject), serial, remembered, work, ct)
            : Problems.Answer(http, new Refusal("link.unknown"), StatusCodes.Status404NotFound);

    private static async Task<IResult> ConfirmAsync(
        HttpContext http,
        RegistrationId id,
        int serial,
        RegistrationLinks remembered,
        ConfirmEmailWork work,
        CancellationToken ct
    )
    {
        var result = await work.CommitAsync(id, serial, http.Connection.RemoteIpAddress?.ToString(), ct);

        if (!result.TryGet(out var registration, out var why))
            return Problems.Answer(http, why, StatusCodes.Status410Gone);
        remembered.Remember(http, id);
        return Results.Redirect($"/registrations/{registration.Reference}");
    }
}

/// <summary>The load–decide–commit part of the slice.</summary>
internal sealed class ConfirmEmailWork(
    Writer writer,
    AuditTrail audit,
    TimeProvider clock,
    ClientCertificates certificates,
    RegistrationApproval approval
)
{
    public Task<Result<Registration>> CommitAsync(RegistrationId id, int serial, string? origin, CancellationToken ct) =>
        writer.WriteAsync<Result<Registration>>(
            nameof(ConfirmEmail),
            async (db, unit) =>
            {
                var now = clock.GetUtcNow();
                if (await db.RegistrationAsync(id, unit) is not { } registration)
                    return new Refusal("link.unknown");
                var before = registration.State;
                if (!registration.ConfirmEmail(serial, now).TryGet(out _, out var why))
                    return why;
                if (before != RegistrationState.Draft)
                    return registration; // A repeated click: everything has happened already.

                await AppendAsync(
                    db,
                    registration,
                    "registration.email-confirmed",
                    Actor.Applicant(registration.Reference),
                    registration.Email,
                    origin,
                    now,
                    unit
                );
                var facts = await FactsTable.LoadAsync(db, registration, Problem(registration), now, unit);
                await CarryOutAsync(db, registration, RegistrationRules.Decide(registration, facts), now, unit);
                await db.SaveChangesAsync(unit);
                return registration;
            },
            ct
        );

    /// <summary>The certificate may have been revoked, or may have expired, since it was presented.</summary>
    private Refusal? Problem(Registration registration) =>
        certificates.Judge(PresentedChain.FromBytes(registration.CertificateChain)) is Core.X509.CertificateVerdict.Refused refused
            ? refused.Reason
            : null;

    private async Task CarryOutAsync(MusterDb db, Registration registration, Decision decision, DateTimeOffset now, CancellationToken ct)
    {
        switch (decision)
        {
            case Decision.ApproveAtOnce approve:
                await approval.CommitAsync(db, registration, approve.Member, Actor.Rule(approve.Rule), note: null, now, ct);
                break;
            case Decision.AskRegistrar ask:
                registration.AwaitRegistrar(ask.Member, ask.Reasons, now);
                db.Add(RegistrationMails.AwaitsRegistrar(registration, now));
                await AppendAsync(
                    db,
                    registration,
                    "registration.awaits-registrar",
                    Actor.Rule("registration-rules"),
                    registration.WaitReasons,
                    null,
                    now,
                    ct
                );
                break;
            case Decision.Refuse refuse:
                registration.Refuse("rule", refuse.Why.Code, now);
                db.Add(RegistrationMails.Refused(registration, RefusalTexts.Sentence(refuse.Why), now));
                await AppendAsync(
                    db,
                    registration,
                    "registration.refused",
                    Actor.Rule("registration-rules"),
                    refuse.Why.Code,
                    null,
                    now,
                    ct
                );
                break;
        }
    }

    private async Task AppendAsync(
        MusterDb db,
        Registration registration,
        string action,
        Actor actor,
        string detail,
        string? origin,
        DateTimeOffset now,
        CancellationToken ct
    ) =>
        await audit.AppendAsync(
            db,
            new AuditEntry(action, actor)
            {
                RegistrationId = registration.Id.Value,
                MemberId = registration.MemberId?.Value,
                Origin = origin,
                Details = { ["detail"] = detail, ["reference"] = registration.Reference },
            },
            now,
            ct
        );
}
