namespace Muster.Core.Imports;

/// <summary>What became of a file that was sent in.</summary>
public enum ImportState
{
    /// <summary>A dry run: nothing is done yet.</summary>
    Planned,
    Applied,
    RolledBack,
    Discarded,
}

/// <summary>A file with people that was sent in: a dry run until somebody applies it, and one act from then on.</summary>
public sealed class ImportBatch
{
    private ImportBatch() { }

    /// <param name="content">Packed.</param>
    /// <param name="sha256">Of the file as it was sent, in hexadecimal.</param>
    public ImportBatch(Guid id, string fileName, string sha256, byte[] content, ImportMode mode, string by, DateTimeOffset now)
    {
        Id = id;
        FileName = fileName;
        Sha256 = sha256;
        Content = content;
        Mode = mode;
        UploadedBy = by;
        UploadedAt = now;
    }

    public Guid Id { get; private set; }
    public string FileName { get; private set; } = "";
    public string Sha256 { get; private set; } = "";
    public ImportMode Mode { get; private set; }
    public ImportState State { get; private set; }
    public DateTimeOffset UploadedAt { get; private set; }
    public string UploadedBy { get; private set; } = "";

    /// <summary>The file, packed; empty as soon as nothing can be done with it any more.</summary>
    public byte[] Content { get; private set; } = [];

    /// <summary>People it entered, changed and let leave.</summary>
    public int Entered { get; private set; }
    public int Changed { get; private set; }
    public int Left { get; private set; }

    /// <summary>When it was applied or thrown away, and by whom.</summary>
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? DecidedBy { get; private set; }
    public DateTimeOffset? RolledBackAt { get; private set; }
    public string? RolledBackBy { get; private set; }

    /// <summary>Whether this plan, the one that somebody looked at, may be carried out.</summary>
    /// <param name="digest">Of the plan as it was shown.</param>
    /// <param name="brake">The number that somebody gave as a second word; null where none was given.</param>
    /// <returns>Null, or <c>import.not-planned</c>, <c>import.stale</c>, <c>import.has-problems</c>, <c>import.nothing-to-do</c>, <c>import.brake</c>.</returns>
    public Refusal? MayApply(ImportPlan plan, string digest, int? brake)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (State != ImportState.Planned)
            return new Refusal("import.not-planned");
        if (!string.Equals(ImportPlanning.Digest(plan), digest, StringComparison.Ordinal))
            return new Refusal("import.stale");
        if (plan.Problems.Count > 0)
            return Refusal.With("import.has-problems", $"{plan.Problems.Count}");
        if (plan.Steps.Count == 0)
            return new Refusal("import.nothing-to-do");
        if (plan.IsBraked && brake != plan.Counts.Braked)
            return Refusal.With("import.brake", $"{plan.Counts.Braked}", $"{plan.Counts.Active}").At("changes");
        return null;
    }

    public void Apply(ImportPlan plan, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        (Entered, Changed, Left) = (plan.Counts.Entered, plan.Counts.Changed, plan.Counts.Left);
        Decide(ImportState.Applied, by, now);
    }

    /// <returns>Null, or <c>import.not-planned</c>.</returns>
    public Refusal? Discard(string by, DateTimeOffset now)
    {
        if (State != ImportState.Planned)
            return new Refusal("import.not-planned");
        Decide(ImportState.Discarded, by, now);
        return null;
    }

    /// <returns>Null, or <c>import.not-applied</c>.</returns>
    public Refusal? RollBack(string by, DateTimeOffset now)
    {
        if (State != ImportState.Applied)
            return new Refusal("import.not-applied");
        (State, RolledBackBy, RolledBackAt) = (ImportState.RolledBack, by, now);
        return null;
    }

    private void Decide(ImportState state, string by, DateTimeOffset now) => (State, DecidedBy, DecidedAt, Content) = (state, by, now, []);
}
