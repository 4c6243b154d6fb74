using Muster.Core;
using Muster.Core.Roles;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Roles;

/// <summary>Who can do what: every role that somebody holds, over what, since when and by whose word.</summary>
internal static class ShowRoles
{
    public const string Path = "/desk/roles";
    public const string Api = "/api/roles";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(Path, (HttpContext http, Desk desk, CancellationToken ct) => AnswerAsync(http, desk, [], null, ct))
            .RequirePower(Power.ReadRegister);
        routes
            .MapGet(Api, ListAsync)
            .RequirePower(Power.ReadRegister)
            .Answers<List<RoleHolderAnswer>>("listRoles", o => o with { MoreQuery = ["ended"] });
    }

    /// <summary>The page; with what was typed when it was refused.</summary>
    public static async Task<IResult> AnswerAsync(
        HttpContext http,
        Desk desk,
        IReadOnlyList<Refusal> errors,
        IFormCollection? typed,
        CancellationToken ct
    )
    {
        if (errors.Count > 0 && Problems.WantsJson(http))
            return Problems.Document(errors, StatusCodes.Status422UnprocessableEntity);
        await using var db = await desk.ReadAsync(ct);
        var withEnded = http.Request.Query.ContainsKey("ended");
        var model = new RolesModel(await db.RoleHoldersAsync(desk.Now, withEnded, ct), withEnded, desk.Now)
        {
            MayGrant = SignedIn.On(http)!.Has(Power.GrantRoles), // the route needs a signed-in account
            Errors = errors,
            Typed = typed,
        };
        return Pages.ShowForm<RolesPage>(http, new { Model = model }, errors);
    }

    private static async Task<IResult> ListAsync(HttpContext http, Desk desk, CancellationToken ct)
    {
        await using var db = await desk.ReadAsync(ct);
        var now = desk.Now;
        var holders = await db.RoleHoldersAsync(now, http.Request.Query.ContainsKey("ended"), ct);
        return Results.Json(holders.ConvertAll(h => RoleHolderAnswer.Of(h, now)));
    }
}

public sealed record RolesModel(IReadOnlyList<RoleHolder> Holders, bool WithEnded, DateTimeOffset Now)
{
    public bool MayGrant { get; init; }
    public IReadOnlyList<Refusal> Errors { get; init; } = [];
    public IFormCollection? Typed { get; init; }
}
