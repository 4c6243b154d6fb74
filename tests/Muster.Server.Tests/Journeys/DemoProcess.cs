using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Muster.Server.Tests.Journeys;

/// <summary>The real executable, serving a demonstration of its own on free ports until it is disposed of.</summary>
public sealed class DemoProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private readonly List<string> lines = [];
    private Process? process;

    public string Data { get; } = Path.Combine(Directory.CreateTempSubdirectory("muster-journey-").FullName, "data");

    public int Port { get; } = FreePorts();

    public string Origin => string.Create(CultureInfo.InvariantCulture, $"https://localhost:{Port}");

    public string CertificateOrigin => string.Create(CultureInfo.InvariantCulture, $"https://localhost:{Port + 1}");

    /// <summary>What the terminal shows so far.</summary>
    public string Screen
    {
        get
        {
            lock (lines)
                return string.Join('\n', lines);
        }
    }

    public string Certificate(string name) => Path.Combine(Data, "certificates", name + ".pem");

    public string Key(string name) => Path.Combine(Data, "certificates", name + "-key.pem");

    /// <summary>The password of the account that decides, as the demonstration wrote it down.</summary>
    public string RegistrarPassword => File.ReadAllText(Path.Combine(Data, "registrar-password.txt")).Trim();

    public async Task StartAsync(CancellationToken ct)
    {
        var executable = Path.Combine(AppContext.BaseDirectory, "muster");
        var start = new ProcessStartInfo(executable)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in (string[])["demo", "--data", Data, "--port", Port.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(word);
        process = Process.Start(start) ?? throw new InvalidOperationException("The executable did not start.");
        var serves = new TaskCompletionSource();
        void Take(string? line)
        {
            if (line is null)
                return;
            lock (lines)
                lines.Add(line);
            if (line.Contains("Stop with", StringComparison.Ordinal))
                serves.TrySetResult();
        }
        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var ended = process.WaitForExitAsync(ct);
        if (await Task.WhenAny(serves.Task, ended).WaitAsync(LongestStart, TimeProvider.System, ct) == ended)
            Assert.Fail($"The demonstration ended with {process.ExitCode}:\n{Screen}");
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync(CancellationToken ct)
    {
        if (process is not { } running)
            return;
        running.Kill(entireProcessTree: true);
        await running.WaitForExitAsync(ct);
        running.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync(CancellationToken.None);
        Directory.Delete(Path.GetDirectoryName(Data)!, recursive: true); // it was made below a folder of its own
    }

    /// <summary>The first of two neighbouring ports that nobody listens on.</summary>
    internal static int FreePorts()
    {
        for (var tries = 0; tries < 100; tries++)
        {
            using var first = new TcpListener(IPAddress.Loopback, 0);
            first.Start();
            var port = ((IPEndPoint)first.LocalEndpoint).Port;
            using var second = new TcpListener(IPAddress.Loopback, port + 1);
            try
            {
                second.Start();
                return port;
            }
            catch (SocketException)
            {
                // taken; look on
            }
        }
        throw new InvalidOperationException("No two neighbouring ports are free.");
    }
}
