namespace Muster.Core.Imports;

/// <summary>One person and membership as the file has it, before anything is made of it.</summary>
/// <param name="Cells">By <see cref="ImportField"/>: null where the file says nothing of it, empty where it says "none".</param>
/// <param name="Columns">By <see cref="ImportField"/>: the column for a problem there.</param>
internal sealed record ImportRecord(int Line, string?[] Cells, int[] Columns)
{
    /// <summary>Something is wrong that was told already; no line comes of it, and what else is wrong is told with it.</summary>
    public bool IsBroken { get; init; }

    public bool Says(ImportField field) => Cells[(int)field] is not null;

    /// <summary>Without blanks around it; null where it is empty or not said.</summary>
    public string? this[ImportField field] => Cells[(int)field] is { Length: > 0 } text ? text : null;

    /// <summary>A problem at a field, as rules name it; where the file has no such column, the whole line is meant.</summary>
    public ImportProblem Problem(Refusal why) => new(Line, why.Field is { } name ? Column(name) : 0, why);

    private int Column(string name) => ImportFields.Find(name) is { } field ? Columns[(int)field] : 0;
}

/// <summary>What a file comes to: its records, and what is wrong with how it is written.</summary>
internal sealed class ImportRecords
{
    /// <summary>More problems than these are not told one by one; a file that is none of ours has one on every line.</summary>
    public const int MostProblems = 20_000;

    public List<ImportRecord> All { get; } = [];
    public List<ImportProblem> Problems { get; } = [];
    public List<ImportProblem> Notes { get; } = [];

    /// <summary>Reading on would only bring more of the same.</summary>
    public bool IsFull => Problems.Count >= MostProblems || All.Count > ImportFile.MostLines;

    public void Refuse(int line, int column, Refusal why) => Problems.Add(new ImportProblem(line, column, why));
}
