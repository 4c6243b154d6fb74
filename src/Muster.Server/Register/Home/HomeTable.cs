using Microsoft.EntityFrameworkCore;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Server.Register.Members;
using Muster.Server.Storage;

namespace Muster.Server.Register.Home;

internal static class HomeTable
{
    /// <summary>Memberships whose first day is after <paramref name="after"/> and not after <paramref name="today"/>.</summary>
    public static Task<int> BegunCountAsync(this MusterDb db, DateOnly after, DateOnly today, CancellationToken ct) =>
        db.Set<Membership>().CountAsync(m => m.From > after && m.From <= today, ct);

    /// <summary>Those who began last and are still there, the latest first.</summary>
    public static async Task<List<NewestLine>> LastBegunAsync(this MusterDb db, DateOnly today, int limit, CancellationToken ct)
    {
        // The few are chosen by their day alone, before anything is joined to them.
        var last = db.MembershipsOn(today).OrderByDescending(m => m.From).ThenBy(m => m.MemberId).Take(limit);
        var rows = await (
            from s in last
            join m in db.Set<Member>().IgnoreAutoIncludes() on s.MemberId equals m.Id
            join i in db.Set<Institute>() on s.InstituteId equals i.Id
            orderby s.From descending, m.SortKey
            select new
            {
                m.Id,
                m.SortName,
                Institute = i.Id,
                i.ShortName,
                s.From,
            }
        ).ToListAsync(ct);
        return [.. rows.Select(r => new NewestLine(r.Id, r.SortName, r.Institute, r.ShortName, r.From))];
    }
}
