using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http.Features;
using Muster.Core.X509;

namespace Muster.Server.Web;

/// <summary>What the visitor's browser presented, leaf first, as bytes; kept with the connection.</summary>
internal sealed record PresentedChain(byte[] Leaf, IReadOnlyList<byte[]> Sent)
{
    /// <summary>Each certificate behind its length: four octets, big-endian.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var der in Sent.Prepend(Leaf))
        {
            BinaryPrimitives.WriteInt32BigEndian(length, der.Length);
            stream.Write(length);
            stream.Write(der);
        }
        return stream.ToArray();
    }

    public static PresentedChain FromBytes(byte[] bytes)
    {
        var all = new List<byte[]>();
        for (var at = 0; at < bytes.Length; )
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at, 4));
            all.Add(bytes[(at + 4)..(at + 4 + length)]);
            at += 4 + length;
        }
        return new PresentedChain(all[0], [.. all.Skip(1)]);
    }
}

/// <summary>
/// Takes the client's chain off the connection, once, and judges it by our own rules. The handshake itself never refuses:
/// the visitor with a bad certificate reads a sentence, not a TLS alert.
/// </summary>
internal sealed class ClientCertificates(TrustFolder trust, TimeProvider clock)
{
    /// <summary>More than this in a chain is hostile; the rest is dropped and the path will not be found.</summary>
    private const int LongestChain = 10;

    /// <summary>How long a verdict is reused at most: a changed trust folder ends it at once, and so does the end of anything it rests on.</summary>
    private static readonly TimeSpan VerdictLifetime = TimeSpan.FromSeconds(30);
    private const int VerdictsKept = 10_000;

    /// <summary>Verdicts on longer chains, which are no one's everyday, are kept with their connection: the table is not for strangers to fill.</summary>
    private const int LongestInTable = 16 * 1024;

    private readonly ConcurrentDictionary<string, KeptVerdict> verdicts = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<PresentedChain, KeptVerdict> ofLongChains = [];

    public static void Keep(IFeatureCollection connection, X509Certificate? leaf, X509Chain? chain)
    {
        if (leaf is null)
            return;
        var der = leaf.GetRawCertData();
        var sent =
            chain?.ChainPolicy.ExtraStore.Select(c => c.RawData).Where(raw => !raw.AsSpan().SequenceEqual(der)).Take(LongestChain).ToList()
            ?? [];
        connection.Set(new PresentedChain(der, sent));
    }

    /// <summary>Whether the request came in where certificates are asked for; elsewhere there is none to be seen.</summary>
    public static bool AreAskedFor(HttpContext http, PortalOptions portal) =>
        http.Connection.LocalPort == portal.CertificateOriginUri.Port || Of(http) is not null;

    /// <summary>Null when the visitor presented nothing.</summary>
    public static PresentedChain? Of(HttpContext http) => http.Features.Get<PresentedChain>();

    /// <summary>The verdict on what the visitor presented; <c>certificate.none</c> when that is nothing.</summary>
    public CertificateVerdict Judge(HttpContext http) =>
        Of(http) is { } chain ? Judge(chain) : new CertificateVerdict.Refused(new Core.Refusal("certificate.none"), null, []);

    /// <summary>The same for those who register: people do; a robot is added to the person who answers for it.</summary>
    public CertificateVerdict JudgePerson(HttpContext http) =>
        Judge(http) is var verdict && verdict is CertificateVerdict.Accepted { EndEntity.Kind: CertificateKind.Robot } robot
            ? new CertificateVerdict.Refused(
                Core.Refusal.With("certificate.robot", robot.EndEntity.Subject.Slash),
                robot.EndEntity,
                robot.Chain
            )
            : verdict;

    /// <summary>For what anybody may send in: judged, and not kept.</summary>
    public CertificateVerdict JudgeOnce(PresentedChain chain) =>
        CertificateCheck.Verify(chain.Leaf, chain.Sent, trust.Current, clock.GetUtcNow(), new CheckPolicy());

    public CertificateVerdict Judge(PresentedChain chain)
    {
        var now = clock.GetUtcNow();
        var anchors = trust.Current;
        if (chain.Leaf.Length + chain.Sent.Sum(s => s.Length) > LongestInTable)
        {
            if (ofLongChains.TryGetValue(chain, out var last) && last.Holds(anchors, now))
                return last.Verdict;
            var judged = JudgeNow(chain, anchors, now);
            ofLongChains.AddOrUpdate(chain, judged);
            return judged.Verdict;
        }
        var key = Convert.ToHexString(SHA256.HashData(chain.ToBytes()));
        if (verdicts.TryGetValue(key, out var known) && known.Holds(anchors, now))
            return known.Verdict;
        var fresh = JudgeNow(chain, anchors, now);
        if (verdicts.Count >= VerdictsKept)
            verdicts.Clear();
        verdicts[key] = fresh;
        return fresh.Verdict;
    }

    private static KeptVerdict JudgeNow(PresentedChain chain, TrustAnchors anchors, DateTimeOffset now)
    {
        var verdict = CertificateCheck.Verify(chain.Leaf, chain.Sent, anchors, now, new CheckPolicy());
        var until = now + VerdictLifetime;
        return new KeptVerdict(verdict, verdict.HoldsUntil is { } end && end < until ? end : until, anchors);
    }

    private sealed record KeptVerdict(CertificateVerdict Verdict, DateTimeOffset Until, TrustAnchors Anchors)
    {
        public bool Holds(TrustAnchors current, DateTimeOffset now) => ReferenceEquals(Anchors, current) && now < Until;
    }
}
