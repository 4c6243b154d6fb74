using Microsoft.EntityFrameworkCore;
using Muster.Core.AuthorLists;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Server.Storage;

namespace Muster.Server.Register.AuthorLists;

/// <summary>The authors of a day, out of the memberships that bring authorship on it.</summary>
internal static class LoadAuthorList
{
    public static async Task<AuthorList> AuthorListAsync(
        this MusterDb db,
        string reference,
        DateOnly day,
        AuthorCollaboration collaboration,
        CancellationToken ct
    )
    {
        var members = await db.Set<Member>()
            .AsNoTracking()
            .Where(m => m.Memberships.Any(s => s.AuthorFrom <= day && (s.AuthorUntil == null || s.AuthorUntil > day)))
            .ToListAsync(ct);
        var places = members.SelectMany(m => m.Memberships).Where(m => m.IsAuthorOn(day)).Select(m => m.InstituteId).ToHashSet();
        var institutes = await db.Set<Institute>().AsNoTracking().ToListAsync(ct);
        return new AuthorList(
            reference,
            day,
            collaboration,
            [.. institutes.Where(i => places.Contains(i.Id)).Select(i => Organisation(i, day))],
            [.. members.Select(m => Author(m, day))]
        );
    }

    private static Organisation Organisation(Institute institute, DateOnly day) =>
        new(institute.Id.ToString(), institute.Name, institute.Address, institute.Country, institute.Ror, institute.Covers(day));

    /// <summary>Places in the order in which the person came to them; each once.</summary>
    private static Author Author(Member member, DateOnly day)
    {
        var family = member.Family ?? member.Given ?? "";
        var given = member.Family is null ? null : member.Given;
        return new Author(
            member.Id.ToString(),
            given,
            family,
            member.PublicationName ?? PaperName.Of(given, family, member.NameOrder),
            [
                .. member
                    .Memberships.Where(m => m.IsAuthorOn(day))
                    .OrderBy(m => m.AuthorFrom)
                    .DistinctBy(m => m.InstituteId)
                    .Select(m => new Affiliation(m.InstituteId.ToString())),
            ]
        )
        {
            Native = member.Native,
            Orcid = member.Orcid,
            IsDeceased = member.DeceasedOn <= day,
        };
    }
}
