using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.X509;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Trust;

/// <summary>
/// What <c>fetch-crl</c> does elsewhere: takes each authority's list from its <c>.crl_url</c>, believes it only when that authority has signed it and
/// it is newer, and puts it into the trust folder whole, where it is found like any other change.
/// </summary>
internal sealed partial class FetchRevocationLists(
    TrustFolder trust,
    IOptions<PortalOptions> portal,
    IOptions<TrustOptions> options,
    TimeProvider clock,
    ILogger<FetchRevocationLists> log
)
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>After a failure the next try comes sooner than after a success, but not at every turn.</summary>
    private static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(30);
    private const int AtOnce = 6;

    private readonly ConcurrentDictionary<string, DateTimeOffset> nextTry = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AnchorProblem> failures = new(StringComparer.Ordinal);
    private readonly Lock writing = new();

    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var anchors = trust.Current;
        var present = anchors.All.Select(a => a.Certificate.Sha256).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in failures.Keys.Concat(nextTry.Keys).Where(k => !present.Contains(k)).ToList())
        {
            failures.TryRemove(gone, out _);
            nextTry.TryRemove(gone, out _);
        }
        var due = anchors.All.Where(a => a.CrlUrls.Count > 0 && nextTry.GetValueOrDefault(a.Certificate.Sha256) <= now).ToList();
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (anchor, turn) =>
            {
                var key = anchor.Certificate.Sha256;
                if (await FetchAsync(anchor, anchors.RevocationOf(anchor, now, TimeSpan.Zero), now, turn) is { } failure)
                {
                    Log.ListNotFetched(log, failure.File, failure.ReasonCode);
                    failures[key] = failure;
                    nextTry[key] = now + TryAgain;
                }
                else
                {
                    failures.TryRemove(key, out _);
                    nextTry[key] = now + options.Value.FetchEvery;
                }
            }
        );
        trust.FetchProblems = [.. failures.Values.OrderBy(f => f.File, StringComparer.Ordinal)];
    }

    private static HttpClient Client(Uri listed) =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = true,
                MaxAutomaticRedirections = 3,
                UseCookies = false,
                ConnectCallback = new ListConnection(listed).OpenAsync,
                ConnectTimeout = TimeSpan.FromSeconds(15),
                SslOptions = new SslClientAuthenticationOptions
                {
                    RemoteCertificateValidationCallback = (_, _, chain, errors) => TlsLibrary.Accepts(chain, errors),
                },
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan, // each try has its own, by our clock
            MaxResponseContentBufferSize = FetchedList.MaximumLength,
        };

    /// <summary>The first address that gives a usable list is enough. Null when the folder holds a fresh one afterwards.</summary>
    private async Task<AnchorProblem?> FetchAsync(TrustAnchor anchor, RevocationState inUse, DateTimeOffset now, CancellationToken ct)
    {
        AnchorProblem? failure = null;
        foreach (var url in anchor.CrlUrls.Where(u => u.Scheme is "http" or "https"))
        {
            try
            {
                using var patience = new CancellationTokenSource(Patience, clock);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
                using var http = Client(url);
                var content = await http.GetByteArrayAsync(url, either.Token);
                if (FetchedList.Review(content, anchor, inUse, now).TryGet(out var list, out var why))
                {
                    lock (writing)
                        Put(anchor, list);
                    Log.ListFetched(log, anchor.Alias, url);
                    return null;
                }
                if (why.Code == "anchor.crl-older" && inUse.Standing == RevocationStanding.Current)
                    return null; // the same again
                failure = new AnchorProblem(anchor.Alias + ".crl_url", why.Code);
            }
            catch (Exception e)
                when (e
                        is HttpRequestException
                            or SocketException
                            or FormatException // moved to what is no address
                            or NotSupportedException // or to another scheme
                            or OperationCanceledException
                    && !ct.IsCancellationRequested
                )
            {
                failure = new AnchorProblem(anchor.Alias + ".crl_url", "anchor.crl-unreachable");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return new AnchorProblem(anchor.Alias + ".crl_url", "anchor.crl-not-written");
            }
        }
        return failure ?? new AnchorProblem(anchor.Alias + ".crl_url", "anchor.crl-unreachable");
    }

    /// <summary>Under each hash of the authority's name, as OpenSSL looks for it; beside the list of another authority with the same hash.</summary>
    private void Put(TrustAnchor anchor, byte[] list)
    {
        var pem = System.Security.Cryptography.PemEncoding.WriteString("X509 CRL", list) + "\n";
        var hashes = anchor.Names.Where(n => Hash().IsMatch(n)).ToList();
        foreach (var stem in hashes.Count > 0 ? hashes : [anchor.Names[0]])
        {
            var path =
                Enumerable
                    .Range(0, 10)
                    .Select(number => Path.Combine(portal.Value.TrustFolder, $"{stem}.r{number}"))
                    .FirstOrDefault(p => !File.Exists(p) || FetchedList.MayReplace(File.ReadAllBytes(p), anchor))
                ?? throw new IOException($"There are ten lists of others under {stem}.");
            WholeFile.Write(path, pem);
        }
    }

    [GeneratedRegex("^[0-9a-f]{8}$")]
    private static partial Regex Hash();
}
