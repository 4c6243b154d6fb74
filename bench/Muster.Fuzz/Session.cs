using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Muster.Fuzz;

/// <summary>One target for a while.</summary>
internal sealed class Session(string name, Action<byte[]> target, Corpus corpus, Coverage coverage)
{
    private static readonly TimeSpan TooSlow = TimeSpan.FromSeconds(2);
    private readonly Mutator mutator = new(new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));
    private readonly HashSet<string> faults = new(StringComparer.Ordinal);
    private long runs;
    private TimeSpan slowest;
    private TimeSpan took;

    public int Broken => faults.Count;

    public string Summary =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"fuzz: {name}: {runs:N0} inputs in {took.TotalSeconds:F0} s ({runs / took.TotalSeconds:F0}/s), {coverage.Edges:N0} edges, {corpus.Inputs.Count} seeds, slowest {slowest.TotalMilliseconds:F0} ms, {faults.Count} unhandled"
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
        slowest = elapsed > slowest ? elapsed : slowest;
        if (elapsed > TooSlow)
            Report("slow " + input.Length.ToString(CultureInfo.InvariantCulture), $"took {elapsed}", input);
        return coverage.IsNew();
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
