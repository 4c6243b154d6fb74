namespace Muster.Server.Web;

/// <summary>Every refusal code with its sentence and the way out; each refusal links to its entry here.</summary>
internal static class ShowHelp
{
    public const string Path = "/help/codes";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, (HttpContext http) => Pages.Show<CodesPage>(http, new { })).OpenToEveryone();
}
