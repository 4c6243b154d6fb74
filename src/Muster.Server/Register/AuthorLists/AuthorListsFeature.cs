namespace Muster.Server.Register.AuthorLists;

internal static class AuthorListsFeature
{
    public static void AddAuthorLists(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<ShowAuthorList.Parts>();

    public static void MapAuthorLists(this IEndpointRouteBuilder routes) => ShowAuthorList.Map(routes);
}
