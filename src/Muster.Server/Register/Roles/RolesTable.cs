using Microsoft.EntityFrameworkCore;
using Muster.Core.Accounts;
using Muster.Server.Storage;

namespace Muster.Server.Register.Roles;

/// <summary>An account holds a role of the collaboration, from a moment on, granted by someone.</summary>
internal sealed class RoleGrant
{
    private RoleGrant() { }

    public RoleGrant(AccountId account, string role, string grantedBy, DateTimeOffset now)
    {
        AccountId = account;
        Role = role;
        GrantedBy = grantedBy;
        From = now;
    }

    public AccountId AccountId { get; private set; }
    public string Role { get; private set; } = "";
    public string GrantedBy { get; private set; } = "";
    public DateTimeOffset From { get; private set; }
}

internal static class Role
{
    public const string Registrar = "registrar";
}

internal static class RolesTable
{
    public static void Map(ModelBuilder model) =>
        model.Entity<RoleGrant>(grant =>
        {
            grant.ToTable("role_grants");
            grant.HasKey(g => new { g.AccountId, g.Role });
            grant.Property(g => g.AccountId).HasConversion(id => id.Value, value => new AccountId(value));
        });

    public static async Task<List<string>> RolesOfAsync(this MusterDb db, AccountId account, CancellationToken ct) =>
        await db.Set<RoleGrant>().Where(g => g.AccountId == account).Select(g => g.Role).ToListAsync(ct);
}
