namespace Muster.Server.Outbox;

/// <summary>Work that is due because time passed: deadlines, reminders, tidying. Idempotent; run soon after the start and then at every turn.</summary>
internal sealed record PeriodicWork(string Name, TimeSpan Every, Func<IServiceProvider, CancellationToken, Task> RunAsync);

internal sealed class PeriodicWorker(
    IEnumerable<PeriodicWork> all,
    IServiceProvider services,
    TimeProvider clock,
    ILogger<PeriodicWorker> log
) : BackgroundService
{
    /// <summary>The first visitors come first.</summary>
    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(3);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(all.Select(work => TurnAsync(work, stoppingToken)).Append(GiveBackAsync(stoppingToken)));

    /// <summary>The start builds much that is used once; what is left of it goes back to the system when the server has settled.</summary>
    private async Task GiveBackAsync(CancellationToken stopping)
    {
        await Task.Delay(2 * AfterStart, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stopping.IsCancellationRequested)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    /// <summary>One turn of everything, whatever the clock says.</summary>
    public async Task RunAllOnceAsync(CancellationToken ct)
    {
        foreach (var work in all)
            await work.RunAsync(services, ct);
    }

    private async Task TurnAsync(PeriodicWork work, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(work.Every, clock);
        try
        {
            await Task.Delay(AfterStart, clock, stopping);
            do
            {
                try
                {
                    await work.RunAsync(services, stopping);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    Log.PeriodicWorkFailed(log, work.Name, e);
                }
            } while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops; whatever is due stays due.
        }
    }
}
