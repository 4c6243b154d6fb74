using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Core.Imports;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Server.Register.Addresses;
using Muster.Server.Storage;

namespace Muster.Server.Register.Imports;

/// <summary>From the bytes of a file and the register of this moment to what an import would do.</summary>
internal sealed class ImportPlans(Desk desk, IOptions<RegisterOptions> options, IOptions<AddressesOptions> addresses) : IDisposable
{
    /// <summary>Largest file: 200,000 lines with everything in them.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    // A large file takes some hundred megabytes while it is read; two at once would take them twice.
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Reads and plans; one file at a time.</summary>
    public async Task<ImportPlan> LookAsync(MusterDb db, ReadOnlyMemory<byte> content, ImportMode mode, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            return await PlanAsync(db, ImportFile.Read(content), mode, ct);
        }
        finally
        {
            turn.Release();
        }
    }

    public async Task<ImportPlan> PlanAsync(MusterDb db, ImportFile file, ImportMode mode, CancellationToken ct)
    {
        var members = await db.Set<Member>().AsNoTracking().ToListAsync(ct);
        var institutes = await db.Set<Institute>().AsNoTracking().ToListAsync(ct);
        var rules = new ImportRules(mode, desk.Today, options.Value.AllPositions, options.Value.BulkBrakePercent)
        {
            OwnDomain = addresses.Value.AsciiDomain,
        };
        return ImportPlanning.Plan(file, new PresentRegister(members, institutes), rules);
    }

    public static byte[] Pack(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return packed.ToArray();
    }

    public static byte[] Unpack(byte[] packed)
    {
        using var content = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress))
            gzip.CopyTo(content);
        return content.ToArray();
    }

    public void Dispose() => turn.Dispose();
}
