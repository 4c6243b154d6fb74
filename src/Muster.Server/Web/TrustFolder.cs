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
                LoadWhenChanged();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    /// <summary>The files left out, and why; for the health page.</summary>
    public IReadOnlyList<AnchorProblem> Problems { get; private set; } = [];

    /// <summary>The authorities whose lists could not be fetched lately; written by who fetches them.</summary>
    public IReadOnlyList<AnchorProblem> FetchProblems { get; set; } = [];

    /// <summary>A folder that cannot be listed for a moment changes nothing.</summary>
    private void LoadWhenChanged()
    {
        try
        {
            if (Fingerprint() != fingerprint || clock.GetUtcNow() >= readAnyway)
                Load();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.TrustNotRead(log, e);
        }
    }

    private TrustAnchors Load()
    {
        var seen = Fingerprint();
        var (files, unreadable) = AnchorFiles.Read(options.Value.TrustFolder);
        var read = TrustAnchors.Read(files);
        fingerprint = seen;
        readAnyway = clock.GetUtcNow() + (unreadable.Count > 0 ? ReadAgainWhenBroken : ReadAnyway);
        if (current is { } same && string.Equals(same.Version, read.Version, StringComparison.Ordinal))
            return same;
        Problems = [.. unreadable, .. read.Problems];
        foreach (var problem in Problems)
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
