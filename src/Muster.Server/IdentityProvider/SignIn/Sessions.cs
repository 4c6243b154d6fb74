using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Muster.Core.Accounts;
using Muster.Server.Audit;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Roles;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.IdentityProvider.SignIn;

/// <summary>
/// The session cookie holds a session's id under our seal; the session itself lies in the database, so that it can be ended
/// from elsewhere and ends with the account.
/// </summary>
internal static class Sessions
{
    public const string Scheme = "muster";
    private const string SessionClaim = "sid";

    private static readonly Prepared<Guid, Session?> byId = new((db, id, ct) => db.Set<Session>().SingleOrDefault(s => s.Id == id));

    public static void Configure(CookieAuthenticationOptions cookie, SignInOptions options)
    {
        cookie.Cookie.Name = "__Host-muster";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.Path = "/";
        cookie.ExpireTimeSpan = options.SessionLifetime;
        cookie.SlidingExpiration = false;
        cookie.LoginPath = Access.SignInPath;
        cookie.Events.OnValidatePrincipal = ValidateAsync;
    }

    public static ClaimsPrincipal Principal(Session session) =>
        new(
            new ClaimsIdentity(
                [new Claim(SessionClaim, session.Id.ToString()), new Claim(ClaimTypes.NameIdentifier, session.AccountId.ToString())],
                Scheme
            )
        );

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var services = http.RequestServices;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (!Guid.TryParse(context.Principal?.FindFirstValue(SessionClaim), out var id))
        {
            context.RejectPrincipal();
            return;
        }

        var recent = services.GetRequiredService<RecentSessions>();
        var asOf = recent.Now;
        if (recent.Find(id, now) is { } known)
        {
            http.Features.Set(known);
            return;
        }
        await using var db = await services.GetRequiredService<IDbContextFactory<MusterDb>>().CreateDbContextAsync(http.RequestAborted);
        var session = await byId.AskAsync(db, id, http.RequestAborted);
        var account = session is null ? null : await db.AccountAsync(session.AccountId, http.RequestAborted);
        if (session is null || session.EndedAt is not null || now >= session.ExpiresAt || account is not { IsUsable: true })
        {
            context.RejectPrincipal();
            return;
        }
        var powers = await db.PowersOfAsync(account.Id, account.MemberId, now, http.RequestAborted);
        var signedIn = new SignedIn(account.Id, account.MemberId, account.Name, account.DisplayName, session.Id, powers)
        {
            GraceUntil = account.GraceUntil,
        };
        recent.Keep(signedIn, asOf, now, session.ExpiresAt);
        http.Features.Set(signedIn);
    }
}

/// <summary>Ends this session, or all sessions of the account.</summary>
internal static class SignOut
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/sign-out", HandleAsync).RequireSignIn().RequireFormToken();

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        Writer writer,
        AuditTrail audit,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var everywhere = (await http.Request.ReadFormAsync(ct)).Ticked("everywhere");
        var account = SignedIn.On(http)!; // the route needs it
        var origin = http.Connection.RemoteIpAddress?.ToString();
        await writer.WriteAsync(
            nameof(SignOut),
            async (db, unit) =>
            {
                var now = clock.GetUtcNow();
                var sessions = db.Set<Session>().Where(s => s.AccountId == account.Id && s.EndedAt == null);
                foreach (var session in await sessions.Where(s => everywhere || s.Id == account.SessionId).ToListAsync(unit))
                    session.End(now);
                var entry = new AuditEntry("account.signed-out", Actor.Account(account.Name))
                {
                    AccountId = account.Id.Value,
                    Origin = origin,
                    Details = { ["everywhere"] = everywhere ? "yes" : null },
                };
                await audit.AppendAsync(db, entry, now, unit);
                await db.SaveChangesAsync(unit);
                return true;
            },
            ct
        );
        await http.SignOutAsync(Sessions.Scheme);
        return Results.Redirect("/");
    }
}
