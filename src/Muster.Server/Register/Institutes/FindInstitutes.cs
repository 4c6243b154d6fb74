using Muster.Core;
using Muster.Core.Institutes;
using Muster.Core.Roles;
using Muster.Core.Search;
using Muster.Server.Storage;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Institutes;

/// <summary>All institutes of a day, with how many people they have and who is missing to speak for them. There are hundreds, not thousands.</summary>
internal static class FindInstitutes
{
    public const string Path = "/desk/institutes";
    public const string Api = "/api/institutes";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, HandleAsync).RequirePower(Power.ReadRegister);
        routes.MapGet(Api, HandleAsync).RequirePower(Power.ReadRegister).Answers<List<InstituteLineAnswer>>("findInstitutes");
    }

    private static async Task<IResult> HandleAsync(HttpContext http, Desk desk, string? q, string? on, string? show, CancellationToken ct)
    {
        if (!Days.OfQuery(on, desk.Today).TryGet(out var day, out var why))
            return Problems.Answer(http, why, StatusCodes.Status400BadRequest);
        await using var db = await desk.ReadAsync(ct);
        var words = SearchText.Words(q);
        var lines = (await db.InstituteLinesAsync(day, ct))
            .Where(l => show == "all" || l.Institute.Covers(day))
            .Where(l => show != "unspoken" || l.Speakers.Count < Representative.Wanted)
            .Where(l => IsFound(l.Institute, words))
            .ToList();
        if (show == "registry")
            lines = await DifferingAsync(db, lines, desk.Today, ct);
        return Problems.WantsJson(http)
            ? Results.Json(lines.ConvertAll(InstituteLineAnswer.Of))
            : Pages.Show<InstitutesPage>(
                http,
                new
                {
                    Model = new InstitutesModel(lines, q?.Trim() ?? "", show ?? "", day, day != desk.Today)
                    {
                        MayEdit = SignedIn.On(http)!.Has(Power.EditRegister), // the route needs it
                    },
                }
            );
    }

    private static async Task<List<InstituteLine>> DifferingAsync(
        MusterDb db,
        List<InstituteLine> lines,
        DateOnly today,
        CancellationToken ct
    )
    {
        var differing = await db.RegistryLinesAsync([.. lines.Select(l => l.Institute)], today, ct);
        return
        [
            .. lines
                .Where(l => differing.ContainsKey(l.Institute.Id))
                .Select(l => l with { Differs = [.. differing[l.Institute.Id].Select(d => d.What.Fact).Distinct()] }),
        ];
    }

    private static bool IsFound(Institute institute, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            return true;
        var own = SearchText.Words($"{institute.Name} {institute.ShortName} {institute.Country} {institute.Address} {institute.Ror}");
        return words.All(w => own.Any(o => o.StartsWith(w, StringComparison.Ordinal)));
    }
}

/// <summary>An institute as one line of a list, on one day.</summary>
/// <param name="People">Members there on that day.</param>
/// <param name="Speakers">Who speaks for it on that day.</param>
public sealed record InstituteLine(Institute Institute, int People, IReadOnlyList<string> Speakers)
{
    /// <summary>Facts that the registry has otherwise; looked at only where that is asked for.</summary>
    public IReadOnlyList<RorFact> Differs { get; init; } = [];
}

public sealed record InstitutesModel(IReadOnlyList<InstituteLine> Institutes, string Question, string Show, DateOnly Day, bool IsOtherDay)
{
    public bool MayEdit { get; init; }
}
