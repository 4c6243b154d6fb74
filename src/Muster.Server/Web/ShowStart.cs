namespace Muster.Server.Web;

/// <summary>One question: what would you like to do?</summary>
internal static class ShowStart
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (HttpContext http) => Pages.Show<StartPage>(http, new { })).OpenToEveryone();
        routes.MapGet("/later/{door}", (HttpContext http, string door) => Later(http, door)).OpenToEveryone();
    }

    /// <summary>Doors that are not open yet say so and name the contact.</summary>
    private static IResult Later(HttpContext http, string door) =>
        door is "no-certificate" or "former-account"
            ? Pages.Show<LaterPage>(http, new { Door = door })
            : Problems.Answer(http, new Core.Refusal("request.not-found"), StatusCodes.Status404NotFound);
}
