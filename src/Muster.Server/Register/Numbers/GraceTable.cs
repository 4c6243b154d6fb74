using Microsoft.EntityFrameworkCore;
using Muster.Core.Accounts;
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
                r.End,
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
                    string.Join(", ", left[(r.MemberId, r.End!.Value)].Distinct(StringComparer.Ordinal)), // who is not there has an end
                    r.End.Value.AddDays(-1),
                    (r.Until ?? rules.FirstDayWithout(r.End.Value)).AddDays(-1)
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
        var (reckoned, tomorrow) = (day.AddDays(-rules.GraceDays), Days.Start(day.AddDays(1)));
        var all = db.Set<Membership>();
        var over =
            from a in db.Set<Account>()
            where a.OrderedAt < tomorrow
            where !db.MembershipsOn(day).Any(m => m.MemberId == a.MemberId)
            select new
            {
                a.MemberId,
                a.Name,
                End = all.Where(m => m.MemberId == a.MemberId && m.From <= day).Max(m => m.Until),
                a.MembershipEnd,
                a.GraceUntil,
            };
        return over.Where(r => r.End != null)
            .Select(r => new AfterRow
            {
                MemberId = r.MemberId,
                Name = r.Name,
                End = r.End,
                Until = r.End == r.MembershipEnd ? r.GraceUntil : null,
            })
            .Where(r => isOver == (r.Until == null ? r.End <= reckoned : r.Until <= day));
    }

    private static async Task<ILookup<(MemberId, DateOnly), string>> InstitutesAsync(
        MusterDb db,
        List<MemberId> members,
        CancellationToken ct
    )
    {
        var found = new List<(MemberId Member, DateOnly End, string Name)>();
        foreach (var some in members.Chunk(500))
            found.AddRange(
                (
                    await (
                        from m in db.Set<Membership>()
                        join i in db.Set<Core.Institutes.Institute>() on m.InstituteId equals i.Id
                        where some.Contains(m.MemberId) && m.Until != null
                        orderby i.ShortName
                        select new
                        {
                            m.MemberId,
                            m.Until,
                            i.ShortName,
                        }
                    ).ToListAsync(ct)
                ).Select(m => (m.MemberId, m.Until!.Value, m.ShortName)) // asked for so
            );
        return found.ToLookup(f => (f.Member, f.End), f => f.Name);
    }

    private sealed class AfterRow
    {
        public MemberId MemberId { get; init; }
        public required string Name { get; init; }
        public DateOnly? End { get; init; }
        public DateOnly? Until { get; init; }
    }
}
