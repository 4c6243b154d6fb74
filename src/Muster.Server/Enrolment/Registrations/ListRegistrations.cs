using Microsoft.EntityFrameworkCore;
using Muster.Core.Registrations;
using Muster.Core.Roles;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Registrations;

/// <summary>The registrar's queue: what waits for a decision, the longest wait first, and what was decided lately.</summary>
internal static class ListRegistrations
{
    public const string Path = "/desk/registrations";
    private const int Shown = 100;
    private const int LatelyShown = 15;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, HandleAsync).RequirePower(Power.DecideRegistrations);

    private static async Task<IResult> HandleAsync(HttpContext http, IDbContextFactory<MusterDb> contexts, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var waiting = await db.AwaitingDecision().Take(Shown).ToListAsync(ct);
        var total = await db.AwaitingDecision().CountAsync(ct);
        var lately = await db.Set<Registration>()
            .Where(r => r.DecidedAt != null)
            .OrderByDescending(r => r.DecidedAt)
            .Take(LatelyShown)
            .ToListAsync(ct);
        return Pages.Show<RegistrationsPage>(
            http,
            new
            {
                Waiting = waiting,
                Total = total,
                Lately = lately,
            }
        );
    }
}
