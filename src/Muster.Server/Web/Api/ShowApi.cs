namespace Muster.Server.Web.Api;

/// <summary>The description of the interface, for programs and for people.</summary>
internal static class ShowApi
{
    public const string Document = ApiDocument.Root + "/openapi.json";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(Document, (ApiDocument document) => Results.Bytes(document.Bytes, "application/json"))
            .OpenToEveryone()
            .AnswersFile("describe", ["application/json"]);
        routes
            .MapGet(ApiDocument.Root, (HttpContext http, ApiDocument document) => Pages.Show<ApiPage>(http, new { document.Model }))
            .OpenToEveryone();
    }
}
