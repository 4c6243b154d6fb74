using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Muster.Server.Storage;

namespace Muster.Server.Outbox;

/// <summary>
/// Works one lane off: takes what a commit has just written straight from the writer, looks into the table at start and every few
/// seconds for everything else that is due, and marks each order done or failed. An effect may happen twice if the process dies
/// between effect and mark; it never gets lost.
/// </summary>
internal abstract class OutboxWorker : BackgroundService
{
    private const int OrdersAtOnce = 32;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    /// <summary>What an earlier run left is looked for once the first visitors are served.</summary>
    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(1);

    private readonly string lane;
    private readonly IDbContextFactory<MusterDb> contexts;
    private readonly Writer writer;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly Channel<OutboxOrder> handed = Channel.CreateBounded<OutboxOrder>(
        new BoundedChannelOptions(1024) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );

    /// <summary>Orders worked since the last look, so that what was handed over and seen in the table is done once.</summary>
    private readonly HashSet<long> worked = [];
    private volatile bool overflowed;

    protected OutboxWorker(
        string lane,
        IDbContextFactory<MusterDb> contexts,
        Writer writer,
        CommitSignal signal,
        TimeProvider clock,
        ILogger log
    )
    {
        (this.lane, this.contexts, this.writer, this.clock, this.log) = (lane, contexts, writer, clock, log);
        signal.Subscribe(Take);
    }

    /// <summary>Makes the effect outside the database and answers what is still to be written in the transaction that marks the order done.</summary>
    protected abstract Task<Func<MusterDb, DateTimeOffset, CancellationToken, Task>?> PerformAsync(OutboxOrder order, CancellationToken ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var looked = clock.GetUtcNow() - LookEvery + AfterStart;
        Task? news = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (overflowed || clock.GetUtcNow() - looked >= LookEvery)
                {
                    looked = clock.GetUtcNow();
                    while (await LookAsync(stoppingToken) == OrdersAtOnce) { }
                }
                await WorkHandedAsync(stoppingToken);
                if (news is null or { IsCompleted: true })
                    news = handed.Reader.WaitToReadAsync(stoppingToken).AsTask();
                await news.WaitAsync(AtLeast(looked + LookEvery - clock.GetUtcNow()), clock, stoppingToken);
            }
            catch (TimeoutException) { }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Log.LaneFailed(log, lane, e);
                await Task.Delay(LookEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static TimeSpan AtLeast(TimeSpan wait) => wait > TimeSpan.FromMilliseconds(1) ? wait : TimeSpan.FromMilliseconds(1);

    private void Take(IReadOnlyList<object> written)
    {
        foreach (var order in written.OfType<OutboxOrder>())
            if (order.Lane == lane && order.IsNew && !handed.Writer.TryWrite(order))
                overflowed = true;
    }

    /// <summary>Everything in the table that is due now, a batch at most; answers how many orders were taken.</summary>
    private async Task<int> LookAsync(CancellationToken ct)
    {
        overflowed = false;
        while (handed.Reader.TryRead(out _)) { }
        worked.Clear();
        List<OutboxOrder> due;
        await using (var db = await contexts.CreateDbContextAsync(ct))
            due = await db.DueAsync(lane, clock.GetUtcNow(), OrdersAtOnce, ct);
        await WorkAsync(due, ct);
        return due.Count;
    }

    private async Task WorkHandedAsync(CancellationToken ct)
    {
        var due = new List<OutboxOrder>();
        while (due.Count < OrdersAtOnce && handed.Reader.TryRead(out var order))
            if (!worked.Contains(order.Id))
                due.Add(order);
        await WorkAsync(due, ct);
    }

    private Task WorkAsync(List<OutboxOrder> orders, CancellationToken ct)
    {
        worked.UnionWith(orders.Select(o => o.Id));
        return Task.WhenAll(orders.Select(order => WorkAsync(order, ct)));
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
                var wasOpen = error is null
                    ? await db.MarkDoneAsync(order.Id, now, unit)
                    : await MarkFailedAsync(db, order.Id, error, now, unit);
                if (!wasOpen)
                    return false;
                if (write is not null) // there is none after a failure
                    await write(db, now, unit);
                await db.SaveChangesAsync(unit);
                return true;
            },
            ct
        );
    }

    private static async Task<bool> MarkFailedAsync(MusterDb db, long id, string error, DateTimeOffset now, CancellationToken ct)
    {
        var order = await db.Set<OutboxOrder>().SingleAsync(o => o.Id == id, ct);
        if (order.DoneAt is not null)
            return false;
        order.MarkFailed(error, now);
        return true;
    }
}
