using Microsoft.EntityFrameworkCore;
using Muster.Core.Accounts;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Server.Register.Members;
using Muster.Server.Storage;

namespace Muster.Server.Register.Expiry;

/// <summary>An account whose holder is to be spoken of to the institute that is left.</summary>
internal sealed record Ending(AccountId Account, InstituteId Institute, string Name, string Position, DateOnly End, int Days);

internal static class ExpiryTable
{
    public static void Map(ModelBuilder model) =>
        model.Entity<EndingNotice>(notice =>
        {
            notice.ToTable("ending_notices");
            notice.HasKey(n => new { n.AccountId, n.InstituteId });
            notice.Property(n => n.AccountId).HasConversion(id => id.Value, value => new AccountId(value));
            notice.Property(n => n.InstituteId).HasConversion(id => id.Value, value => new InstituteId(value));
            notice.HasOne<Account>().WithMany().HasForeignKey(n => n.AccountId);
            notice.HasOne<Institute>().WithMany().HasForeignKey(n => n.InstituteId);
        });

    /// <summary>Accounts that may have a step to take on the day; which one, and whether, the core says of each.</summary>
    public static async Task<List<AccountId>> AccountsToFollowAsync(
        this MusterDb db,
        ExpiryRules rules,
        DateOnly today,
        CancellationToken ct
    )
    {
        var (accounts, all) = (db.Set<Account>(), db.Set<Membership>());
        var present = db.MembershipsOn(today).Where(m => !db.Set<Member>().Any(p => p.Id == m.MemberId && p.DeceasedOn < today));
        var found = new HashSet<AccountId>();
        foreach (
            var some in (IEnumerable<IQueryable<Account>>)
                [
                    accounts.Where(a => a.GraceUntil <= today && a.ExpiredAt == null),
                    accounts.Where(a => a.GraceUntil > today && a.ExpiredAt != null),
                    accounts.Where(a => a.GraceUntil != null && !all.Any(m => m.MemberId == a.MemberId && m.From <= today)),
                    accounts.Where(a => a.GraceUntil != null && present.Any(m => m.MemberId == a.MemberId)),
                    accounts.Where(a =>
                        a.GraceUntil == null
                        && !present.Any(m => m.MemberId == a.MemberId)
                        && all.Any(m => m.MemberId == a.MemberId && m.From <= today)
                    ),
                    .. rules.WarnDays.Select(days => Ends(db, days, today)),
                ]
        )
            found.UnionWith(await some.Select(a => a.Id).ToListAsync(ct));
        return [.. found];
    }

    /// <summary>Whose membership ends within so many days, without another that goes on, and who was not told so; of the dead nobody is told.</summary>
    private static IQueryable<Account> Ends(MusterDb db, int days, DateOnly today)
    {
        var horizon = today.AddDays(days + 1);
        var all = db.Set<Membership>();
        return db.Set<Account>()
            .Where(a =>
                a.GraceUntil == null
                && !db.Set<Member>().Any(m => m.Id == a.MemberId && m.DeceasedOn != null)
                && all.Any(s =>
                    s.MemberId == a.MemberId
                    && s.From <= today
                    && s.Until > today
                    && s.Until <= horizon
                    && (a.MembershipEnd != s.Until || a.EndWarnedDays == null || a.EndWarnedDays > days)
                    && !all.Any(o => o.MemberId == a.MemberId && o.From <= s.Until && (o.Until == null || o.Until > horizon))
                )
            );
    }

    /// <summary>Whose end was told to them and not yet to those who speak for the institute; of one institute, or of all.</summary>
    public static Task<List<Ending>> UntoldEndingsAsync(this MusterDb db, InstituteId? institute, CancellationToken ct) =>
        (
            from a in db.Set<Account>()
            join s in db.Set<Membership>() on a.MemberId equals s.MemberId
            join m in db.Set<Member>().IgnoreAutoIncludes() on a.MemberId equals m.Id
            where a.EndWarnedDays != null && a.GraceUntil == null && s.Until == a.MembershipEnd && m.DeceasedOn == null
            where institute == null || s.InstituteId == institute
            where
                !db.Set<EndingNotice>()
                    .Any(n =>
                        n.AccountId == a.Id && n.InstituteId == s.InstituteId && n.End == a.MembershipEnd && n.Days <= a.EndWarnedDays
                    )
            orderby s.Until, m.SortKey
            select new Ending(a.Id, s.InstituteId, m.DisplayName, s.Position, a.MembershipEnd!.Value, a.EndWarnedDays!.Value)
        ).ToListAsync(ct);
}
