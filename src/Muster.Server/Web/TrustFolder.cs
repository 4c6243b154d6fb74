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

    /// <summary>Links whose targets change look the same, and a file that could not be opened may open later.</summary>
    private static readonly TimeSpan ReadAnyway = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ReadAgainWhenBroken = TimeSpan.FromMinutes(1);
    private string fingerprint = "";
    private DateTimeOffset readAnyway;

    private IReadOnlyList<AnchorProblem> problemsOfFiles = [];
    private AnchorProblem? problemOfFolder;

    public TrustAnchors Current => current ?? Look();

    /// <summary>The files left out, and why, and the folder itself where it cannot be read; for the health page.</summary>
    public IReadOnlyList<AnchorProblem> Problems => problemOfFolder is { } folder ? [folder, .. problemsOfFiles] : problemsOfFiles;

    /// <summary>The authorities whose lists could not be fetched lately; written by who fetches them.</summary>
    public IReadOnlyList<AnchorProblem> FetchProblems { get; set; } = [];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Look();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookAgain, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Look();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    /// <summary>A folder that is away (another is moved into its place) or cannot be listed changes nothing, and is named.</summary>
    private TrustAnchors Look()
    {
        try
        {
            var seen = Fingerprint();
            var now = current is { } same && seen == fingerprint && clock.GetUtcNow() < readAnyway ? same : Load(seen);
            problemOfFolder = null;
            return now;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (problemOfFolder is null)
                Log.TrustNotRead(log, e);
            var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(options.Value.TrustFolder));
            problemOfFolder = new AnchorProblem(
                name,
                e is DirectoryNotFoundException ? "anchor.folder-missing" : "anchor.folder-unreadable"
            );
            return current ??= TrustAnchors.None;
        }
    }

    private TrustAnchors Load(string seen)
    {
        var (files, unreadable) = AnchorFiles.Read(options.Value.TrustFolder);
        var read = TrustAnchors.Read(files);
        fingerprint = seen;
        readAnyway = clock.GetUtcNow() + (unreadable.Count > 0 ? ReadAgainWhenBroken : ReadAnyway);
        if (current is { } same && string.Equals(same.Version, read.Version, StringComparison.Ordinal))
            return same;
        problemsOfFiles = [.. unreadable, .. read.Problems];
        foreach (var problem in problemsOfFiles)
            Log.AnchorProblem(log, problem.File, problem.Line ?? 0, problem.ReasonCode);
        Log.TrustLoaded(log, read.All.Count, files.Count);
        current = read;
        return read;
    }

    private string Fingerprint() =>
        string.Join(
            '|',
            AnchorFiles.In(options.Value.TrustFolder).Select(f => $"{f.Name}:{f.LastWriteTimeUtc.Ticks}:{(f.Exists ? f.Length : 0)}")
        );
}
