using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Muster.Server.Storage;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.IdentityProvider.SignIn;

/// <summary>Everything that is kept about me, whole: as a page to read and print, and as JSON for programs.</summary>
internal static class TakeCopy
{
    public const string Path = "/me/copy";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).RequireSignIn();
        routes.MapGet("/api" + Path, FileAsync).RequireSignIn().AnswersFile("takeCopy", ["application/json"]);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, IDbContextFactory<MusterDb> contexts, CancellationToken ct) =>
        Pages.Show<CopyPage>(http, new { Sections = await LoadAsync(http, contexts, ct) });

    private static async Task<IResult> FileAsync(HttpContext http, IDbContextFactory<MusterDb> contexts, CancellationToken ct)
    {
        var sections = await LoadAsync(http, contexts, ct);
        var file = JsonSerializer.SerializeToUtf8Bytes(sections.ToDictionary(s => s.Name, s => s.Rows, StringComparer.Ordinal), json);
        return Results.File(file, "application/json", $"{SignedIn.On(http)!.Name}.json"); // the route needs it
    }

    private static readonly JsonSerializerOptions json = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static async Task<IReadOnlyList<CopySection>> LoadAsync(
        HttpContext http,
        IDbContextFactory<MusterDb> contexts,
        CancellationToken ct
    )
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await new CopySections(db, SignedIn.On(http)!).LoadAsync(ct); // the route needs it
    }
}

/// <summary>Records of one kind; names of facts are those of the JSON file.</summary>
public sealed record CopySection(string Name, IReadOnlyList<Dictionary<string, string?>> Rows);
