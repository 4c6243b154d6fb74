namespace Muster.Bench;

/// <summary>Click on the confirmation link to a usable account, one person after another.</summary>
internal static class UsableAccounts
{
    private const int WarmUp = 20;
    private const int Measured = 200;

    public static async Task RunAsync()
    {
        await using var site = await Site.MakeAsync(Applicants.List(WarmUp + Measured));
        var people = Applicants.Certify(site, 0, WarmUp + Measured);
        using var mails = new Mailboxes(site.MailFolder);
        await site.StartAsync();
        var cold = await Journey.WalkAsync(site, people[0], mails);
        foreach (var person in people[1..WarmUp])
            await Journey.WalkAsync(site, person, mails);
        var times = new List<double>();
        foreach (var person in people[WarmUp..])
            times.Add((await Journey.WalkAsync(site, person, mails)).TotalMilliseconds);
        var spread = new Spread(times);
        Program.Say(
            $"usable: click to usable account, {Measured} registrations: p50 {spread.Median:F0} ms, p99 {spread.At(0.99):F0} ms (the very first after the start: {cold.TotalMilliseconds:F0} ms)"
        );
    }
}
