using Microsoft.Extensions.Options;
using Muster.Core.X509;

namespace Muster.Server.Web;

/// <summary>
/// The trust anchors as they lie in the folder now. Looked at again every few seconds; a change is read beside the old state and
/// taken over whole, so that no request waits or meets half a folder.
/// </summary>
internal sealed class TrustFolder(IOptions<PortalOptions> options, TimeProvider clock, ILogger<TrustFolder> log) : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private volatile TrustAnchors? current;
    private string fingerprint = "";

    public TrustAnchors Current => current ?? Load();

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Load();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookAgain, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                if (Fingerprint() != fingerprint)
                    Load();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private TrustAnchors Load()
    {
        var seen = Fingerprint();
        var files = new List<AnchorFile>();
        foreach (var file in Files())
        {
            try
            {
                files.Add(new AnchorFile(file.Name, File.ReadAllBytes(file.FullName)));
            }
            catch (IOException e)
            {
                Log.AnchorFileUnreadable(log, file.Name, e);
            }
        }

        var read = TrustAnchors.Read(files);
        foreach (var problem in read.Problems)
            Log.AnchorProblem(log, problem.File, problem.ReasonCode);
        Log.TrustLoaded(log, read.All.Count, files.Count);
        fingerprint = seen;
        current = read;
        return read;
    }

    private IEnumerable<FileInfo> Files()
    {
        var folder = new DirectoryInfo(options.Value.TrustFolder);
        return folder.Exists ? folder.EnumerateFiles().OrderBy(f => f.Name, StringComparer.Ordinal) : [];
    }

    private string Fingerprint() =>
        string.Join('|', Files().Select(f => $"{f.Name}:{f.LastWriteTimeUtc.Ticks}:{(f.Exists ? f.Length : 0)}"));
}
