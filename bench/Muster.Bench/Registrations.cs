using System.Diagnostics;
using System.Globalization;

namespace Muster.Bench;

/// <summary>Complete registrations per second, many people at once, each with connections of their own.</summary>
internal static class Registrations
{
    private const int WarmUp = 1_000;

    /// <param name="rest">How many to measure, and how many at once.</param>
    public static async Task RunAsync(string[] rest)
    {
        var measured = rest is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 2_000;
        var atOnce = rest is [_, var lanes] ? int.Parse(lanes, CultureInfo.InvariantCulture) : 32;
        await using var site = await Site.MakeAsync(Applicants.List(WarmUp + measured));
        var people = Applicants.Certify(site, 0, WarmUp + measured);
        using var mails = new Mailboxes(site.MailFolder);
        await site.StartAsync();
        await RunAsync(site, people[..WarmUp], mails, atOnce);

        var (serverBefore, own) = (ProcessCost.CpuMilliseconds(site.Pid), ProcessCost.CpuMilliseconds(Environment.ProcessId));
        var watch = Stopwatch.StartNew();
        var times = await RunAsync(site, people[WarmUp..], mails, atOnce);
        var seconds = watch.Elapsed.TotalSeconds;
        var server = (ProcessCost.CpuMilliseconds(site.Pid) - serverBefore) / measured;
        var client = (ProcessCost.CpuMilliseconds(Environment.ProcessId) - own) / measured;
        Program.Say(
            $"registrations: {measured / seconds:F0} complete registrations per second ({measured}, {atOnce} at once, durable commits); CPU each: server {server:F2} ms, driver {client:F2} ms; click to usable p50 {times.Median:F0} ms, p99 {times.At(0.99):F0} ms; memory {ProcessCost.ResidentMiB(site.Pid):F0} MiB"
        );
    }

    private static async Task<Spread> RunAsync(Site site, Applicant[] people, Mailboxes mails, int atOnce)
    {
        var times = new double[people.Length];
        var next = -1;
        async Task LaneAsync()
        {
            for (int i; (i = Interlocked.Increment(ref next)) < people.Length; )
                times[i] = (await Journey.WalkAsync(site, people[i], mails)).TotalMilliseconds;
        }
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(LaneAsync)));
        return new Spread(times);
    }
}
