using Muster.Core;
using Muster.Core.Members;
using Muster.Core.Registrations;
using Muster.Core.Roles;
using Muster.Server.Audit;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Addresses;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Registrations;

/// <summary>A registrar says yes, naming the member it is, or no, with words for the applicant.</summary>
internal static class DecideRegistration
{
    private const int LongestNote = 1_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost(ListRegistrations.Path + "/{reference}/approve", ApproveAsync)
            .RequirePower(Power.DecideRegistrations)
            .RequireFormToken();
        routes
            .MapPost(ListRegistrations.Path + "/{reference}/refuse", RefuseAsync)
            .RequirePower(Power.DecideRegistrations)
            .RequireFormToken();
    }

    private static async Task<IResult> ApproveAsync(
        HttpContext http,
        string reference,
        ReviewRegistration.Loader loader,
        RegistrationApproval approval,
        Writer writer,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var form = await http.Request.ReadFormAsync(ct);
        var note = form.Words("note", LongestNote);
        if (!Guid.TryParse(form.Text("member"), out var memberValue) || memberValue == Guid.Empty)
            return await loader.ShowAsync(http, reference, [new Refusal("registration.member-missing", "member")], ct);
        var memberId = new MemberId(memberValue);
        var registrar = SignedIn.On(http)!; // the route needs the role

        var result = await writer.WriteAsync<Result<Registration>>(
            nameof(DecideRegistration) + ".approve",
            async (db, unit) =>
            {
                var now = clock.GetUtcNow();
                if (await db.RegistrationAsync(reference, unit) is not { } registration)
                    return new Refusal("registration.unknown");
                if (registration.State != RegistrationState.AwaitingDecision)
                    return new Refusal("registration.closed");
                if (await db.MemberAsync(memberId, unit) is not { } member)
                    return new Refusal("registration.member-missing", "member");
                if (registration.AccountId is not null || await db.AccountOfMemberAsync(member.Id, unit) is not null)
                    return new Refusal("registration.account-exists");
                if (await db.AccountByEmailAsync(registration.EmailKey, unit) is not null)
                    return new Refusal("registration.account-exists");
                if (await db.OtherOwnerAsync(registration.EmailKey, member.Id, unit) is not null)
                    return new Refusal("registration.email-of-another", "member");
                if (await db.MemberByCertificateAsync(registration.CertificateKey, unit) is { } other && other.Id != member.Id)
                    return new Refusal("registration.certificate-of-another", "member");

                if (EmailAddress.Parse(registration.Email) is { IsSuccess: true } email && !member.HasEmail(email.Value))
                {
                    member.AddEmail(email.Value);
                    db.Add(member.Emails[^1]);
                }
                await approval.CommitAsync(db, registration, member.Id, Actor.Account(registrar.Name), note, now, unit);
                await db.SaveChangesAsync(unit);
                return registration;
            },
            ct
        );

        return await AnswerAsync(http, reference, result, loader, ct);
    }

    private static async Task<IResult> RefuseAsync(
        HttpContext http,
        string reference,
        ReviewRegistration.Loader loader,
        Writer writer,
        AuditTrail audit,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var form = await http.Request.ReadFormAsync(ct);
        if (form.Words("words", LongestNote) is not { } words)
            return await loader.ShowAsync(http, reference, [new Refusal("registration.words-missing", "words")], ct);
        var registrar = SignedIn.On(http)!; // the route needs the role
        var origin = http.Connection.RemoteIpAddress?.ToString();

        var result = await writer.WriteAsync<Result<Registration>>(
            nameof(DecideRegistration) + ".refuse",
            async (db, unit) =>
            {
                var now = clock.GetUtcNow();
                if (await db.RegistrationAsync(reference, unit) is not { } registration)
                    return new Refusal("registration.unknown");
                if (registration.State != RegistrationState.AwaitingDecision)
                    return new Refusal("registration.closed");
                if (!registration.Refuse($"account:{registrar.Name}", words, now).TryGet(out _, out var why))
                    return why;
                db.Add(RegistrationMails.Refused(registration, words, now));
                await audit.AppendAsync(
                    db,
                    new AuditEntry("registration.refused", Actor.Account(registrar.Name))
                    {
                        RegistrationId = registration.Id.Value,
                        Origin = origin,
                        Details = { ["words"] = words },
                    },
                    now,
                    unit
                );
                await db.SaveChangesAsync(unit);
                return registration;
            },
            ct
        );

        return await AnswerAsync(http, reference, result, loader, ct);
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        string reference,
        Result<Registration> result,
        ReviewRegistration.Loader loader,
        CancellationToken ct
    ) => result.TryGet(out _, out var why) ? Results.Redirect(ListRegistrations.Path) : await loader.ShowAsync(http, reference, [why], ct);
}
