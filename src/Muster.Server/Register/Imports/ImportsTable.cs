using Microsoft.EntityFrameworkCore;
using Muster.Core.Imports;
using Muster.Server.Storage;

namespace Muster.Server.Register.Imports;

/// <summary>What an import did to one person: enough to show it, and to take it back.</summary>
public sealed class ImportChange
{
    public Guid ImportId { get; init; }

    /// <summary>From 1, in the order of the file.</summary>
    public int Number { get; init; }
    public Guid MemberId { get; init; }
    public string Name { get; init; } = "";
    public PersonStepKind Kind { get; init; }
    public string What { get; init; } = "";

    /// <summary>The record as it was; null where there was none.</summary>
    public string? Before { get; init; }

    /// <summary>The record as the import left it.</summary>
    public string After { get; init; } = "";
}

internal static class ImportsTable
{
    private const int RecentShown = 20;

    public static void Map(ModelBuilder model)
    {
        model.Entity<ImportBatch>(batch =>
        {
            batch.ToTable("imports");
            batch.HasKey(b => b.Id);
            batch.Property(b => b.Id).ValueGeneratedNever();
            batch.Property(b => b.Mode).HasConversion<string>();
            batch.Property(b => b.State).HasConversion<string>();
        });
        model.Entity<ImportChange>(change =>
        {
            change.ToTable("import_changes");
            change.HasKey(c => new { c.ImportId, c.Number });
            change.Property(c => c.Kind).HasConversion<string>();
            change.HasOne<ImportBatch>().WithMany().HasForeignKey(c => c.ImportId);
        });
    }

    public static Task<ImportBatch?> ImportAsync(this MusterDb db, Guid id, CancellationToken ct) =>
        db.Set<ImportBatch>().SingleOrDefaultAsync(b => b.Id == id, ct);

    /// <summary>The last ones, newest first, without what was in them.</summary>
    public static Task<List<ImportLineShown>> RecentImportsAsync(this MusterDb db, CancellationToken ct) =>
        db.Set<ImportBatch>()
            .OrderByDescending(b => b.UploadedAt)
            .ThenByDescending(b => b.Id)
            .Take(RecentShown)
            .Select(b => new ImportLineShown(b.Id, b.FileName, b.State, b.UploadedAt, b.UploadedBy, b.Entered, b.Changed, b.Left))
            .ToListAsync(ct);

    /// <summary>What it did, in the order of the file, some at a time.</summary>
    public static Task<List<ImportChange>> ImportChangesAsync(this MusterDb db, Guid import, int after, int limit, CancellationToken ct) =>
        db.Set<ImportChange>()
            .AsNoTracking()
            .Where(c => c.ImportId == import && c.Number > after)
            .OrderBy(c => c.Number)
            .Take(limit)
            .ToListAsync(ct);
}

/// <summary>A file that was sent in, as one line of a list.</summary>
public sealed record ImportLineShown(
    Guid Id,
    string FileName,
    ImportState State,
    DateTimeOffset At,
    string By,
    int Entered,
    int Changed,
    int Left
);
