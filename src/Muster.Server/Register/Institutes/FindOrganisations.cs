using Muster.Core.Roles;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Institutes;

/// <summary>Organisations of the registry by any of their names, for whoever enters an institute.</summary>
internal static class FindOrganisations
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/ror", HandleAsync).RequirePower(Power.ReadRegister).Answers<List<OrganisationAnswer>>("findOrganisations");

    private static async Task<IResult> HandleAsync(Desk desk, string? q, CancellationToken ct)
    {
        await using var db = await desk.ReadAsync(ct);
        var found = await db.SearchRorAsync(q ?? "", ct);
        return Results.Json(found.ConvertAll(OrganisationAnswer.Of));
    }
}
