using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;

namespace Muster.Server.Storage;

/// <summary>
/// The one writer of the process. Units of work queue here and run one after another, so that what a unit loads is still
/// true when it commits; units that wait at the same moment share one durable commit.
/// </summary>
/// <remarks>Choice (0004): one writer with shared commits instead of competing transactions.</remarks>
internal sealed class Writer(IDbContextFactory<MusterDb> contexts, CommitSignal signal, ILogger<Writer> log) : BackgroundService
{
    /// <summary>Units that may share one commit; bounds how long the first of them waits.</summary>
    private const int UnitsPerCommit = 64;

    private readonly Channel<Unit> queue = Channel.CreateBounded<Unit>(
        new BoundedChannelOptions(4096) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );

    /// <summary>
    /// Runs <paramref name="work"/> inside the next transaction and answers once that is durable.
    /// Nothing is kept unless the unit itself calls <c>SaveChangesAsync</c>; an exception undoes the unit alone.
    /// </summary>
    public async Task<T> WriteAsync<T>(string name, Func<MusterDb, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        var unit = new Unit<T>(name, work);
        await queue.Writer.WriteAsync(unit, ct);
        return await unit.Answer.Task.WaitAsync(ct);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task
            .Factory.StartNew(() => RunAsync(stoppingToken), stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .Unwrap();

    private async Task RunAsync(CancellationToken stopping)
    {
        await using var db = await contexts.CreateDbContextAsync(stopping);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        db.Database.AutoSavepointsEnabled = false;
        await db.Database.OpenConnectionAsync(stopping);
        var batch = new List<Unit>(UnitsPerCommit);
        var written = new List<object>();
        try
        {
            while (await queue.Reader.WaitToReadAsync(stopping))
            {
                batch.Clear();
                written.Clear();
                await CommitOnceAsync(db, batch, written);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            while (queue.Reader.TryRead(out var left))
                left.Fail(new OperationCanceledException("The server is stopping."));
        }
    }

    private async Task CommitOnceAsync(MusterDb db, List<Unit> batch, List<object> written)
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
            while (batch.Count < UnitsPerCommit && queue.Reader.TryRead(out var unit))
            {
                batch.Add(unit);
                await transaction.CreateSavepointAsync("unit", CancellationToken.None);
                if (await unit.RunAsync(db) is { } failure)
                {
                    await transaction.RollbackToSavepointAsync("unit", CancellationToken.None);
                    Log.UnitFailed(log, unit.Name, failure);
                }
                else
                {
                    written.AddRange(db.ChangeTracker.Entries().Where(e => e.State == EntityState.Unchanged).Select(e => e.Entity));
                }
                db.ChangeTracker.Clear();
            }

            using (Tracing.Source.StartActivity("commit")?.SetTag("units", string.Join(',', batch.Select(u => u.Name))))
                await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception broken)
        {
            db.ChangeTracker.Clear();
            Log.CommitFailed(log, batch.Count, broken);
            foreach (var unit in batch)
                unit.Fail(broken);
            return;
        }

        foreach (var unit in batch)
            unit.Complete();
        signal.Raise(written);
    }

    private abstract class Unit(string name)
    {
        public string Name { get; } = name;

        public abstract Task<Exception?> RunAsync(MusterDb db);

        public abstract void Complete();

        public abstract void Fail(Exception why);
    }

    private sealed class Unit<T>(string name, Func<MusterDb, CancellationToken, Task<T>> work) : Unit(name)
    {
        private Exception? failure;
        private T? answer;

        public TaskCompletionSource<T> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async Task<Exception?> RunAsync(MusterDb db)
        {
            try
            {
                answer = await work(db, CancellationToken.None);
            }
            catch (Exception e)
            {
                failure = e;
            }
            return failure;
        }

        public override void Complete()
        {
            if (failure is null)
                Answer.TrySetResult(answer!); // set by RunAsync whenever there is no failure
            else
                Answer.TrySetException(failure);
        }

        public override void Fail(Exception why) => Answer.TrySetException(failure ?? why);
    }
}
