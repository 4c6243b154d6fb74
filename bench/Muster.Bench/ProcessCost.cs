using System.Globalization;

namespace Muster.Bench;

/// <summary>What a process has used so far, as the kernel counts it.</summary>
internal static class ProcessCost
{
    /// <summary>User and system time of all its threads, milliseconds; steps of 10 ms.</summary>
    public static double CpuMilliseconds(int pid)
    {
        var fields = File.ReadAllText($"/proc/{pid}/stat").Split(") ")[1].Split(' ');
        return (Number(fields[11]) + Number(fields[12])) * 10;
    }

    /// <summary>What each of so many repetitions cost the process, milliseconds of CPU.</summary>
    public static async Task<double> EachAsync(int pid, int times, Func<Task> work)
    {
        var before = CpuMilliseconds(pid);
        await work();
        return (CpuMilliseconds(pid) - before) / times;
    }

    /// <summary>Memory that is in RAM for it, MiB.</summary>
    public static double ResidentMiB(int pid) =>
        Number(File.ReadLines($"/proc/{pid}/status").Single(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ')[^2]) / 1024;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
