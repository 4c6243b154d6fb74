using Muster.Core.Roles;
using Muster.Server.Web;

namespace Muster.Server.Register.Institutes;

/// <summary>Organisations of the registry by any of their names, for whoever enters an institute.</summary>
internal static class FindOrganisations
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/ror", HandleAsync).RequirePower(Power.ReadRegister);

    private static async Task<IResult> HandleAsync(Desk desk, string? q, CancellationToken ct)
    {
        await using var db = await desk.ReadAsync(ct);
        var found = await db.SearchRorAsync(q ?? "", ct);
        return Results.Json(
            found.Select(r => new
            {
                id = r.Id,
                name = r.Name,
                acronym = r.Acronym,
                names = r.Names,
                country = r.Country,
                place = r.Place,
                active = r.IsActive,
                successors = r.Successors,
            })
        );
    }
}
