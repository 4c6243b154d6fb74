namespace Muster.Core.Imports;

/// <summary>A file with people, read: its lines where they are good, and everything that is wrong, each with its place.</summary>
public sealed class ImportFile
{
    /// <summary>Most lines of one file.</summary>
    public const int MostLines = 250_000;

    private ImportFile(IReadOnlyList<ImportLine> lines, IReadOnlyList<ImportProblem> problems, IReadOnlyList<ImportProblem> notes)
    {
        Lines = lines;
        Problems = problems;
        Notes = notes;
    }

    public IReadOnlyList<ImportLine> Lines { get; }

    /// <summary>By line; a file with one cannot be taken over.</summary>
    public IReadOnlyList<ImportProblem> Problems { get; }

    /// <summary>What is worth a word and hinders nothing: columns that are not read.</summary>
    public IReadOnlyList<ImportProblem> Notes { get; }

    /// <summary>
    /// Reads a table or a JSON array, told apart by their first character. Refuses bytes that are no UTF-8 whole (<see cref="ImportEncoding"/>),
    /// and with <c>import.empty</c> and <c>import.too-many-lines</c>; everything else is told line by line. Never throws.
    /// </summary>
    public static ImportFile Read(ReadOnlyMemory<byte> content)
    {
        var records = new ImportRecords();
        var bytes = ImportEncoding.WithoutMark(content);
        if (ImportEncoding.Check(bytes.Span) is { } noText)
            records.Problems.Add(noText);
        else if (bytes.Span.IndexOfAnyExcept(" \t\r\n"u8) is var first && first < 0)
            records.Refuse(1, 0, new Refusal("import.empty"));
        else if (bytes.Span[first] == (byte)'[')
            ImportJson.Read(bytes, records);
        else
            ImportCsv.Read(bytes, records);

        if (records.All.Count > MostLines)
            records.Refuse(records.All[^1].Line, 0, Refusal.With("import.too-many-lines", $"{MostLines}"));
        else if (records.All.Count == 0 && records.Problems.Count == 0)
            records.Refuse(1, 0, new Refusal("import.empty"));

        var lines = new List<ImportLine>(records.All.Count);
        foreach (var record in records.All)
            if (records.Problems.Count >= ImportRecords.MostProblems)
                break;
            else if (ImportLine.Read(record, records.Problems) is { } line)
                lines.Add(line);
        if (records.Problems.Count >= ImportRecords.MostProblems)
            records.Refuse(0, 0, Refusal.With("import.too-many-problems", $"{ImportRecords.MostProblems}"));
        return new ImportFile(
            lines,
            [.. records.Problems.OrderBy(p => p.Line == 0).ThenBy(p => p.Line).ThenBy(p => p.Column)],
            records.Notes
        );
    }
}
