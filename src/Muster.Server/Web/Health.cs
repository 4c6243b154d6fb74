using Microsoft.EntityFrameworkCore;
using Muster.Server.Storage;

namespace Muster.Server.Web;

/// <summary>For monitors: whether the process lives, and whether it can do its work.</summary>
internal static class Health
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("ok"));
        routes.MapGet("/health/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(IDbContextFactory<MusterDb> contexts, TrustFolder trust, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var database = await db.Database.CanConnectAsync(ct);
        var anchors = trust.Current.All.Count;
        var ready = database && anchors > 0;
        return Results.Json(
            new
            {
                ready,
                database,
                trustAnchors = anchors,
                anchorProblems = trust.Current.Problems.Count,
            },
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable
        );
    }
}
