using Muster.Core.Tables;

namespace Muster.Core.Imports;

/// <summary>A table with people: which columns it has, by which sign they are separated, and its rows.</summary>
internal static class ImportCsv
{
    private static readonly char[] separators = [',', ';', '\t'];

    public static void Read(ReadOnlyMemory<byte> content, ImportRecords into)
    {
        // The sign by which the first row has most columns that are known; a comma where none is.
        var separator = separators.MaxBy(s => new CsvReader(content, s).Next()?.Cells.Count(c => ImportFields.Find(c) is not null));
        var reader = new CsvReader(content, separator);
        if (reader.Next() is not { } header || Header(header, into) is not { } columns)
            return;
        var columnOf = new int[ImportFields.All.Count];
        for (var i = 0; i < columns.Length; i++)
            if (columns[i] is { } field)
                columnOf[(int)field] = i + 1;
        while (!into.IsFull && reader.Next() is { } row)
            if (row.Problem is { } problem)
                into.Problems.Add(problem);
            else if (!row.IsEmpty)
                ReadRow(row, columns, columnOf, into);
    }

    private static ImportField?[]? Header(CsvRow header, ImportRecords into)
    {
        if (header.Problem is { } problem)
        {
            into.Problems.Add(problem);
            return null;
        }
        var columns = header.Cells.Select(ImportFields.Find).ToArray();
        if (columns.All(c => c is null))
        {
            into.Refuse(header.Line, 0, new Refusal("import.no-header"));
            return null;
        }
        for (var i = 0; i < columns.Length; i++)
            if (columns[i] is null)
                into.Notes.Add(new ImportProblem(header.Line, i + 1, Refusal.With("import.column-unknown", Short(header.Cells[i]))));
            else if (Array.IndexOf(columns, columns[i]) < i)
                into.Refuse(header.Line, i + 1, Refusal.With("import.column-twice", Short(header.Cells[i])));
        foreach (var missing in ImportFields.Needed.Where(f => !columns.Contains(f)))
            into.Refuse(header.Line, 0, Refusal.With("import.column-missing", missing.Name()).At(missing.Name()));
        return into.Problems.Count == 0 ? columns : null;
    }

    private static void ReadRow(CsvRow row, ImportField?[] columns, int[] columnOf, ImportRecords into)
    {
        if (row.Cells.Count != columns.Length)
        {
            into.Refuse(row.Line, 0, Refusal.With("import.row-width", $"{row.Cells.Count}", $"{columns.Length}"));
            return;
        }
        var cells = new string?[ImportFields.All.Count];
        var before = into.Problems.Count;
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] is not { } field)
                continue;
            if (CsvText.IsFormula(row.Cells[i]))
                into.Refuse(row.Line, i + 1, Refusal.With("import.formula", Short(row.Cells[i])).At(field.Name()));
            cells[(int)field] = CsvText.AsMeant(row.Cells[i]).Trim();
        }
        into.All.Add(new ImportRecord(row.Line, cells, columnOf) { IsBroken = into.Problems.Count > before });
    }

    /// <summary>For a sentence.</summary>
    internal static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
