using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.Registrations;
using Muster.Server.Outbox;
using Muster.Server.Register.Accounts;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Registrations;

/// <summary>The status page: every step, what it waits for and since when. For the applicant, by link, by cookie or by sign-in.</summary>
internal static class ShowRegistration
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(RegistrationLinks.FollowPath + "{token}", FollowAsync).OpenToEveryone();
        routes.MapGet("/registrations/{reference}", HandleAsync).OpenToEveryone();
    }

    private static async Task<IResult> FollowAsync(
        HttpContext http,
        string token,
        OneTimeLinks links,
        RegistrationLinks remembered,
        IDbContextFactory<MusterDb> contexts,
        CancellationToken ct
    )
    {
        if (links.Read(OneTimeLinks.FollowRegistration, token) is not var (subject, _))
            return Problems.Answer(http, new Refusal("link.unknown"), StatusCodes.Status404NotFound);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.RegistrationAsync(new RegistrationId(subject), ct) is not { } registration)
            return Problems.Answer(http, new Refusal("link.unknown"), StatusCodes.Status404NotFound);
        remembered.Remember(http, registration.Id);
        return Results.Redirect($"/registrations/{registration.Reference}");
    }

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        string reference,
        RegistrationLinks links,
        IDbContextFactory<MusterDb> contexts,
        Loader loader,
        CancellationToken ct
    )
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var registration = Reference.Normalise(reference) is { } known ? await db.RegistrationAsync(known, ct) : null;
        var mayRead =
            registration is not null
            && (links.Remembered(http) == registration.Id || (SignedIn.On(http) is { } account && registration.AccountId == account.Id));
        // The same answer for "there is none" and "not yours".
        return mayRead
            ? await loader.ShowAsync(http, registration!.Id, [], ct) // not null: it may be read
            : Problems.Answer(http, new Refusal("registration.unknown"), StatusCodes.Status404NotFound);
    }

    /// <summary>Loads what the page shows; the page is also the answer to a form on it that was refused.</summary>
    internal sealed class Loader(IDbContextFactory<MusterDb> contexts, TimeProvider clock, IOptions<PortalOptions> portal)
    {
        public async Task<IResult> ShowAsync(HttpContext http, RegistrationId id, IReadOnlyList<Refusal> errors, CancellationToken ct)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await db.RegistrationAsync(id, ct) is not { } registration)
                return Problems.Answer(http, new Refusal("registration.unknown"), StatusCodes.Status404NotFound);
            var account = registration.AccountId is { } accountId ? await db.AccountAsync(accountId, ct) : null;
            var orders = await db.OrdersOfRegistrationAsync(id.Value, ct);

            var status = RegistrationStatus.Of(registration, account, orders, clock.GetUtcNow(), portal.Value.Contact);
            if (Problems.WantsJson(http))
                return errors.Count > 0 ? Problems.Document(errors, StatusCodes.Status400BadRequest) : Results.Json(status);
            var code = errors.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
            return Pages.Show<RegistrationPage>(http, new { Model = status, Errors = errors }, code);
        }
    }
}
