using System.Text;

namespace Muster.Core.Imports;

/// <summary>One row of a table.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Problem">The first thing that is wrong with how it is written; the cells are of no use then.</param>
public sealed record CsvRow(int Line, IReadOnlyList<string> Cells, ImportProblem? Problem)
{
    /// <summary>An empty line, or a row of nothing but separators, as spreadsheets leave them at the end.</summary>
    public bool IsEmpty => Problem is null && Cells.All(string.IsNullOrWhiteSpace);
}

/// <summary>
/// Comma-separated values (RFC 4180) in UTF-8, row by row. Strict where a file could be read in two ways: a quote stands at the beginning
/// of a cell, doubled, or at its end, and nowhere else. Lenient: lines may end with LF or CR alone (RFC 4180 §2.1 wants CR LF), because most do.
/// </summary>
/// <param name="content">Valid UTF-8 without a mark.</param>
/// <param name="separator">An ASCII character.</param>
public sealed class CsvReader(ReadOnlyMemory<byte> content, char separator)
{
    /// <summary>Most cells of a row.</summary>
    public const int MostCells = 64;

    /// <summary>Longest cell, in octets; the longest that means something, a list of certificate subjects, stays below.</summary>
    public const int LongestCell = 16 * 1024;

    private readonly byte separator = (byte)separator;
    private readonly List<string> cells = [];
    private ImportProblem? problem;
    private int at;
    private int line = 1;

    /// <summary>Null after the last one. A quote that is never closed makes the row the last one, whatever follows.</summary>
    public CsvRow? Next()
    {
        if (at >= content.Length)
            return null;
        var begun = line;
        cells.Clear();
        problem = null;
        while (true)
        {
            var cell = IsQuote(at) ? Quoted() : Plain();
            if (cells.Count < MostCells)
                cells.Add(cell);
            else
                problem ??= new ImportProblem(line, MostCells + 1, Refusal.With("import.too-many-columns", $"{MostCells}"));
            if (IsEndOfRow())
                return new CsvRow(begun, [.. cells], problem);
        }
    }

    private string Plain()
    {
        var rest = content.Span[at..];
        var length = rest.IndexOfAny(separator, (byte)'\r', (byte)'\n');
        var cell = length < 0 ? rest : rest[..length];
        if (cell.Contains((byte)'"'))
            Wrong(line, new Refusal("import.quote-misplaced"));
        at += cell.Length;
        return Text(cell, line);
    }

    private string Quoted()
    {
        var begun = line;
        var from = ++at;
        var hasDoubled = false;
        while (true)
        {
            // What is too long is a quote that was never closed, most likely; so the search for its end is bounded.
            var window = content.Span[at..Math.Min(content.Length, from + LongestCell + 1)];
            var end = window.IndexOf((byte)'"');
            if (end < 0)
            {
                var isTooLong = from + LongestCell + 1 < content.Length;
                Wrong(begun, isTooLong ? Refusal.With("import.cell-too-long", $"{LongestCell}") : new Refusal("import.quote-unclosed"));
                at = content.Length;
                return "";
            }
            at += end + 1;
            if (!IsQuote(at))
                break;
            hasDoubled = true;
            at++;
        }
        var cell = content.Span[from..(at - 1)];
        line += Lines.In(cell);
        var after = content.Span[at..];
        if (after.Length > 0 && after[0] != separator && after[0] is not ((byte)'\r' or (byte)'\n'))
        {
            Wrong(line, new Refusal("import.quote-misplaced"));
            var rest = after.IndexOfAny(separator, (byte)'\r', (byte)'\n');
            at = rest < 0 ? content.Length : at + rest;
        }
        var text = Text(cell, begun);
        return hasDoubled ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }

    /// <summary>Steps over what ends a cell; a separator that nothing follows has an empty cell after it.</summary>
    private bool IsEndOfRow()
    {
        if (at >= content.Length)
            return true;
        var end = content.Span[at++];
        if (end == separator)
            return false;
        if (end == (byte)'\r' && at < content.Length && content.Span[at] == (byte)'\n')
            at++;
        line++;
        return true;
    }

    private bool IsQuote(int place) => place < content.Length && content.Span[place] == (byte)'"';

    private string Text(ReadOnlySpan<byte> cell, int where)
    {
        if (cell.Length <= LongestCell)
            return Encoding.UTF8.GetString(cell);
        Wrong(where, Refusal.With("import.cell-too-long", $"{LongestCell}"));
        return "";
    }

    private void Wrong(int where, Refusal why) => problem ??= new ImportProblem(where, cells.Count + 1, why);
}
