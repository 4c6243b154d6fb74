using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Muster.Server.Audit;

/// <summary>
/// One line of the collaboration's memory: who did what, on whose behalf, to whom, from where. Never changed, never removed.
/// Each record carries the hash of the one before it, so that a changed, inserted or missing record shows.
/// </summary>
public sealed class AuditRecord
{
    private AuditRecord() { }

    public long Sequence { get; private set; }
    public DateTimeOffset At { get; private set; }
    public string Action { get; private set; } = "";
    public string ActorKind { get; private set; } = "";
    public string ActorName { get; private set; } = "";
    public Guid? RegistrationId { get; private set; }
    public Guid? AccountId { get; private set; }
    public Guid? MemberId { get; private set; }
    public Guid? InstituteId { get; private set; }

    /// <summary>JSON object of what changed, keys in ordinal order; never a secret.</summary>
    public string Details { get; private set; } = "{}";

    /// <summary>Network address the act came from; null for the system's own acts.</summary>
    public string? Origin { get; private set; }

    public byte[] PreviousHash { get; private set; } = [];
    public byte[] Hash { get; private set; } = [];

    internal static AuditRecord After(AuditHead head, AuditEntry entry, DateTimeOffset now)
    {
        var record = new AuditRecord
        {
            Sequence = head.Sequence + 1,
            At = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()),
            Action = entry.Action,
            ActorKind = entry.Actor.Kind,
            ActorName = entry.Actor.Name,
            RegistrationId = entry.RegistrationId,
            AccountId = entry.AccountId,
            MemberId = entry.MemberId,
            InstituteId = entry.InstituteId,
            Details = entry.DetailsJson(),
            Origin = entry.Origin,
            PreviousHash = head.Hash,
        };
        record.Hash = record.ComputeHash();
        return record;
    }

    /// <summary>SHA-256 over the previous hash and every field, each with its length before it, so that no two records share a text.</summary>
    public byte[] ComputeHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, PreviousHash);
        Append(hash, Number(Sequence));
        Append(hash, Number(At.ToUnixTimeSeconds()));
        foreach (
            var text in (string?[])[Action, ActorKind, ActorName, Text(RegistrationId), Text(AccountId), Text(MemberId), Details, Origin]
        )
            Append(hash, text is null ? [] : Encoding.UTF8.GetBytes(text), absent: text is null);
        if (Text(InstituteId) is { } institute) // younger than the first records, which must keep their hash
            Append(hash, Encoding.UTF8.GetBytes(institute));
        return hash.GetHashAndReset();
    }

    private static string? Text(Guid? id) => id?.ToString("D");

    private static byte[] Number(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }

    private static void Append(IncrementalHash hash, byte[] bytes, bool absent = false)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, absent ? -1 : bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
