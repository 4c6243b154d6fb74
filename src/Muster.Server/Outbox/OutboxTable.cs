using Microsoft.EntityFrameworkCore;
using Muster.Server.Storage;

namespace Muster.Server.Outbox;

internal static class OutboxTable
{
    public static void Map(ModelBuilder model) =>
        model.Entity<OutboxOrder>(order =>
        {
            order.ToTable("outbox_orders");
            order.HasKey(o => o.Id);
            order.Ignore(o => o.IsNew);
            order.HasIndex(o => o.Key).IsUnique();
            order.HasIndex(o => new { o.Lane, o.NotBefore }).HasFilter("done_at IS NULL");
            order.HasIndex(o => o.RegistrationId);
            order.HasIndex(o => o.AccountId);
        });

    public static async Task<List<OutboxOrder>> DueAsync(
        this MusterDb db,
        string lane,
        DateTimeOffset now,
        int limit,
        CancellationToken ct
    ) =>
        await db.Set<OutboxOrder>()
            .AsNoTracking()
            .Where(o => o.Lane == lane && o.DoneAt == null && o.NotBefore <= now)
            .OrderBy(o => o.Id)
            .Take(limit)
            .ToListAsync(ct);

    private static readonly PreparedList<Guid, OutboxOrder> ofRegistration = new(
        (db, id) => db.Set<OutboxOrder>().Where(o => o.RegistrationId == id).OrderBy(o => o.Id)
    );

    public static Task<List<OutboxOrder>> OrdersOfRegistrationAsync(this MusterDb db, Guid registrationId, CancellationToken ct) =>
        ofRegistration.AskAsync(db, registrationId, ct);

    /// <summary>False when it was done already.</summary>
    public static async Task<bool> MarkDoneAsync(this MusterDb db, long id, DateTimeOffset now, CancellationToken ct) =>
        await db.Set<OutboxOrder>()
            .Where(o => o.Id == id && o.DoneAt == null)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(o => o.DoneAt, now)
                        .SetProperty(o => o.Attempts, o => o.Attempts + 1)
                        .SetProperty(o => o.LastError, (string?)null),
                ct
            ) == 1;
}
