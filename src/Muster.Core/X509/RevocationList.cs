using System.Collections.Concurrent;
using System.Formats.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Math;

namespace Muster.Core.X509;

/// <summary>A revoked certificate: since when, and why (the names of RFC 5280 §5.3.1).</summary>
internal sealed record RevokedEntry(DateTimeOffset Date, int ReasonNumber)
{
    public const int RemoveFromCrl = 8;

    private static readonly string[] Names =
    [
        "unspecified",
        "keyCompromise",
        "cACompromise",
        "affiliationChanged",
        "superseded",
        "cessationOfOperation",
        "certificateHold",
        "unspecified",
        "removeFromCRL",
        "privilegeWithdrawn",
        "aACompromise",
    ];

    public string Reason => ReasonNumber >= 0 && ReasonNumber < Names.Length ? Names[ReasonNumber] : Names[0];
}

/// <summary>
/// A CRL read once: header, extensions, and the serials in an index (O(log n) a question, 12 octets an entry beside the DER).
/// Its signature is verified once for each key that is asked about.
/// </summary>
internal sealed class RevocationList
{
    private readonly ConcurrentDictionary<string, bool> verified = new(StringComparer.Ordinal);
    private readonly ReadOnlyMemory<byte> tbs;
    private readonly byte[] signature;
    private readonly AlgorithmIdentifier algorithm;

    internal RevocationList(RevocationListFields fields, RevocationIndex index)
    {
        (tbs, signature, algorithm) = (fields.Tbs, fields.Signature, fields.Algorithm);
        (Issuer, ThisUpdate, NextUpdate) = (fields.Issuer, fields.ThisUpdate, fields.NextUpdate);
        (Number, BaseNumber, Scope, AuthorityKeyIdentifier) = (
            fields.Number,
            fields.BaseNumber,
            fields.Scope,
            fields.AuthorityKeyIdentifier
        );
        HasUnknownCritical = fields.HasUnknownCritical || index.HasUnknownCritical;
        Entries = index;
    }

    public DistinguishedName Issuer { get; }

    public DateTimeOffset ThisUpdate { get; }

    /// <summary>RFC 5280 §5.1.2.5 demands it; a list without never grows stale by itself and is treated as expired.</summary>
    public DateTimeOffset? NextUpdate { get; }

    public BigInteger? Number { get; }

    /// <summary>Set for a delta CRL: the number of the complete CRL it builds on.</summary>
    public BigInteger? BaseNumber { get; }

    public IssuingDistributionPoint? Scope { get; }

    public byte[]? AuthorityKeyIdentifier { get; }

    /// <summary>RFC 5280 §5.2: with an unknown critical extension, in list or entry, the list must not be used to call a certificate good.</summary>
    public bool HasUnknownCritical { get; }

    public RevocationIndex Entries { get; }

    public bool IsCurrent(DateTimeOffset now, TimeSpan grace) =>
        ThisUpdate <= now && NextUpdate is { } next && now - next < grace + TimeSpan.FromSeconds(1);

    /// <summary>
    /// True when the signature verifies with the key of <paramref name="signer"/>, whose own standing is the caller's business; its issuers are
    /// those after it in <paramref name="path"/>.
    /// </summary>
    public bool IsSignedBy(ClientCertificate signer, IReadOnlyList<ClientCertificate> path)
    {
        if (verified.TryGetValue(signer.KeyId, out var known))
        {
            return known;
        }

        var holds = Verify(signer, path);
        // Failures are remembered up to a bound, so that strangers' keys cannot fill the memory.
        if (holds || verified.Count < 64)
        {
            verified[signer.KeyId] = holds;
        }

        return holds;
    }

    private bool Verify(ClientCertificate signer, IReadOnlyList<ClientCertificate> path)
    {
#pragma warning disable CA1031 // A key and an algorithm that do not fit each other make the library throw various exceptions; all mean: no.
        try
        {
            var calculator = new Asn1VerifierFactory(algorithm, SigningKey.Of(signer, path)).CreateCalculator();
            using (var stream = calculator.Stream)
            {
                stream.Write(tbs.Span);
            }

            return calculator.GetResult().IsVerified(signature);
        }
        catch (Exception)
        {
            return false;
        }
#pragma warning restore CA1031
    }
}

/// <summary>The parts of a CRL outside its entries.</summary>
internal sealed record RevocationListFields(
    ReadOnlyMemory<byte> Tbs,
    AlgorithmIdentifier Algorithm,
    byte[] Signature,
    DistinguishedName Issuer,
    DateTimeOffset ThisUpdate,
    DateTimeOffset? NextUpdate
)
{
    public BigInteger? Number { get; init; }

    public BigInteger? BaseNumber { get; init; }

    public IssuingDistributionPoint? Scope { get; init; }

    public byte[]? AuthorityKeyIdentifier { get; init; }

    public bool HasUnknownCritical { get; init; }
}
