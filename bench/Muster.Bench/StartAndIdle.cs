namespace Muster.Bench;

/// <summary>Start to the first answer, and memory once nothing happens, with the demo's 1,000 members.</summary>
internal static class StartAndIdle
{
    private const int Rounds = 5;

    public static async Task RunAsync()
    {
        var starts = new List<double>();
        var idle = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            await using var site = await Site.MakeAsync([]);
            await site.StartAsync();
            starts.Add(site.StartedIn.TotalMilliseconds);
            await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System);
            idle.Add(ProcessCost.ResidentMiB(site.Pid));
        }
        Program.Say(
            $"start: {new Spread(starts).Median:F0} ms to the first answer, {new Spread(idle).Median:F0} MiB when idle (1,000 members, medians of {Rounds})"
        );
    }
}
