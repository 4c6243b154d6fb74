using Microsoft.EntityFrameworkCore;
using Muster.Core.Accounts;
using Muster.Core.Calendar;
using Muster.Core.Members;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Register.Numbers;

/// <summary>An account whose holder's membership is over.</summary>
/// <param name="LastDay">Of the membership.</param>
/// <param name="WorksUntil">Last day on which the account works, or worked.</param>
public sealed record GraceLine(
    MemberId Member,
    string SortName,
    string? Email,
    string Account,
    string Institutes,
    DateOnly LastDay,
    DateOnly WorksUntil
);

internal static class GraceTable
{
    /// <summary>Accounts in their grace on the day, or after it, as the memberships stand now; what ends or ended last comes first or last.</summary>
    public static async Task<List<GraceLine>> AfterMembershipAsync(
        this MusterDb db,
        bool isOver,
        ExpiryRules rules,
        DateOnly day,
        int limit,
        CancellationToken ct
    )
    {
        var query = db.After(isOver, rules, day);
        var inOrder = isOver ? query.OrderByDescending(r => r.End).ThenBy(r => r.Name) : query.OrderBy(r => r.End).ThenBy(r => r.Name);
        var rows = await (
            from r in inOrder.Take(limit)
            join m in db.Set<Member>().IgnoreAutoIncludes() on r.MemberId equals m.Id
            select new
            {
                r.MemberId,
                r.Name,
                End = r.End!.Value, // asked for so
                r.Until,
                m.SortName,
                m.SortKey,
                Email = db.Set<MemberEmail>()
                    .Where(e => e.MemberId == m.Id)
                    .OrderBy(e => e.Position)
                    .Select(e => e.Address)
                    .FirstOrDefault(),
            }
        ).ToListAsync(ct);
        var left = await InstitutesAsync(db, [.. rows.Select(r => r.MemberId)], ct);
        var sorted = isOver ? rows.OrderByDescending(r => r.End) : rows.OrderBy(r => r.End);
        return
        [
            .. sorted
                .ThenBy(r => r.SortKey, StringComparer.Ordinal)
                .Select(r => new GraceLine(
                    r.MemberId,
                    r.SortName,
                    r.Email,
                    r.Name,
                    Names(left[r.MemberId].Where(l => l.Covers(r.End.AddDays(-1)))),
                    r.End.AddDays(-1),
                    (r.Until ?? rules.FirstDayWithout(r.End)).AddDays(-1)
                )),
        ];
    }

    public static Task<int> AfterMembershipCountAsync(
        this MusterDb db,
        bool isOver,
        ExpiryRules rules,
        DateOnly day,
        CancellationToken ct
    ) => db.After(isOver, rules, day).CountAsync(ct);

    /// <summary>A grace that was promised counts for the end it was promised for; every other one is reckoned.</summary>
    private static IQueryable<AfterRow> After(this MusterDb db, bool isOver, ExpiryRules rules, DateOnly day)
    {
        var (reckoned, tomorrow) = (day.Plus(-rules.LeastDays), Days.Start(day.Plus(1)));
        var all = db.Set<Membership>();
        var over =
            from a in db.Set<Account>()
            join m in db.Set<Member>().IgnoreAutoIncludes() on a.MemberId equals m.Id
            where a.OrderedAt < tomorrow
            let stays = db.MembershipsOn(day).Any(s => s.MemberId == a.MemberId)
            where !stays || m.DeceasedOn < day
            select new
            {
                a.MemberId,
                a.Name,
                Stays = stays,
                m.DeceasedOn,
                Last = all.Where(s => s.MemberId == a.MemberId && s.From <= day).Max(s => s.Until),
                a.MembershipEnd,
                a.GraceUntil,
            };
        return over.Select(r => new
            {
                r.MemberId,
                r.Name,
                End = r.Stays || r.DeceasedOn < r.Last ? r.DeceasedOn!.Value.AddDays(1) : r.Last, // as the core has it
                r.MembershipEnd,
                r.GraceUntil,
            })
            .Where(r => r.End != null)
            .Select(r => new AfterRow
            {
                MemberId = r.MemberId,
                Name = r.Name,
                End = r.End,
                Until = r.End == r.MembershipEnd ? r.GraceUntil : null,
            })
            .Where(r => isOver == (r.Until == null ? r.End <= reckoned : r.Until <= day));
    }

    private static async Task<ILookup<MemberId, LeftRow>> InstitutesAsync(MusterDb db, List<MemberId> members, CancellationToken ct)
    {
        var found = new List<LeftRow>();
        foreach (var some in members.Chunk(500))
            found.AddRange(
                await (
                    from m in db.Set<Membership>()
                    join i in db.Set<Core.Institutes.Institute>() on m.InstituteId equals i.Id
                    where some.Contains(m.MemberId)
                    orderby i.ShortName
                    select new LeftRow(m.MemberId, m.From, m.Until, i.ShortName)
                ).ToListAsync(ct)
            );
        return found.ToLookup(f => f.Member);
    }

    private static string Names(IEnumerable<LeftRow> rows) =>
        string.Join(", ", rows.Select(l => l.Institute).Distinct(StringComparer.Ordinal));

    private sealed record LeftRow(MemberId Member, DateOnly From, DateOnly? Until, string Institute)
    {
        public bool Covers(DateOnly day) => Period.Covers(From, Until, day);
    }

    private sealed class AfterRow
    {
        public MemberId MemberId { get; init; }
        public required string Name { get; init; }
        public DateOnly? End { get; init; }
        public DateOnly? Until { get; init; }
    }
}
