using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.Roles;
using Muster.Server.Register.Addresses;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Members;

/// <summary>The people of the register: all by name, or those that the words of a question find; as of any day.</summary>
internal static class FindPeople
{
    public const string Path = "/desk/people";
    public const string Api = "/api/people";
    private const int PageSize = 25;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, HandleAsync).RequirePower(Power.ReadRegister);
        routes.MapGet(Api, HandleAsync).RequirePower(Power.ReadRegister).Answers<PeopleAnswer>("findPeople");
    }

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        Desk desk,
        IOptions<AddressesOptions> addresses,
        string? q,
        string? after,
        string? on,
        CancellationToken ct
    )
    {
        if (!Days.OfQuery(on, desk.Today).TryGet(out var day, out var why))
            return Problems.Answer(http, why, StatusCodes.Status400BadRequest);
        var question = q?.Trim() ?? "";
        await using var db = await desk.ReadAsync(ct);

        var place = PeoplePlace.Read(after);
        List<PersonLine> lines;
        IReadOnlyList<string> instead = [];
        PeoplePlace? next;
        if (question.Length == 0)
            (lines, next) = await db.AlphabetAsync(place, PageSize, day, ct);
        else
        {
            var answer = await db.SearchMembersAsync(question, place, PageSize, ct);
            (lines, next, instead) = (await db.LinesAsync(answer.Members, day, ct), answer.Next, answer.Instead);
        }
        var model = new PeopleModel(question, day, day != desk.Today, lines, instead)
        {
            Next = next?.Cursor,
            IsLater = place is not null,
            MayEdit = SignedIn.On(http)!.Has(Power.EditRegister), // the route needs it
            GivesAddresses = addresses.Value.GivesAddresses,
        };
        return Problems.WantsJson(http) ? Results.Json(PeopleAnswer.Of(model)) : Pages.Show<PeoplePage>(http, new { Model = model });
    }
}

public sealed record PeopleModel(
    string Question,
    DateOnly Day,
    bool IsOtherDay,
    IReadOnlyList<PersonLine> People,
    IReadOnlyList<string> Instead
)
{
    /// <summary>Cursor of the next page; null on the last.</summary>
    public string? Next { get; init; }

    public bool IsLater { get; init; }

    public bool MayEdit { get; init; }

    /// <summary>Whether the collaboration has addresses of its own.</summary>
    public bool GivesAddresses { get; init; }
}
