using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Roles;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Home;

/// <summary>The registrar's first page: what waits, who came last, and where everything is.</summary>
internal static class ShowDesk
{
    public const string Path = "/desk";
    private const int NewestShown = 8;

    /// <summary>Days.</summary>
    public const int Lately = 30;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, HandleAsync).RequirePower(Power.ReadRegister);
        routes.MapGet("/api/desk", HandleAsync).RequirePower(Power.ReadRegister).Answers<DeskAnswer>("showDesk");
    }

    private static async Task<IResult> HandleAsync(HttpContext http, Desk desk, IEnumerable<DeskTile> tiles, CancellationToken ct)
    {
        var me = SignedIn.On(http)!; // the route needs it
        var today = desk.Today;
        await using var db = await desk.ReadAsync(ct);
        var waits = new List<WaitingTile>();
        // What asks for a decision comes before what is to be looked at.
        foreach (var tile in tiles.Where(t => me.Has(t.Power)).OrderBy(t => t.Power == Power.ReadRegister))
            waits.Add(new WaitingTile(tile.Name, tile.Path, await tile.CountAsync(db, today, ct)));
        var model = new DeskModel(
            waits,
            await db.BegunCountAsync(today.AddDays(-Lately), today, ct),
            await db.LastBegunAsync(today, NewestShown, ct)
        );
        return Problems.WantsJson(http) ? Results.Json(DeskAnswer.Of(model)) : Pages.Show<DeskPage>(http, new { Model = model });
    }
}

public sealed record WaitingTile(string Name, string Path, int Count);

/// <summary>Who came lately.</summary>
/// <param name="From">First day at the institute.</param>
public sealed record NewestLine(MemberId Member, string SortName, InstituteId Institute, string ShortName, DateOnly From);

/// <param name="BegunLately">Memberships that began in the last days.</param>
public sealed record DeskModel(IReadOnlyList<WaitingTile> Waits, int BegunLately, IReadOnlyList<NewestLine> Newest);
