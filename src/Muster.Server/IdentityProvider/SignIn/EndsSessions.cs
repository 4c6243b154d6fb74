using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Muster.Core.Accounts;
using Muster.Server.Storage;

namespace Muster.Server.IdentityProvider.SignIn;

/// <summary>
/// Sessions end with the account, in the transaction that ends it, whoever does so: one that comes back brings no open browser with it.
/// </summary>
internal sealed class EndsSessions(TimeProvider clock) : SaveChangesInterceptor
{
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is not MusterDb db)
            return result;
        var ended = db
            .ChangeTracker.Entries<Account>()
            .Where(e =>
                e.State == EntityState.Modified
                && !e.Entity.IsUsable
                && (e.Property(a => a.State).IsModified || e.Property(a => a.ExpiredAt).IsModified)
            )
            .Select(e => e.Entity.Id)
            .ToList();
        if (ended.Count == 0)
            return result;
        var now = clock.GetUtcNow();
        var open = db.Set<Session>().AsTracking().Where(s => ended.Contains(s.AccountId) && s.EndedAt == null);
        foreach (var session in await open.ToListAsync(cancellationToken))
            session.End(now);
        // Bulk work compares by itself, and has done so before this save: what was changed here is to be seen too.
        if (!db.ChangeTracker.AutoDetectChangesEnabled)
            db.ChangeTracker.DetectChanges();
        return result;
    }
}
