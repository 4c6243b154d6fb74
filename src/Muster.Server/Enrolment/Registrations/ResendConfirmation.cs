using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.Members;
using Muster.Core.Registrations;
using Muster.Server.Audit;
using Muster.Server.Register.Addresses;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Registrations;

/// <summary>Sends the confirmation link again, to the same address or to a corrected one, while the registration is open.</summary>
internal static class ResendConfirmation
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/registrations/{reference}/confirmation", HandleAsync).OpenToEveryone().RequireFormToken();

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        string reference,
        RegistrationLinks links,
        ShowRegistration.Loader loader,
        Writer writer,
        AuditTrail audit,
        TimeProvider clock,
        IOptions<RegistrationsOptions> options,
        IOptions<AddressesOptions> addresses,
        CancellationToken ct
    )
    {
        if (links.Remembered(http) is not { } id)
            return Problems.Answer(http, new Refusal("registration.unknown"), StatusCodes.Status404NotFound);
        var form = await http.Request.ReadFormAsync(ct);
        if (!EmailAddress.Parse(form.Text("email")).TryGet(out var email, out var problem))
            return await loader.ShowAsync(http, id, [problem.At("email")], ct);

        if (addresses.Value.RefusesMailbox(email) is { } own)
            return await loader.ShowAsync(http, id, [own.At("email")], ct);

        var origin = http.Connection.RemoteIpAddress?.ToString();
        var result = await writer.WriteAsync<Result<Registration>>(
            nameof(ResendConfirmation),
            async (db, unit) =>
            {
                var now = clock.GetUtcNow();
                if (await db.RegistrationAsync(id, unit) is not { } registration || registration.Reference != reference)
                    return new Refusal("registration.unknown");
                var member = await db.MemberByCertificateAsync(registration.CertificateKey, unit);
                if (member is not null && !member.HasEmail(email) && !registration.AsksForRegistrar)
                    return Differs(member);
                if (TooSoon(registration, options.Value, now) is { } tooSoon)
                    return tooSoon;

                var before = registration.Email;
                var heldBack = await HeldBack.FindAsync(db, email.Key, registration.Id, unit);
                if (!registration.SendAgain(email, heldBack is not null, options.Value.Deadlines, now).TryGet(out _, out var why))
                    return why;

                db.Add(RegistrationMails.Confirmation(registration, heldBack, now));
                await audit.AppendAsync(
                    db,
                    new AuditEntry("registration.confirmation-sent-again", Actor.Applicant(registration.Reference))
                    {
                        RegistrationId = id.Value,
                        Origin = origin,
                        Details = { ["before"] = before, ["email"] = registration.Email },
                    },
                    now,
                    unit
                );
                await db.SaveChangesAsync(unit);
                return registration;
            },
            ct
        );

        return result.TryGet(out var sent, out var refusal)
            ? Results.Redirect($"/registrations/{sent.Reference}")
            : await loader.ShowAsync(http, id, [refusal.At("email")], ct);
    }

    private static Refusal Differs(Member member) =>
        new("registration.email-differs", "email")
        {
            Arguments = [member.PrimaryEmail is { } listed ? EmailAddress.Parse(listed).Value.Masked : "–"],
        };

    private static Refusal? TooSoon(Registration registration, RegistrationsOptions options, DateTimeOffset now)
    {
        if (registration.ConfirmationSerial >= options.MostConfirmationMails)
            return new Refusal("registration.too-many-mails");
        return now < registration.ConfirmationSentAt + options.ResendPause ? new Refusal("registration.mail-just-sent") : null;
    }
}
