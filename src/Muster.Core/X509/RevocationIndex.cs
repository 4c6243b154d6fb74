using System.Formats.Asn1;

namespace Muster.Core.X509;

/// <summary>The entries of one CRL, found by serial and issuer in O(log n).</summary>
internal sealed class RevocationIndex
{
    private readonly ReadOnlyMemory<byte> entries;
    private readonly ulong[] hashes;
    private readonly int[] offsets;
    private readonly List<(int From, string IssuerKey)> issuers;

    private RevocationIndex(
        ReadOnlyMemory<byte> entries,
        ulong[] hashes,
        int[] offsets,
        List<(int From, string IssuerKey)> issuers,
        bool unknown
    )
    {
        (this.entries, this.hashes, this.offsets, this.issuers) = (entries, hashes, offsets, issuers);
        HasUnknownCritical = unknown;
    }

    public int Count => offsets.Length;

    public bool HasUnknownCritical { get; }

    /// <summary>Walks the encoded revokedCertificates (empty for none) once. Throws <see cref="AsnContentException"/> on malformed entries.</summary>
    public static RevocationIndex Build(ReadOnlyMemory<byte> entries, string crlIssuerKey)
    {
        var found = new List<ulong>();
        var starts = new List<int>();
        var named = new List<(int, string)> { (0, crlIssuerKey) };
        var unknown = false;
        var span = entries.Span;
        var at = 0;
        if (!span.IsEmpty)
        {
            Header(span, ref at);
        }

        while (at < span.Length)
        {
            var start = at;
            var end = Header(span, ref at) + at;
            var length = Header(span, ref at);
            found.Add(Hash(span.Slice(at, length)));
            starts.Add(start);
            at += length;
            var date = Header(span, ref at);
            at += date;
            if (at < end)
            {
                unknown |= ReadExtensions(entries[at..end], start, named);
            }

            at = end;
        }

        var (sortedHashes, sortedOffsets) = (found.ToArray(), starts.ToArray());
        Array.Sort(sortedHashes, sortedOffsets);
        return new RevocationIndex(entries, sortedHashes, sortedOffsets, named, unknown);
    }

    /// <summary>The entry for a serial (two's complement, shortest form) of the given issuer, or null.</summary>
    public RevokedEntry? Find(ReadOnlySpan<byte> serial, string issuerKey)
    {
        var hash = Hash(serial);
        var found = Array.BinarySearch(hashes, hash);
        if (found < 0)
        {
            return null;
        }

        while (found > 0 && hashes[found - 1] == hash)
        {
            found--;
        }

        for (; found < hashes.Length && hashes[found] == hash; found++)
        {
            if (Read(offsets[found], serial, issuerKey) is { } entry)
            {
                return entry;
            }
        }

        return null;
    }

    private RevokedEntry? Read(int offset, ReadOnlySpan<byte> serial, string issuerKey)
    {
        var reader = new AsnReader(entries[offset..], AsnEncodingRules.BER).ReadSequence();
        if (
            !Shortest(reader.ReadIntegerBytes().Span).SequenceEqual(Shortest(serial))
            || !string.Equals(IssuerAt(offset), issuerKey, StringComparison.Ordinal)
        )
        {
            return null;
        }

        try
        {
            return ReadDateAndReason(reader);
        }
        catch (AsnContentException)
        {
            // The serial is listed: revoked, whatever the rest of the entry was meant to say.
            return new RevokedEntry(DateTimeOffset.UnixEpoch, 0);
        }
    }

    private static RevokedEntry ReadDateAndReason(AsnReader reader)
    {
        var date = RevocationListReader.ReadTime(reader);
        var reason = 0;
        var list = reader.HasData ? reader.ReadSequence() : null;
        while (list is { HasData: true })
        {
            var extension = list.ReadSequence();
            if (string.Equals(extension.ReadObjectIdentifier(), "2.5.29.21", StringComparison.Ordinal))
            {
                _ = extension.PeekTag() == Asn1Tag.Boolean && extension.ReadBoolean();
                var value = extension.ReadOctetString();
                reason = value is [0x0A, 0x01, var number] ? number : 0;
            }
        }

        return new RevokedEntry(date, reason);
    }

    /// <summary>RFC 5280 §5.3.3: in an indirect CRL an entry belongs to the issuer named last at or before it.</summary>
    private string IssuerAt(int offset)
    {
        var (low, high) = (0, issuers.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = issuers[middle].From <= offset ? (middle, high) : (low, middle - 1);
        }

        return issuers[low].IssuerKey;
    }

    private static bool ReadExtensions(ReadOnlyMemory<byte> encoded, int start, List<(int From, string IssuerKey)> issuers)
    {
        var unknown = false;
        var list = new AsnReader(encoded, AsnEncodingRules.BER).ReadSequence();
        while (list.HasData)
        {
            var extension = list.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            var critical = extension.PeekTag() == Asn1Tag.Boolean && extension.ReadBoolean();
            if (oid is "2.5.29.29")
            {
                issuers.Add((start, DirectoryName(extension.ReadOctetString())));
            }
            else
            {
                unknown |= critical && oid is not ("2.5.29.21" or "2.5.29.23" or "2.5.29.24");
            }
        }

        return unknown;
    }

    private static string DirectoryName(byte[] generalNames)
    {
        var names = new AsnReader(generalNames, AsnEncodingRules.BER).ReadSequence();
        var directory = new Asn1Tag(TagClass.ContextSpecific, 4, isConstructed: true);
        while (names.HasData)
        {
            if (names.PeekTag() == directory)
            {
                return DistinguishedName.Parse(names.ReadSequence(directory).ReadEncodedValue().Span).Value.Key;
            }

            _ = names.ReadEncodedValue();
        }

        throw new AsnContentException("certificateIssuer without a directory name.");
    }

    private static int Header(ReadOnlySpan<byte> der, ref int at) =>
        DerBounds.TryReadHeader(der, ref at, out _, out var length) && length <= der.Length - at ? length : throw new AsnContentException();

    private static ReadOnlySpan<byte> Shortest(ReadOnlySpan<byte> integer)
    {
        while (integer.Length > 1 && ((integer[0] == 0 && integer[1] < 0x80) || (integer[0] == 0xFF && integer[1] >= 0x80)))
        {
            integer = integer[1..];
        }

        return integer;
    }

    /// <summary>FNV-1a, 64 bits: spreads serials, guards nothing.</summary>
    private static ulong Hash(ReadOnlySpan<byte> serial)
    {
        var hash = 14695981039346656037UL;
        foreach (var octet in Shortest(serial))
        {
            hash = unchecked((hash ^ octet) * 1099511628211UL);
        }

        return hash;
    }
}
