using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Roles;
using Muster.Server.Register.Accounts;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Roles;

/// <summary>An administrator ends a role; it stays on record. Twice is once.</summary>
internal static class EndRole
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapAct(ShowRoles.Path, ShowRoles.Api, "/{id:guid}/end", Power.GrantRoles, HandleAsync).Does("endRole");
    }

    private static async Task<IResult> HandleAsync(HttpContext http, Guid id, Desk desk, CancellationToken ct)
    {
        var me = SignedIn.On(http)!; // the route needs it
        var result = await desk.Writer.WriteAsync<Result<RoleGrant>>(
            nameof(EndRole),
            async (db, unit) =>
            {
                var now = desk.Now;
                if (
                    await db.Set<RoleGrant>().SingleOrDefaultAsync(g => g.Id == id, unit) is not { } grant
                    || await db.AccountAsync(grant.AccountId, unit) is not { } account
                )
                    return new Refusal("role.no-grant");
                if (!grant.End(me.Name, now))
                    return grant;
                await desk.Audit.AppendAsync(db, GrantRole.Entry(http, "role.ended", account, grant), now, unit);
                await db.SaveChangesAsync(unit);
                return grant;
            },
            ct
        );

        if (!result.TryGet(out _, out var why))
            return Problems.Answer(http, why, StatusCodes.Status404NotFound);
        return Problems.WantsJson(http) ? Results.NoContent() : Results.Redirect(ShowRoles.Path);
    }
}
