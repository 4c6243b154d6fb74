using System.Diagnostics;

namespace Muster.Bench;

/// <summary>The demonstration as a whole, on a built tree and a new data folder.</summary>
internal static class DemoRun
{
    private const int Rounds = 3;

    public static async Task RunAsync()
    {
        var home = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../.."));
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var data = Directory.CreateTempSubdirectory("muster-bench-").FullName;
            var watch = Stopwatch.StartNew();
            using var run = Process.Start(
                new ProcessStartInfo(Path.Combine(home, "muster"), ["demo", "--exit", "--port", "18643", "--data", Path.Combine(data, "d")])
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                }
            )!;
            await run.StandardOutput.ReadToEndAsync();
            await run.WaitForExitAsync();
            times.Add(watch.Elapsed.TotalSeconds);
            Directory.Delete(data, recursive: true);
            if (run.ExitCode != 0)
                throw new InvalidOperationException($"The demonstration ended with {run.ExitCode}.");
        }
        Program.Say($"demo: {new Spread(times).Median:F1} s for ./muster demo --exit, whole process (median of {Rounds})");
    }
}
