using Microsoft.EntityFrameworkCore;
using Muster.Core.Accounts;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Register.Members;

/// <summary>A person as one line of a list, on one day.</summary>
/// <param name="Institutes">Where the person is on that day; where last, for one who has left.</param>
/// <param name="State"><c>active</c>, <c>to-come</c>, <c>left</c> or <c>none</c> on that day.</param>
public sealed record PersonLine(
    MemberId Id,
    string Name,
    string? Native,
    string SortName,
    string? Email,
    string? Account,
    IReadOnlyList<PlaceLine> Institutes,
    string State,
    DateOnly? Until
);

/// <summary>An institute of a person on one day.</summary>
public sealed record PlaceLine(InstituteId Id, string ShortName, string Country, string Position);

/// <summary>Where a page of people ends and the next one begins: the word or sort key that it is ordered by, and the member.</summary>
internal sealed record PeoplePlace(string Text, Guid Member)
{
    public string Cursor => Cursors.Write(Text, Member.ToString());

    /// <summary>Null for what is no cursor of ours.</summary>
    public static PeoplePlace? Read(string? cursor) =>
        Cursors.Read(cursor, 2) is [var text, var id] && Guid.TryParse(id, out var member) ? new PeoplePlace(text, member) : null;
}

internal static class PeopleTable
{
    /// <summary>Lines in the order of the ids.</summary>
    public static async Task<List<PersonLine>> LinesAsync(this MusterDb db, IReadOnlyList<MemberId> ids, DateOnly day, CancellationToken ct)
    {
        var members = await db.Set<Member>().AsNoTracking().Where(m => ids.Contains(m.Id)).ToListAsync(ct);
        var lines = (await LinesAsync(db, members, day, ct)).ToDictionary(l => l.Id);
        return [.. ids.Select(id => lines.GetValueOrDefault(id)).OfType<PersonLine>()];
    }

    /// <summary>One page of everybody by sort key, and whether more follow.</summary>
    public static async Task<(List<PersonLine> Lines, PeoplePlace? Next)> AlphabetAsync(
        this MusterDb db,
        PeoplePlace? after,
        int limit,
        DateOnly day,
        CancellationToken ct
    )
    {
        var start = after?.Text ?? "";
        var last = after is null ? default(MemberId?) : new MemberId(after.Member);
        // Members of one sort key are few: the index finds the key, the ids are compared among them.
#pragma warning disable CA1309 // the engine compares, and it compares byte by byte
        var query = db.Set<Member>().AsNoTracking().Where(m => string.Compare(m.SortKey, start) >= 0);
#pragma warning restore CA1309
        var rows = await query.OrderBy(m => m.SortKey).ThenBy(m => m.Id).Take(limit + 1 + await SameAsync(db, after, ct)).ToListAsync(ct);
        if (last is { } seen && rows.FindIndex(m => m.Id == seen) is >= 0 and var at)
            rows.RemoveRange(0, at + 1);
        var page = rows.Take(limit).ToList();
        return (await LinesAsync(db, page, day, ct), rows.Count > limit ? new PeoplePlace(page[^1].SortKey, page[^1].Id.Value) : null);
    }

    /// <summary>Everybody who is at the institute on the day.</summary>
    public static async Task<List<PersonLine>> OfInstituteAsync(this MusterDb db, InstituteId institute, DateOnly day, CancellationToken ct)
    {
        var members = await db.Set<Member>()
            .AsNoTracking()
            .Where(m => db.MembershipsOn(day).Where(s => s.InstituteId == institute).Select(s => s.MemberId).Contains(m.Id))
            .OrderBy(m => m.SortKey)
            .ThenBy(m => m.Id)
            .ToListAsync(ct);
        return await LinesAsync(db, members, day, ct);
    }

    private static async Task<int> SameAsync(MusterDb db, PeoplePlace? after, CancellationToken ct) =>
        after is null ? 0 : await db.Set<Member>().CountAsync(m => m.SortKey == after.Text, ct);

    private static async Task<List<PersonLine>> LinesAsync(MusterDb db, List<Member> members, DateOnly day, CancellationToken ct)
    {
        var ids = members.Select(m => m.Id).ToList();
        var places = members.SelectMany(m => m.Memberships).Select(m => m.InstituteId).Distinct().ToList();
        var institutes = await db.Set<Institute>().AsNoTracking().Where(i => places.Contains(i.Id)).ToDictionaryAsync(i => i.Id, ct);
        var accounts = await db.Set<Account>()
            .Where(a => ids.Contains(a.MemberId))
            .Select(a => new { a.MemberId, a.Name })
            .ToDictionaryAsync(a => a.MemberId, a => a.Name, ct);
        return [.. members.Select(m => Line(m, accounts.GetValueOrDefault(m.Id), institutes, day))];
    }

    private static PersonLine Line(Member member, string? account, Dictionary<InstituteId, Institute> institutes, DateOnly day)
    {
        var now = member.Memberships.Where(m => m.Covers(day)).OrderBy(m => m.From).ToList();
        var shown = now;
        var state = "active";
        if (now.Count == 0)
        {
            var coming = member.Memberships.Where(m => m.From > day).OrderBy(m => m.From).FirstOrDefault();
            var left = member.Memberships.Where(m => m.Until <= day).OrderByDescending(m => m.Until).FirstOrDefault();
            state =
                coming is not null ? "to-come"
                : left is not null ? "left"
                : "none";
            shown = (coming ?? left) is { } one ? [one] : [];
        }
        return new PersonLine(
            member.Id,
            member.DisplayName,
            member.Native,
            member.SortName,
            member.PrimaryEmail,
            account,
            [
                .. shown.Select(m =>
                    institutes.TryGetValue(m.InstituteId, out var institute)
                        ? new PlaceLine(institute.Id, institute.ShortName, institute.Country, m.Position)
                        : new PlaceLine(m.InstituteId, "", "", m.Position)
                ),
            ],
            state,
            shown.Any(m => m.Until is null) ? null : shown.Max(m => m.Until)
        );
    }
}
