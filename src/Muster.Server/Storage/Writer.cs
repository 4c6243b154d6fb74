using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Muster.Server.Storage;

/// <summary>
/// The one writer of the process. Units of work queue here and run one after another, so that what a unit loads is still
/// true when it commits; units that wait at the same moment share one durable commit.
/// </summary>
/// <remarks>
/// Choice (0004): one writer with shared commits instead of competing transactions. There is no thread of its own to be woken:
/// whoever brings a unit while nobody writes does the writing, for all that wait.
/// </remarks>
internal sealed class Writer(IDbContextFactory<MusterDb> contexts, IStorageEngine engine, CommitSignal signal, ILogger<Writer> log)
    : IHostedService,
        IAsyncDisposable
{
    /// <summary>Units that may share one commit; bounds how long the first of them waits.</summary>
    private const int UnitsPerCommit = 64;

    private readonly Channel<Unit> queue = Channel.CreateBounded<Unit>(
        new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.Wait }
    );
    private readonly SemaphoreSlim turn = new(1);
    private readonly List<Unit> batch = new(UnitsPerCommit);
    private readonly List<object> written = [];
    private MusterDb? own;

    /// <summary>
    /// Runs <paramref name="work"/> inside the next transaction and answers once that is durable.
    /// Nothing is kept unless the unit itself calls <c>SaveChangesAsync</c>; an exception undoes the unit alone.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller gave up, or the server is stopping.</exception>
    public async Task<T> WriteAsync<T>(string name, Func<MusterDb, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        var unit = new Unit<T>(name, work);
        try
        {
            await queue.Writer.WriteAsync(unit, ct);
        }
        catch (ChannelClosedException)
        {
            throw Stopping();
        }
        if (turn.Wait(0, CancellationToken.None))
            await WriteWaitingAsync();
        return await unit.Answer.Task.WaitAsync(ct);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Lets the commit that is under way end, and sends the rest away.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        await turn.WaitAsync(cancellationToken);
        while (queue.Reader.TryRead(out var left))
            left.Fail(Stopping());
        turn.Release();
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await turn.WaitAsync();
        await CloseAsync();
        turn.Release();
    }

    private static OperationCanceledException Stopping() => new("The server is stopping.");

    /// <summary>One commit for all that wait; the caller has the turn. Who came too late for it is not left waiting.</summary>
    private async Task WriteWaitingAsync()
    {
        try
        {
            await CommitOnceAsync();
        }
        finally
        {
            turn.Release();
        }
        if (queue.Reader.TryPeek(out _) && turn.Wait(0, CancellationToken.None))
            _ = Task.Run(WriteWaitingAsync, CancellationToken.None);
    }

    private async ValueTask<MusterDb> OpenAsync()
    {
        var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        db.Database.AutoSavepointsEnabled = false;
        own = db;
        await db.Database.OpenConnectionAsync(CancellationToken.None);
        return db;
    }

    private async ValueTask CloseAsync()
    {
        if (own is { } closing)
        {
            own = null;
            await closing.DisposeAsync();
        }
    }

    /// <summary>The connection lives for days and its server may not: one that cannot even begin has done nothing, so a new one may.</summary>
    private async Task<(MusterDb Db, IDbContextTransaction Transaction)> BeginAsync()
    {
        if (own is { } kept)
            try
            {
                return (kept, await engine.BeginWritingAsync(kept, CancellationToken.None));
            }
            catch (Exception broken) when (broken is DbException or InvalidOperationException)
            {
                Log.ConnectionReplaced(log, broken);
                await CloseAsync();
            }
        var db = await OpenAsync();
        return (db, await engine.BeginWritingAsync(db, CancellationToken.None));
    }

    private async Task CommitOnceAsync()
    {
        if (!queue.Reader.TryPeek(out _))
            return;
        batch.Clear();
        written.Clear();
        try
        {
            var (db, begun) = await BeginAsync();
            await using var transaction = begun;
            while (batch.Count < UnitsPerCommit && queue.Reader.TryRead(out var unit))
            {
                batch.Add(unit);
                var alone = batch.Count == 1; // so far, and then there is nothing before it to go back to
                if (!alone)
                    await transaction.CreateSavepointAsync("unit", CancellationToken.None);
                if (await unit.RunAsync(db) is { } failure)
                {
                    Log.UnitFailed(log, unit.Name, failure);
                    db.ChangeTracker.Clear();
                    if (alone)
                    {
                        await transaction.RollbackAsync(CancellationToken.None);
                        unit.Complete();
                        return;
                    }
                    await transaction.RollbackToSavepointAsync("unit", CancellationToken.None);
                    continue;
                }
                TakeWritten(db);
            }

            using (Tracing.Source.StartActivity("commit")?.SetTag("units", string.Join(',', batch.Select(u => u.Name))))
                await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception broken)
        {
            if (batch.Count == 0 && queue.Reader.TryRead(out var unheard)) // it could not even begin; one is told, the next tries again
                batch.Add(unheard);
            Log.CommitFailed(log, batch.Count, broken);
            signal.Raise([CommitSignal.Untold]); // what broke after it was durable has changed something all the same
            foreach (var unit in batch)
                unit.Fail(broken);
            await CloseAsync(); // whatever broke, the next commit does not begin with it
            return;
        }

        signal.Raise(written); // first, so that who is answered finds nothing that was true before
        foreach (var unit in batch)
            unit.Complete();
    }

    /// <summary>Everything was saved, so nothing need be compared to find what changed.</summary>
    private void TakeWritten(MusterDb db)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var before = written.Count;
        written.AddRange(db.ChangeTracker.Entries().Where(e => e.State == EntityState.Unchanged).Select(e => e.Entity));
        if (written.Count == before)
            written.Add(CommitSignal.Untold);
        db.ChangeTracker.Clear();
        db.ChangeTracker.AutoDetectChangesEnabled = true;
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
