using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Muster.Fuzz;

/// <summary>One target for a while.</summary>
internal sealed class Session(string name, Action<byte[]> target, Corpus corpus, Coverage coverage)
{
    /// <summary>An input of the check brings authorities of its own, and each of their keys costs the library some tens of milliseconds to open.</summary>
    private static readonly TimeSpan TooSlow = TimeSpan.FromSeconds(2);
    private readonly Mutator mutator = new(new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));
    private readonly HashSet<string> faults = new(StringComparer.Ordinal);
    private long runs;
    private TimeSpan slowest;
    private byte[] slowestInput = [];
    private TimeSpan took;

    public int Broken => faults.Count;

    public string Summary =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"fuzz: {name}: {runs:N0} inputs in {took.TotalSeconds:F0} s ({runs / took.TotalSeconds:F0}/s), {coverage.Edges:N0} edges, {corpus.Inputs.Count} seeds, slowest {slowest.TotalMilliseconds:F1} ms for {slowestInput.Length:N0} octets, {faults.Count} unhandled"
        );

    public void Run(TimeSpan time)
    {
        coverage.Forget();
        foreach (var seed in corpus.Inputs.ToList())
            Try(seed);
        var watch = Stopwatch.StartNew();
        var said = TimeSpan.Zero;
        while (watch.Elapsed < time)
        {
            var input = mutator.Next(corpus.Inputs);
            if (Try(input))
                corpus.Add(input);
            took = watch.Elapsed;
            if (took - said > TimeSpan.FromMinutes(1))
            {
                said = took;
                corpus.Save();
                Console.Error.WriteLine(Summary);
            }
        }
    }

    /// <summary>True when the input reached something new and was answered.</summary>
    private bool Try(byte[] input)
    {
        runs++;
        coverage.Begin();
        var start = Stopwatch.GetTimestamp();
#pragma warning disable CA1031 // Every exception is what is looked for.
        try
        {
            target(input);
        }
        catch (Exception e)
        {
            Report(e.GetType().Name + " " + (e.StackTrace ?? "").Split('\n')[0].Trim(), e.ToString(), input);
            return false;
        }
#pragma warning restore CA1031
        var elapsed = Stopwatch.GetElapsedTime(start);
        var isNew = coverage.IsNew();
        if (elapsed > slowest)
            Weigh(input);
        return isNew;
    }

    /// <summary>The first run of a path compiles it, and the machine does other things too: what an input costs is the least of three more runs.</summary>
    private void Weigh(byte[] input)
    {
        var cost = TimeSpan.MaxValue;
        for (var run = 0; run < 3; run++)
        {
            var start = Stopwatch.GetTimestamp();
            target(input);
            var elapsed = Stopwatch.GetElapsedTime(start);
            cost = elapsed < cost ? elapsed : cost;
        }
        if (cost <= slowest)
            return;
        (slowest, slowestInput) = (cost, input);
        if (cost > TooSlow)
            Report("slow " + input.Length.ToString(CultureInfo.InvariantCulture), $"took {cost}", input);
    }

    private void Report(string kind, string text, byte[] input)
    {
        if (!faults.Add(kind))
            return;
        var file = Path.Combine(Path.GetTempPath(), $"muster-fuzz-{name}-{Convert.ToHexStringLower(SHA256.HashData(input))[..12]}");
        File.WriteAllBytes(file, input);
        Console.Error.WriteLine($"{name}: {text}\n{file}");
    }
}
