using Muster.Server.Storage;

namespace Muster.Server.Register.Roles;

internal static class RolesFeature
{
    public static void AddRoles(this IHostApplicationBuilder builder) => builder.Services.AddTable(RolesTable.Map);

    public static void MapRoles(this IEndpointRouteBuilder routes)
    {
        ShowRoles.Map(routes);
        GrantRole.Map(routes);
        EndRole.Map(routes);
    }
}
