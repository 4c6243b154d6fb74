using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Server.Register.Members;
using Muster.Server.Storage;

namespace Muster.Server.Register.Expiry;

/// <summary>
/// Whoever gives a person a membership again gives the account back with it, in the same transaction: it looks at every save, so that no
/// way to a membership can forget it. Ends are left to the turn: within a move there is one for a moment.
/// </summary>
internal sealed class RevivesAccounts(ExpirySteps steps) : SaveChangesInterceptor
{
    private const int AskedAtOnce = 500;

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is not MusterDb db)
            return result;
        var taken = false;
        foreach (var some in Changed(db).Chunk(AskedAtOnce))
            taken |= await ReviveAsync(db, some, cancellationToken);
        // Bulk work compares by itself, and has done so before this save: what was changed here is to be seen too.
        if (taken && !db.ChangeTracker.AutoDetectChangesEnabled)
            db.ChangeTracker.DetectChanges();
        return result;
    }

    /// <summary>
    /// Who was here before and has another membership now, or is not dead after all; a new member has no account that could be over.
    /// </summary>
    private static List<MemberId> Changed(MusterDb db)
    {
        var entries = db.ChangeTracker.Entries<Membership>().Where(e => e.State is EntityState.Added or EntityState.Modified);
        var changed = entries.Select(e => e.Entity.MemberId).ToHashSet();
        foreach (var member in db.ChangeTracker.Entries<Member>())
            if (member.State == EntityState.Added)
                changed.Remove(member.Entity.Id);
            else if (member.State == EntityState.Modified && member.Property(m => m.DeceasedOn).IsModified)
                changed.Add(member.Entity.Id);
        return [.. changed];
    }

    /// <returns>Whether anything may have changed.</returns>
    private async Task<bool> ReviveAsync(MusterDb db, MemberId[] members, CancellationToken ct)
    {
        var over = db.Set<Account>().AsTracking().Where(a => members.Contains(a.MemberId) && a.GraceUntil != null);
        var accounts = await over.ToListAsync(ct);
        foreach (var account in accounts)
            if ((db.Set<Member>().Local.FindEntry(account.MemberId)?.Entity ?? await db.MemberAsync(account.MemberId, ct)) is { } member)
                await steps.TakeAsync(db, account, member, ct);
        return accounts.Count > 0;
    }
}
