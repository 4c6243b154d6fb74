using System.Globalization;
using Muster.Core;
using Muster.Core.Accounts;
using Muster.Core.Roles;
using Muster.Server.Audit;
using Muster.Server.Register.Accounts;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Roles;

/// <summary>An administrator gives an account a role, for all or for one group or resource, perhaps until a day. Never to oneself.</summary>
internal static class GrantRole
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapAct(ShowRoles.Path, ShowRoles.Api, "", Power.GrantRoles, HandleAsync)
            .Takes<RoleBody, MadeAnswer>("grantRole", StatusCodes.Status201Created);
    }

    private static async Task<IResult> HandleAsync(HttpContext http, Desk desk, CancellationToken ct)
    {
        var fields = Posted.Fields(http);
        if (!Parse(fields).TryGet(out var wanted, out var unreadable))
            return await ShowRoles.AnswerAsync(http, desk, [unreadable], fields, ct);
        var me = SignedIn.On(http)!; // the route needs it

        var result = await desk.Writer.WriteAsync<Result<RoleGrant>>(
            nameof(GrantRole),
            async (db, unit) =>
            {
                var now = desk.Now;
                if (await db.AccountByNameAsync(wanted.Account, unit) is not { } account)
                    return Refusal.With("role.no-account", wanted.Account).At("account");
                if (account.Id == me.Id)
                    return new Refusal("role.oneself", "account");
                if (wanted.Until is { } until && Days.Start(until) <= now)
                    return new Refusal("role.ends-before", "until");
                var held = await db.RoleGrantsOfAsync(account.Id, unit);
                if (held.Any(g => g.Role == wanted.Role && g.Scope == wanted.Scope && g.Holds(now)))
                    return Refusal.With("role.held", account.Name).At("account");

                DateTimeOffset? end = wanted.Until is { } day ? Days.Start(day) : null;
                var grant = new RoleGrant(Guid.CreateVersion7(now), account.Id, wanted.Role, wanted.Scope, me.Name, now, end);
                db.Add(grant);
                await desk.Audit.AppendAsync(db, Entry(http, "role.granted", account, grant), now, unit);
                await db.SaveChangesAsync(unit);
                return grant;
            },
            ct
        );

        if (!result.TryGet(out var granted, out var why))
            return await ShowRoles.AnswerAsync(http, desk, [why], fields, ct);
        return Problems.WantsJson(http)
            ? Results.Json(new MadeAnswer(granted.Id), statusCode: StatusCodes.Status201Created)
            : Results.Redirect(ShowRoles.Path);
    }

    /// <summary>What a grant and its end leave in the trail.</summary>
    internal static AuditEntry Entry(HttpContext http, string action, Account account, RoleGrant grant) =>
        Desk.Entry(
            http,
            action,
            account.MemberId.Value,
            account.Id.Value,
            ("account", account.Name),
            ("role", RoleRules.NameOf(grant.Role)),
            ("scope", grant.ScopeId.Length > 0 ? grant.ScopeId : null),
            ("until", grant.Until?.ToString("O", CultureInfo.InvariantCulture))
        );

    private static Result<Wanted> Parse(IFormCollection fields)
    {
        if (RoleRules.Named(fields.Text("role")) is not { } role)
            return new Refusal("role.unknown", "role");
        if (!RoleRules.ScopeFor(role, fields.Text("scope")).TryGet(out var scope, out var why))
            return why;
        if (!Days.After(fields, "until").TryGet(out var until, out var day))
            return day;
        return fields.Words("account", 64) is { } account
            ? new Wanted(account.ToLowerInvariant(), role, scope, until)
            : new Refusal("role.account-missing", "account");
    }

    private sealed record Wanted(string Account, Role Role, RoleScope Scope, DateOnly? Until);
}
