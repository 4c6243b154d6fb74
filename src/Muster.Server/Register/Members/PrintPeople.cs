using Microsoft.EntityFrameworkCore;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Roles;
using Muster.Server.Web;

namespace Muster.Server.Register.Members;

/// <summary>The members list for paper: every institute with its people of the day.</summary>
internal static class PrintPeople
{
    public const string Path = FindPeople.Path + "/print";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, HandleAsync).RequirePower(Power.ReadRegister);

    private static async Task<IResult> HandleAsync(HttpContext http, Desk desk, string? on, CancellationToken ct)
    {
        if (!Days.OfQuery(on, desk.Today).TryGet(out var day, out var why))
            return Problems.Answer(http, why, StatusCodes.Status400BadRequest);
        await using var db = await desk.ReadAsync(ct);
        var there = await (
            from s in db.MembershipsOn(day)
            join m in db.Set<Member>().IgnoreAutoIncludes() on s.MemberId equals m.Id
            orderby m.SortKey, m.Id
            select new
            {
                s.InstituteId,
                Id = m.Id,
                m.SortName,
                m.Native,
                s.Position,
            }
        ).ToListAsync(ct);
        var institutes = await db.Set<Institute>().AsNoTracking().ToDictionaryAsync(i => i.Id, ct);
        var printed = there
            .GroupBy(p => p.InstituteId)
            .Select(g => new PrintedInstitute(institutes[g.Key], [.. g.Select(p => new PrintedPerson(p.SortName, p.Native, p.Position))]))
            .OrderBy(i => i.Institute.Country, StringComparer.Ordinal)
            .ThenBy(i => i.Institute.ShortName, StringComparer.InvariantCultureIgnoreCase)
            .ToList();
        var model = new PrintModel(day, printed, there.Select(p => p.Id).Distinct().Count());
        return Pages.Show<PrintPeoplePage>(http, new { Model = model });
    }
}

public sealed record PrintedPerson(string SortName, string? Native, string Position);

public sealed record PrintedInstitute(Institute Institute, IReadOnlyList<PrintedPerson> People);

/// <param name="People">Each counted once, at however many institutes.</param>
public sealed record PrintModel(DateOnly Day, IReadOnlyList<PrintedInstitute> Institutes, int People);
