using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Muster.Server.Tests.Journeys;

/// <summary><c>muster serve</c> as a process of its own, with or without a power cut ahead of it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly List<string> lines = [];

    private ServerProcess(Process process) => this.process = process;

    public bool HasEnded => process.HasExited;

    /// <exception cref="TimeoutException">It lives on.</exception>
    public Task EndedAsync(CancellationToken ct) =>
        process.WaitForExitAsync(ct).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, ct);

    /// <param name="cutAt">The edge, counted from 1, at which the process dies; 0 for never.</param>
    /// <param name="edges">File that the edges are written to; null for none.</param>
    /// <param name="more">Variables of the environment, beside those of this process.</param>
    public static async Task<ServerProcess> StartAsync(
        string folder,
        int cutAt,
        string? edges,
        CancellationToken ct,
        params (string Name, string Value)[] more
    )
    {
        var start = Muster("serve", "--data", folder);
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(ServerProcess).Assembly.Location;
        start.Environment[StartupHook.CutAt] = cutAt.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in more)
            start.Environment[name] = value;
        if (edges is not null)
            start.Environment[StartupHook.EdgesFile] = edges;
        var server = new ServerProcess(Process.Start(start) ?? throw new InvalidOperationException("The executable did not start."));
        var serves = new TaskCompletionSource();
        void Take(string? line)
        {
            if (line is null)
                return;
            lock (server.lines)
                server.lines.Add(line);
            if (line.EndsWith("ready", StringComparison.Ordinal))
                serves.TrySetResult();
        }
        server.process.OutputDataReceived += (_, e) => Take(e.Data);
        server.process.ErrorDataReceived += (_, e) => Take(e.Data);
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        await Task.WhenAny(serves.Task, server.process.WaitForExitAsync(ct)).WaitAsync(LongestStart, TimeProvider.System, ct);
        return server;
    }

    /// <summary>Runs another verb to its end.</summary>
    public static async Task<(int Code, string Text)> RunAsync(CancellationToken ct, params string[] words)
    {
        using var run = Process.Start(Muster(words)) ?? throw new InvalidOperationException("The executable did not start.");
        var text = await run.StandardOutput.ReadToEndAsync(ct) + await run.StandardError.ReadToEndAsync(ct);
        await run.WaitForExitAsync(ct);
        return (run.ExitCode, text);
    }

    public string Text
    {
        get
        {
            lock (lines)
                return string.Join('\n', lines);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.Dispose();
    }

    private static ProcessStartInfo Muster(params string[] words) =>
        new(Path.Combine(AppContext.BaseDirectory, "muster"), words)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
}
