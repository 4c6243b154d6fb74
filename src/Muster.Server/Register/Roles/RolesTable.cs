using Microsoft.EntityFrameworkCore;
using Muster.Core.Accounts;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Roles;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Register.Roles;

/// <summary>Somebody who holds a role, or held it.</summary>
/// <param name="GrantId">Null for a representative or deputy, who is named at the institute.</param>
public sealed record RoleHolder(
    Guid? GrantId,
    Role Role,
    string Scope,
    string? InstituteId,
    string? AccountName,
    string DisplayName,
    string? GrantedBy,
    DateTimeOffset From,
    DateTimeOffset? Until
)
{
    public bool Holds(DateTimeOffset now) => From <= now && (Until is null || now < Until);
}

internal static class RolesTable
{
    public static void Map(ModelBuilder model) =>
        model.Entity<RoleGrant>(grant =>
        {
            grant.ToTable("role_grants");
            grant.HasKey(g => g.Id);
            grant.Property(g => g.AccountId).HasConversion(id => id.Value, value => new AccountId(value));
            grant.Property(g => g.Role).HasConversion<string>();
            grant.Property(g => g.ScopeKind).HasConversion<string>();
            grant.Ignore(g => g.Scope);
            grant.HasIndex(g => g.AccountId);
        });

    private static readonly PreparedList<AccountId, RoleGrant> grantsOf = new(
        (db, account) => db.Set<RoleGrant>().Where(g => g.AccountId == account)
    );

    private static readonly PreparedList<MemberId, Representative> speaksFor = new(
        (db, member) => db.Set<Representative>().Where(r => r.MemberId == member)
    );

    public static Task<List<RoleGrant>> RoleGrantsOfAsync(this MusterDb db, AccountId account, CancellationToken ct) =>
        grantsOf.AskAsync(db, account, ct);

    /// <summary>What the holder of the account may do now: by grants, and by speaking for an institute.</summary>
    public static async Task<Powers> PowersOfAsync(
        this MusterDb db,
        AccountId account,
        MemberId member,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var granted = await grantsOf.AskAsync(db, account, ct);
        var represented = await speaksFor.AskAsync(db, member, ct);
        if (granted.Count == 0 && represented.Count == 0)
            return Powers.None;
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        return new Powers([
            .. granted.Where(g => g.Holds(now)).Select(g => (g.Role, g.Scope)),
            .. represented.Where(r => r.Covers(day)).Select(r => (RoleOf(r), new RoleScope(ScopeKind.Institute, r.InstituteId.ToString()))),
        ]);
    }

    /// <summary>Everybody who holds a role now, by role, scope and name; with <paramref name="ended"/> also those who did.</summary>
    public static async Task<List<RoleHolder>> RoleHoldersAsync(this MusterDb db, DateTimeOffset now, bool ended, CancellationToken ct)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        var granted = await (
            from grant in db.Set<RoleGrant>()
            join account in db.Set<Account>() on grant.AccountId equals account.Id
            where ended || grant.Until == null || grant.Until > now
            select new
            {
                grant,
                account.Name,
                account.DisplayName,
            }
        ).ToListAsync(ct);
        var speaking = await (
            from representative in db.Set<Representative>()
            join institute in db.Set<Institute>() on representative.InstituteId equals institute.Id
            join member in db.Set<Member>().IgnoreAutoIncludes() on representative.MemberId equals member.Id
            join account in db.Set<Account>() on member.Id equals account.MemberId into accounts
            from account in accounts.DefaultIfEmpty()
            where ended || representative.Until == null || representative.Until > day
            select new
            {
                representative,
                institute.ShortName,
                member.DisplayName,
                Account = account == null ? null : account.Name,
            }
        ).ToListAsync(ct);
        return
        [
            .. granted
                .Select(g => new RoleHolder(
                    g.grant.Id,
                    g.grant.Role,
                    g.grant.ScopeId,
                    null,
                    g.Name,
                    g.DisplayName,
                    g.grant.GrantedBy,
                    g.grant.From,
                    g.grant.Until
                ))
                .Concat(
                    speaking.Select(s => new RoleHolder(
                        null,
                        RoleOf(s.representative),
                        s.ShortName,
                        s.representative.InstituteId.ToString(),
                        s.Account,
                        s.DisplayName,
                        null,
                        Days.Start(s.representative.From),
                        s.representative.Until is { } until ? Days.Start(until) : null
                    ))
                )
                .OrderBy(h => h.Role)
                .ThenBy(h => h.Scope, StringComparer.Ordinal)
                .ThenBy(h => h.DisplayName, StringComparer.Ordinal),
        ];
    }

    private static Role RoleOf(Representative representative) =>
        representative.Kind == RepresentativeKind.Representative ? Role.Representative : Role.Deputy;
}
