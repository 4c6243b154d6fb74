namespace Muster.Server.Register.Home;

internal static class HomeFeature
{
    public static void MapHome(this IEndpointRouteBuilder routes) => ShowDesk.Map(routes);
}
