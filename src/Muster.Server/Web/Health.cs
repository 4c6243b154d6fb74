using Microsoft.EntityFrameworkCore;
using Muster.Core.X509;
using Muster.Server.Storage;

namespace Muster.Server.Web;

/// <summary>For monitors: whether the process lives, and whether it can do its work.</summary>
internal static class Health
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("ok")).OpenToEveryone();
        routes.MapGet("/health/ready", ReadyAsync).OpenToEveryone();
    }

    private static async Task<IResult> ReadyAsync(
        IDbContextFactory<MusterDb> contexts,
        TrustFolder trust,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var database = await db.Database.CanConnectAsync(ct);
        var anchors = trust.Current;
        var ready = database && anchors.All.Count > 0;
        var now = clock.GetUtcNow();
        var grace = new CheckPolicy().CrlGrace;
        var lists = anchors.All.Select(a => anchors.RevocationOf(a, now, grace).Standing).CountBy(standing => standing);
        return Results.Json(
            new
            {
                ready,
                database,
                trustAnchors = anchors.All.Count,
                revocationLists = lists.ToDictionary(l => l.Key.ToString(), l => l.Value, StringComparer.Ordinal),
                anchorProblems = trust.Problems.Concat(trust.FetchProblems).Select(AnchorProblemLine.Of),
            },
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable
        );
    }
}
