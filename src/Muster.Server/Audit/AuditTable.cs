using Microsoft.EntityFrameworkCore;
using Muster.Server.Storage;

namespace Muster.Server.Audit;

internal static class AuditTable
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<AuditRecord>(record =>
        {
            record.ToTable("audit_records");
            record.HasKey(r => r.Sequence);
            record.Property(r => r.Sequence).ValueGeneratedNever();
            record.Property(r => r.Hash);
            record.Property(r => r.PreviousHash);
            record.HasIndex(r => r.RegistrationId);
            record.HasIndex(r => r.AccountId);
            record.HasIndex(r => r.MemberId);
            record.HasIndex(r => r.InstituteId);
        });
        model.Entity<AuditHead>(head =>
        {
            head.ToTable("audit_head");
            head.HasKey(h => h.Id);
            head.Property(h => h.Id).ValueGeneratedNever();
        });
    }

    /// <summary>Every record about one person: their account, their record on the members list, their registrations; newest first.</summary>
    public static async Task<List<AuditRecord>> AboutAsync(
        this MusterDb db,
        Guid accountId,
        Guid? memberId,
        Guid? registrationId,
        long? before,
        int limit,
        CancellationToken ct
    ) =>
        await db.Set<AuditRecord>()
            .Where(r =>
                r.AccountId == accountId
                || (memberId != null && r.MemberId == memberId)
                || (registrationId != null && r.RegistrationId == registrationId)
            )
            .Where(r => before == null || r.Sequence < before)
            .OrderByDescending(r => r.Sequence)
            .Take(limit)
            .ToListAsync(ct);

    /// <summary>What happened to an institute and to its people, newest first.</summary>
    public static Task<List<AuditRecord>> AboutInstituteAsync(this MusterDb db, Guid institute, int limit, CancellationToken ct) =>
        db.Set<AuditRecord>().Where(r => r.InstituteId == institute).OrderByDescending(r => r.Sequence).Take(limit).ToListAsync(ct);
}
