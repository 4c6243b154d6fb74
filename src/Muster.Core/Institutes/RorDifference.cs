namespace Muster.Core.Institutes;

/// <summary>What the registry can say otherwise than the register.</summary>
public enum RorFact
{
    /// <summary>The institute's name is none of the organisation's.</summary>
    Name,
    Country,

    /// <summary>The organisation is no more, or was taken out of the registry, and the institute is still in.</summary>
    Inactive,

    /// <summary>The organisation went on as another.</summary>
    Successor,
}

/// <summary>One fact that the registry has and the register has not, or has otherwise.</summary>
/// <param name="Ours">As the register has it; null where it has nothing.</param>
/// <param name="Theirs">As the registry has it; of a successor its ROR id, bare.</param>
public sealed record RorDifference(RorFact Fact, string? Ours, string Theirs)
{
    /// <summary>Everything that differs on the day, in the order of <see cref="RorFact"/>; nothing where the institute left before it.</summary>
    /// <param name="record">Of the institute's ROR id.</param>
    /// <param name="successors">Bare ROR ids of institutes that are recorded as having followed this one.</param>
    public static IReadOnlyList<RorDifference> Between(
        Institute institute,
        RorRecord record,
        IReadOnlyCollection<string> successors,
        DateOnly today
    )
    {
        ArgumentNullException.ThrowIfNull(institute);
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(successors);
        var found = new List<RorDifference>();
        if (institute.Until <= today)
            return found;
        if (!record.Names.Append(record.Name).Contains(institute.Name, StringComparer.OrdinalIgnoreCase))
            found.Add(new RorDifference(RorFact.Name, institute.Name, record.Name));
        if (record.Country is { } country && country != institute.Country)
            found.Add(new RorDifference(RorFact.Country, institute.Country, country));
        if (!record.IsActive && institute.Until is null)
            found.Add(new RorDifference(RorFact.Inactive, null, record.Id));
        found.AddRange(
            record
                .Successors.Where(s => !successors.Contains(s, StringComparer.Ordinal))
                .Select(s => new RorDifference(RorFact.Successor, null, s))
        );
        return found;
    }

    /// <summary>The institute's facts with this one taken over; of an end, today is the last day.</summary>
    /// <returns>Everything that is wrong with them, as <see cref="InstituteFacts.Check"/> tells it. A successor changes none of them.</returns>
    public Result<InstituteFacts> TakenOver(InstituteFacts facts, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var taken = Fact switch
        {
            RorFact.Name => facts with { Name = Theirs },
            RorFact.Country => facts with { Country = Theirs },
            RorFact.Inactive => facts with { Until = today.AddDays(1) },
            _ => facts,
        };
        return taken.Check() is [var why, ..] ? why : taken;
    }
}
