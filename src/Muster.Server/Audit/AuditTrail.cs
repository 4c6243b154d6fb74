using Microsoft.EntityFrameworkCore;
using Muster.Server.Storage;

namespace Muster.Server.Audit;

/// <summary>Appends to the trail inside the caller's transaction: the record and the change it tells of become durable together.</summary>
internal sealed class AuditTrail(AuditSealKey key)
{
    private static readonly Prepared<int, AuditHead?> current = new((db, id, ct) => db.Set<AuditHead>().SingleOrDefault(h => h.Id == id));

    public async Task AppendAsync(MusterDb db, AuditEntry entry, DateTimeOffset now, CancellationToken ct)
    {
        var head = db.Set<AuditHead>().Local.FindEntry(AuditHead.TheOne)?.Entity ?? await current.AskAsync(db, AuditHead.TheOne, ct);
        if (head is null)
            db.Add(head = AuditHead.Start(key));
        var record = AuditRecord.After(head, entry, now);
        head.MoveTo(record, key);
        db.Add(record);
    }

    /// <summary>Walks the whole chain in order; null when it holds.</summary>
    public async Task<AuditBreak?> VerifyAsync(MusterDb db, CancellationToken ct)
    {
        var expected = new byte[32];
        long sequence = 0;
        await foreach (var record in db.Set<AuditRecord>().AsNoTracking().OrderBy(r => r.Sequence).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (record.Sequence != sequence + 1)
                return new AuditBreak(sequence + 1, "missing");
            if (!record.PreviousHash.AsSpan().SequenceEqual(expected))
                return new AuditBreak(record.Sequence, "chain");
            if (!record.Hash.AsSpan().SequenceEqual(record.ComputeHash()))
                return new AuditBreak(record.Sequence, "changed");
            sequence = record.Sequence;
            expected = record.Hash;
        }

        var head = await db.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(ct);
        if (head is null)
            return sequence == 0 ? null : new AuditBreak(sequence, "head-missing");
        if (!head.IsSealedBy(key))
            return new AuditBreak(head.Sequence, "seal");
        if (head.Sequence != sequence || !head.Hash.AsSpan().SequenceEqual(expected))
            return new AuditBreak(sequence + 1, "cut-off");
        return null;
    }
}

/// <summary>The first record that does not hold, and what is wrong with it.</summary>
internal sealed record AuditBreak(long Sequence, string Kind);
