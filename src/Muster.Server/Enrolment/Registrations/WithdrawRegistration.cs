using Muster.Core;
using Muster.Core.Registrations;
using Muster.Server.Audit;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Registrations;

/// <summary>The applicant takes an open registration back.</summary>
internal static class WithdrawRegistration
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/registrations/{reference}/withdraw", HandleAsync).OpenToEveryone().RequireFormToken();

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        string reference,
        RegistrationLinks links,
        Writer writer,
        AuditTrail audit,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (links.Remembered(http) is not { } id)
            return Problems.Answer(http, new Refusal("registration.unknown"), StatusCodes.Status404NotFound);
        var origin = http.Connection.RemoteIpAddress?.ToString();
        var result = await writer.WriteAsync<Result<Registration>>(
            nameof(WithdrawRegistration),
            async (db, unit) =>
            {
                var now = clock.GetUtcNow();
                if (await db.RegistrationAsync(id, unit) is not { } registration || registration.Reference != reference)
                    return new Refusal("registration.unknown");
                if (!registration.Withdraw(now).TryGet(out _, out var why))
                    return why;
                await audit.AppendAsync(
                    db,
                    new AuditEntry("registration.withdrawn", Actor.Applicant(registration.Reference))
                    {
                        RegistrationId = id.Value,
                        Origin = origin,
                    },
                    now,
                    unit
                );
                await db.SaveChangesAsync(unit);
                return registration;
            },
            ct
        );

        return result.TryGet(out var withdrawn, out var refusal)
            ? Results.Redirect($"/registrations/{withdrawn.Reference}")
            : Problems.Answer(http, refusal, StatusCodes.Status409Conflict);
    }
}
