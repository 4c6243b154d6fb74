using System.Diagnostics;
using System.Globalization;

/// <summary>
/// A power cut at a chosen moment: loaded into the real executable by <c>DOTNET_STARTUP_HOOKS</c>, it counts the edges of the
/// commits and effects and ends the process, without a last word, at the one that is asked for. Nothing of it is in the product.
/// </summary>
/// <remarks>The runtime looks for this name outside any namespace.</remarks>
#pragma warning disable CA1050, MA0047
internal static class StartupHook
#pragma warning restore CA1050, MA0047
{
    public const string CutAt = "MUSTER_TEST_CUT_AT";
    public const string EdgesFile = "MUSTER_TEST_EDGES";

    public static void Initialize()
    {
        var cutAt = int.Parse(Environment.GetEnvironmentVariable(CutAt) ?? "0", CultureInfo.InvariantCulture);
        var edges = Environment.GetEnvironmentVariable(EdgesFile);
        var passed = 0;
        var gate = new Lock();
        void Pass(string edge, Activity activity)
        {
            lock (gate)
            {
                passed++;
                if (edges is not null)
                    File.AppendAllText(
                        edges,
                        $"{edge} {activity.OperationName} {activity.GetTagItem("kind") ?? activity.GetTagItem("units")}\n"
                    );
                if (passed == cutAt)
                    Process.GetCurrentProcess().Kill();
            }
        }
        ActivitySource.AddActivityListener(
            new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Muster",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStarted = activity => Pass("before", activity),
                ActivityStopped = activity => Pass("after", activity),
            }
        );
    }
}
