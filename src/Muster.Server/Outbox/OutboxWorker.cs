using Microsoft.EntityFrameworkCore;
using Muster.Server.Storage;

namespace Muster.Server.Outbox;

/// <summary>
/// Works one lane off: wakes at every commit and at least every few seconds, takes what is due in order, and marks each order
/// done or failed. An effect may happen twice if the process dies between effect and mark; it never gets lost.
/// </summary>
internal abstract class OutboxWorker(
    string lane,
    IDbContextFactory<MusterDb> contexts,
    Writer writer,
    CommitSignal signal,
    TimeProvider clock,
    ILogger log
) : BackgroundService
{
    private const int OrdersAtOnce = 32;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(5);

    /// <summary>Makes the effect outside the database and answers what is still to be written in the transaction that marks the order done.</summary>
    protected abstract Task<Func<MusterDb, DateTimeOffset, CancellationToken, Task>?> PerformAsync(OutboxOrder order, CancellationToken ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var committed = signal.Next;
            try
            {
                if (await WorkOnceAsync(stoppingToken) == OrdersAtOnce)
                    continue;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.LaneFailed(log, lane, e);
            }

            try
            {
                await committed.WaitAsync(LongestSleep, clock, stoppingToken);
            }
            catch (TimeoutException) { }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Everything that is due now, a batch at most; answers how many orders were taken.</summary>
    public async Task<int> WorkOnceAsync(CancellationToken ct)
    {
        List<OutboxOrder> due;
        await using (var db = await contexts.CreateDbContextAsync(ct))
            due = await db.DueAsync(lane, clock.GetUtcNow(), OrdersAtOnce, ct);
        await Task.WhenAll(due.Select(order => WorkAsync(order, ct)));
        return due.Count;
    }

    private async Task WorkAsync(OutboxOrder order, CancellationToken ct)
    {
        Func<MusterDb, DateTimeOffset, CancellationToken, Task>? write = null;
        string? error = null;
        try
        {
            using var span = Tracing.Effect(order.Kind, order.Key);
            write = await PerformAsync(order, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            Log.OrderFailed(log, lane, order.Id, order.Attempts + 1, e);
            error = e.Message;
        }

        await writer.WriteAsync(
            $"{order.Kind}.mark",
            async (db, unit) =>
            {
                var now = clock.GetUtcNow();
                var current = await db.Set<OutboxOrder>().SingleAsync(o => o.Id == order.Id, unit);
                if (current.DoneAt is not null)
                    return false;
                if (error is null)
                {
                    if (write is not null)
                        await write(db, now, unit);
                    current.MarkDone(now);
                }
                else
                {
                    current.MarkFailed(error, now);
                }
                await db.SaveChangesAsync(unit);
                return true;
            },
            ct
        );
    }
}
