using Muster.Core;
using Muster.Core.Profiles;
using Muster.Core.Search;
using Muster.Server.Register.Members;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Profiles;

/// <summary>The members among themselves: found, listed and shown by what this viewer may see of them.</summary>
internal static class FindMembers
{
    public const string Path = "/members";
    public const string Api = "/api/members";

    /// <summary>First part of a cursor: whether the words of the question were looked for, or others as well.</summary>
    private const string Same = "=",
        Other = "~";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, HandleAsync).RequireSignIn();
        routes
            .MapGet(Api, HandleAsync)
            .RequireSignIn()
            .Answers<MembersAnswer>("findMembers", o => o with { AlsoRefuses = [StatusCodes.Status403Forbidden] });
    }

    private static async Task<IResult> HandleAsync(HttpContext http, Desk desk, string? q, string? after, CancellationToken ct)
    {
        var today = desk.Today;
        await using var db = await desk.ReadAsync(ct);
        var viewer = await db.ViewerAsync(SignedIn.On(http)!, today, ct); // the route needs it
        if (viewer == Viewer.Outsider)
            return Problems.Answer(http, new Refusal("profile.members-only"), StatusCodes.Status403Forbidden);
        // The desk finds more at the desk, where whoever looks leaves a trace.
        viewer = viewer == Viewer.Desk ? Viewer.Member : viewer;
        var text = q?.Trim() ?? "";
        var words = SearchText.Question(text);
        var begin = ReadPlace(after);
        var standIns = begin?.StandIns ?? false;
        Task<DirectoryPage> PageAsync() => db.DirectoryAsync(words, standIns, begin?.At, viewer, today, ct);
        var found = words.Count == 0 && text.Length > 0 ? new DirectoryPage([], [], null) : await PageAsync();
        if (found.Profiles.Count == 0 && words.Count > 0 && begin is null)
        {
            standIns = true;
            found = await PageAsync();
        }
        var model = new MembersModel(text, found.Profiles, found.Instead)
        {
            Next = found.Next is { } next ? Cursors.Write(standIns ? Other : Same, next.Text, next.Member.ToString()) : null,
            IsLater = begin is not null,
        };
        return Problems.WantsJson(http) ? Results.Json(MembersAnswer.Of(model)) : Pages.Show<MembersPage>(http, new { Model = model });
    }

    /// <summary>Where a page begins, and whether other words are looked for as well.</summary>
    private sealed record Place(bool StandIns, PeoplePlace At);

    /// <summary>Null for what is no cursor of ours.</summary>
    private static Place? ReadPlace(string? cursor) =>
        Cursors.Read(cursor, 3) is [Same or Other, var text, var id] parts && Guid.TryParse(id, out var member)
            ? new Place(parts[0] == Other, new PeoplePlace(text, member))
            : null;
}

public sealed record MembersModel(string Question, IReadOnlyList<Profile> Members, IReadOnlyList<string> Instead)
{
    public string? Next { get; init; }
    public bool IsLater { get; init; }
}
