using Microsoft.EntityFrameworkCore;
using Muster.Core.Institutes;
using Muster.Server.Storage;

namespace Muster.Server.Register.Institutes;

/// <summary>A fact of the registry beside ours.</summary>
/// <param name="Known">Of a successor, the institute of ours that has its ROR id; null where none has.</param>
public sealed record RegistryLine(RorDifference What, Institute? Known)
{
    /// <summary>A successor that is no institute of ours has to be entered first.</summary>
    public bool IsTakenAtOnce => What.Fact != RorFact.Successor || Known is not null;
}

/// <summary>Compares institutes with the organisations of the registry as they were imported last.</summary>
internal static class RegistryFacts
{
    public static async Task<List<RegistryLine>> RegistryLinesAsync(
        this MusterDb db,
        Institute institute,
        DateOnly today,
        CancellationToken ct
    ) => (await db.RegistryLinesAsync([institute], today, ct)).GetValueOrDefault(institute.Id, []);

    /// <summary>Of each institute that differs; the others are left out.</summary>
    public static async Task<Dictionary<InstituteId, List<RegistryLine>>> RegistryLinesAsync(
        this MusterDb db,
        IReadOnlyCollection<Institute> institutes,
        DateOnly today,
        CancellationToken ct
    )
    {
        var records = await db.RorRecordsAsync([.. institutes.Select(i => i.Ror).OfType<string>().Distinct(StringComparer.Ordinal)], ct);
        var found = new Dictionary<InstituteId, List<RegistryLine>>();
        if (records.Count == 0)
            return found;
        var registered = await db.Set<Institute>().AsNoTracking().Where(i => i.Ror != null).ToListAsync(ct);
        var byRor = registered.DistinctBy(i => i.Ror, StringComparer.Ordinal).ToDictionary(i => i.Ror!, StringComparer.Ordinal); // asked for so
        var byId = registered.ToDictionary(i => i.Id);
        var followed = (await db.Set<InstituteSuccession>().AsNoTracking().ToListAsync(ct)).ToLookup(s => s.PredecessorId);
        foreach (var institute in institutes)
        {
            if (institute.Ror is not { } ror || !records.TryGetValue(ror, out var record))
                continue;
            var successors = followed[institute.Id].Select(s => byId.GetValueOrDefault(s.SuccessorId)?.Ror).OfType<string>().ToList();
            var lines = RorDifference
                .Between(institute, record, successors, today)
                .Select(d => new RegistryLine(d, d.Fact == RorFact.Successor ? byRor.GetValueOrDefault(d.Theirs) : null))
                .ToList();
            if (lines.Count > 0)
                found[institute.Id] = lines;
        }
        return found;
    }
}
