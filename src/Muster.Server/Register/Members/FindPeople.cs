using Muster.Core;
using Muster.Core.Roles;
using Muster.Server.Web;

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
        routes.MapGet(Api, HandleAsync).RequirePower(Power.ReadRegister);
    }

    private static async Task<IResult> HandleAsync(HttpContext http, Desk desk, string? q, string? after, string? on, CancellationToken ct)
    {
        if (!Days.OfQuery(on, desk.Today).TryGet(out var day, out var why))
            return Problems.Answer(http, why, StatusCodes.Status400BadRequest);
        var question = q?.Trim() ?? "";
        await using var db = await desk.ReadAsync(ct);

        PeopleModel model;
        if (question.Length == 0)
        {
            var place =
                Cursors.Read(after, 2) is [var name, var id] && Guid.TryParse(id, out var guid) ? new AlphabetPlace(name, guid) : null;
            var (lines, next) = await db.AlphabetAsync(place, PageSize, day, ct);
            model = new PeopleModel(question, day, day != desk.Today, lines, [])
            {
                Next = next is null ? null : Cursors.Write(next.SortKey, next.Member.ToString()),
                IsLater = place is not null,
            };
        }
        else
        {
            var place =
                Cursors.Read(after, 2) is [var word, var id] && Guid.TryParse(id, out var guid) ? new SearchPlace(word, guid) : null;
            var answer = await db.SearchMembersAsync(question, place, PageSize, ct);
            model = new PeopleModel(question, day, day != desk.Today, await db.LinesAsync(answer.Members, day, ct), answer.Instead)
            {
                Next = answer.Next is { } next ? Cursors.Write(next.Word, next.Member.ToString()) : null,
                IsLater = place is not null,
            };
        }
        model = model with { MayEdit = SignedIn.On(http)!.Has(Power.EditRegister) }; // the route needs it
        return Problems.WantsJson(http) ? Json(model) : Pages.Show<PeoplePage>(http, new { Model = model });
    }

    private static IResult Json(PeopleModel model) =>
        Results.Json(
            new
            {
                on = Days.Iso(model.Day),
                people = model.People.Select(p => new
                {
                    id = p.Id.Value,
                    name = p.Name,
                    native = p.Native,
                    sortName = p.SortName,
                    email = p.Email,
                    account = p.Account,
                    state = p.State,
                    until = p.Until is { } until ? Days.Iso(until) : null,
                    institutes = p.Institutes.Select(i => new
                    {
                        id = i.Id.Value,
                        shortName = i.ShortName,
                        country = i.Country,
                        position = i.Position,
                    }),
                }),
                instead = model.Instead.Count > 0 ? model.Instead : null,
                next = model.Next,
            }
        );
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
}
