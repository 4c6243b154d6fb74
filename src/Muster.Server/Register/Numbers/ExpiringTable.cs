using Microsoft.EntityFrameworkCore;
using Muster.Core.Calendar;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Server.Storage;

namespace Muster.Server.Register.Numbers;

/// <summary>A membership that ends or ended.</summary>
/// <param name="LastDay">Its last day.</param>
/// <param name="Stays">Another membership of the person covers the day after.</param>
public sealed record EndingLine(
    MemberId Member,
    string SortName,
    string? Email,
    InstituteId Institute,
    string ShortName,
    string Position,
    DateOnly LastDay,
    bool Stays
);

internal static class ExpiringTable
{
    /// <summary>Memberships whose last day is from <paramref name="first"/> to <paramref name="last"/>, by that day.</summary>
    public static async Task<List<EndingLine>> EndingAsync(
        this MusterDb db,
        DateOnly first,
        DateOnly last,
        int limit,
        bool latestFirst,
        CancellationToken ct
    )
    {
        var query =
            from s in db.Ending(first, last)
            join m in db.Set<Member>().IgnoreAutoIncludes() on s.MemberId equals m.Id
            join i in db.Set<Institute>() on s.InstituteId equals i.Id
            select new
            {
                m.Id,
                m.SortName,
                Email = db.Set<MemberEmail>()
                    .Where(e => e.MemberId == m.Id)
                    .OrderBy(e => e.Position)
                    .Select(e => e.Address)
                    .FirstOrDefault(),
                Institute = i.Id,
                i.ShortName,
                s.Position,
                m.SortKey,
                s.Until,
                Stays = db.Set<Membership>()
                    .Any(o => o.MemberId == s.MemberId && o.From <= s.Until && (o.Until == null || o.Until > s.Until)),
            };
        var inOrder = latestFirst ? query.OrderByDescending(r => r.Until) : query.OrderBy(r => r.Until);
        var rows = await inOrder.ThenBy(r => r.SortKey).ThenBy(r => r.Id).ThenBy(r => r.ShortName).Take(limit).ToListAsync(ct);
        return
        [
            .. rows.Select(r => new EndingLine(
                r.Id,
                r.SortName,
                r.Email,
                r.Institute,
                r.ShortName,
                r.Position,
                r.Until!.Value.AddDays(-1), // only those with an end were asked for
                r.Stays
            )),
        ];
    }

    public static Task<int> EndingCountAsync(this MusterDb db, DateOnly first, DateOnly last, CancellationToken ct) =>
        db.Ending(first, last).CountAsync(ct);

    private static IQueryable<Membership> Ending(this MusterDb db, DateOnly first, DateOnly last)
    {
        var end = last.Plus(1);
        return db.Set<Membership>().Where(m => m.Until > first && m.Until <= end);
    }
}
