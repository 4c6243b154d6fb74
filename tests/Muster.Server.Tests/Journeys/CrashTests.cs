using Xunit;

namespace Muster.Server.Tests.Journeys;

/// <summary>The server is killed before and after every commit and every effect of a journey, started again, and nothing is lost or doubled.</summary>
public sealed class CrashTests
{
    [Fact]
    public async Task A_power_cut_at_any_edge_loses_nothing_and_makes_no_second_account()
    {
        var ct = TestContext.Current.CancellationToken;
        using var installations = new Installations();
        await installations.MakeAsync(ct);
        var edges = await RehearseAsync(installations, ct);
        Assert.True(edges.Length >= 20, $"Only {edges.Length} edges:\n{string.Join('\n', edges)}");

        for (var edge = 1; edge <= edges.Length; edge++)
            await CutAsync(installations, edge, edges[edge - 1], ct);
    }

    private static async Task<string[]> RehearseAsync(Installations installations, CancellationToken ct)
    {
        var port = DemoProcess.FreePorts();
        var (folder, authority) = installations.Copy(port);
        var file = Path.Combine(folder, "edges");
        await using (var server = await ServerProcess.StartAsync(folder, 0, file, ct))
            Assert.True(await new StubbornApplicant(folder, port, authority).GoOnAsync(ct), server.Text);
        return await File.ReadAllLinesAsync(file, ct);
    }

    private static async Task CutAsync(Installations installations, int edge, string name, CancellationToken ct)
    {
        var port = DemoProcess.FreePorts();
        var (folder, authority) = installations.Copy(port);
        var applicant = new StubbornApplicant(folder, port, authority);
        await using (var server = await ServerProcess.StartAsync(folder, edge, null, ct))
        {
            var reached = !server.HasEnded && await applicant.GoOnAsync(ct);
            // The last edges may be passed after the last answer; all others end the process.
            if (!reached)
                await server.EndedAsync(ct);
        }

        await using (var server = await ServerProcess.StartAsync(folder, 0, null, ct))
            Assert.True(await applicant.GoOnAsync(ct), $"{edge} ({name}): {server.Text}");

        Assert.Equal("1", applicant.Read("select count(*) from registrations"));
        Assert.Equal("Provisioned", applicant.Read("select state from registrations"));
        Assert.Equal("1", applicant.Read("select count(*) from accounts where registration_id is not null"));
        Assert.Equal(
            "1",
            applicant.Read(
                "select count(*) from directory_entries where account_id in (select id from accounts where registration_id is not null)"
            )
        );
        var (code, text) = await ServerProcess.RunAsync(ct, "doctor", "audit", "--data", folder);
        Assert.True(code == 0, $"{edge} ({name}): {text}");
    }
}
