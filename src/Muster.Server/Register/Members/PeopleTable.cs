using System.Data.Common;
using Microsoft.EntityFrameworkCore;
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
    /// <remarks>One statement and no more columns than are shown: this is behind every keystroke of the search.</remarks>
    public static async Task<List<PersonLine>> LinesAsync(this MusterDb db, IReadOnlyList<MemberId> ids, DateOnly day, CancellationToken ct)
    {
        if (ids.Count == 0)
            return [];
        var values = new StatementValues();
        var rows = await values.ListAsync(
            db,
            $"""
            select m.id, m.display_name, m.native, m.sort_name,
                (select e.address from member_emails e where e.member_id = m.id order by e.position limit 1),
                (select a.name from accounts a where a.member_id = m.id),
                s.institute_id, i.short_name, i.country, s.position, s."from", s."until"
            from members m
            left join memberships s on s.member_id = m.id
            left join institutes i on i.id = s.institute_id
            where m.id in ({values.AddAll(ids.Select(id => (object)id.Value))})
            order by m.id, s."from", s.institute_id
            """,
            Row,
            ct
        );
        var lines = rows.GroupBy(r => r.Member).ToDictionary(g => g.Key, g => Line([.. g], day));
        return [.. ids.Select(id => lines.GetValueOrDefault(id.Value)).OfType<PersonLine>()];
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
        // Nobody's id is all zeroes, so the first page begins where a page after nobody would.
        var found = await db.ListAsync(
            "select sort_key, id from members where (sort_key, id) > (@key, @id) order by sort_key, id limit @limit",
            ["@key", "@id", "@limit"],
            r => new PeoplePlace(r.GetString(0), r.GetGuid(1)),
            ct,
            after?.Text ?? "",
            after?.Member ?? Guid.Empty,
            limit + 1
        );
        var page = found.Take(limit).ToList();
        return (await LinesAsync(db, [.. page.Select(p => new MemberId(p.Member))], day, ct), found.Count > limit ? page[^1] : null);
    }

    /// <summary>Everybody who is at the institute on the day.</summary>
    public static async Task<List<PersonLine>> OfInstituteAsync(this MusterDb db, InstituteId institute, DateOnly day, CancellationToken ct)
    {
        var members = await db.Set<Member>()
            .Where(m => db.MembershipsOn(day).Where(s => s.InstituteId == institute).Select(s => s.MemberId).Contains(m.Id))
            .OrderBy(m => m.SortKey)
            .ThenBy(m => m.Id)
            .Select(m => m.Id)
            .ToListAsync(ct);
        return await LinesAsync(db, members, day, ct);
    }

    private static PersonRow Row(DbDataReader row)
    {
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        return new PersonRow(
            row.GetGuid(0),
            row.GetString(1),
            Text(2),
            row.GetString(3),
            Text(4),
            Text(5),
            row.IsDBNull(6)
                ? null
                : new Stay(
                    new PlaceLine(new InstituteId(row.GetGuid(6)), row.GetString(7), row.GetString(8), row.GetString(9)),
                    row.GetFieldValue<DateOnly>(10),
                    row.IsDBNull(11) ? null : row.GetFieldValue<DateOnly>(11)
                )
        );
    }

    private static PersonLine Line(IReadOnlyList<PersonRow> rows, DateOnly day)
    {
        var stays = rows.Select(r => r.Stay).OfType<Stay>().ToList();
        var shown = stays.Where(s => s.From <= day && (s.Until is null || s.Until > day)).OrderBy(s => s.From).ToList();
        var state = "active";
        if (shown.Count == 0)
        {
            var coming = stays.Where(s => s.From > day).MinBy(s => s.From);
            var left = stays.Where(s => s.Until <= day).MaxBy(s => s.Until);
            state =
                coming is not null ? "to-come"
                : left is not null ? "left"
                : "none";
            shown = (coming ?? left) is { } one ? [one] : [];
        }
        var person = rows[0];
        return new PersonLine(
            new MemberId(person.Member),
            person.Name,
            person.Native,
            person.SortName,
            person.Email,
            person.Account,
            [.. shown.Select(s => s.Place)],
            state,
            shown.Any(s => s.Until is null) ? null : shown.Max(s => s.Until)
        );
    }

    /// <summary>A person with one stay at an institute; as many rows as there are stays, and one where there is none.</summary>
    private sealed record PersonRow(Guid Member, string Name, string? Native, string SortName, string? Email, string? Account, Stay? Stay);

    private sealed record Stay(PlaceLine Place, DateOnly From, DateOnly? Until);
}
