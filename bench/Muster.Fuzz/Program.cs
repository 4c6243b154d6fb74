using System.Diagnostics;
using System.Globalization;
using SharpFuzz;

namespace Muster.Fuzz;

/// <summary>
/// Feeds the parsers with bytes that grow towards new branches. This process makes an instrumented copy of the program beside itself and runs
/// it; the copy does the work.
/// </summary>
internal static class Program
{
    private const string Child = "--instrumented";

    private static async Task<int> Main(string[] args)
    {
        if (args is [Child, .. var rest])
            return Run(rest);
        if (args is not [var minutes, var seeds, ..] || !double.TryParse(minutes, CultureInfo.InvariantCulture, out _))
        {
            Console.Error.WriteLine("bench/fuzz MINUTES [TARGET…]   targets: " + string.Join(' ', Targets.All.Keys));
            return 2;
        }
        return await RunCopyAsync(args, seeds);
    }

    private static async Task<int> RunCopyAsync(string[] args, string seeds)
    {
        var copy = Directory.CreateTempSubdirectory("muster-fuzz-").FullName;
        try
        {
            foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
                File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            var options = Options.Value; // the defaults
            _ = Fuzzer
                .Instrument(
                    Path.Combine(copy, "Muster.Core.dll"),
                    type => type.StartsWith("Muster.Core.X509", StringComparison.Ordinal),
                    options
                )
                .Count();
            _ = Fuzzer
                .Instrument(
                    Path.Combine(copy, "BouncyCastle.Cryptography.dll"),
                    type =>
                        type.StartsWith("Org.BouncyCastle.Asn1", StringComparison.Ordinal)
                        || type.StartsWith("Org.BouncyCastle.Pkix", StringComparison.Ordinal),
                    options
                )
                .Count();
            using var child = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(copy, "muster-fuzz.dll"), Child, .. args]))!; // null only with the shell
            await child.WaitForExitAsync();
            return child.ExitCode;
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>The targets in turn, each for its share of the time; one line for each, and the inputs that broke something as files.</summary>
    private static int Run(string[] args)
    {
        var coverage = new Coverage(); // first: instrumented code counts from its first instruction
        var time = TimeSpan.FromMinutes(double.Parse(args[0], CultureInfo.InvariantCulture));
        var seeds = args[1];
        var names = args.Length > 2 ? args[2..] : [.. Targets.All.Keys];
        var broken = 0;
        foreach (var name in names)
        {
            var corpus = Corpus.Load(Path.Combine(seeds, name + ".txt"));
            var session = new Session(name, Targets.All[name], corpus, coverage);
            session.Run(time / names.Length);
            corpus.Save();
            broken += session.Broken;
            Console.WriteLine(session.Summary);
        }
        return broken == 0 ? 0 : 1;
    }
}
