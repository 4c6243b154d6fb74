using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Muster.Server.Audit;

/// <summary>
/// The end of the chain: number and hash of the last record, sealed with a key that lies outside the database,
/// so that cutting records off the end shows as well.
/// </summary>
internal sealed class AuditHead
{
    public const int TheOne = 1;

    private AuditHead() { }

    public int Id { get; private set; } = TheOne;
    public long Sequence { get; private set; }
    public byte[] Hash { get; private set; } = new byte[SHA256.HashSizeInBytes];
    public byte[] Seal { get; private set; } = [];

    public static AuditHead Start(AuditSealKey key)
    {
        var head = new AuditHead();
        head.Seal = key.Seal(head.Sequence, head.Hash);
        return head;
    }

    public void MoveTo(AuditRecord record, AuditSealKey key)
    {
        Sequence = record.Sequence;
        Hash = record.Hash;
        Seal = key.Seal(Sequence, Hash);
    }

    public bool IsSealedBy(AuditSealKey key) => CryptographicOperations.FixedTimeEquals(Seal, key.Seal(Sequence, Hash));
}

/// <summary>The key of the seal; 32 bytes, kept in the keys folder, opened here only.</summary>
internal sealed class AuditSealKey(byte[] key)
{
    public byte[] Seal(long sequence, byte[] hash)
    {
        var text = new byte[8 + hash.Length];
        BinaryPrimitives.WriteInt64BigEndian(text, sequence);
        hash.CopyTo(text, 8);
        return HMACSHA256.HashData(key, text);
    }
}
