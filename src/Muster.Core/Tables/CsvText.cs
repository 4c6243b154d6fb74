using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Muster.Core.Tables;

/// <summary>
/// Cells of a table that spreadsheets cannot be made to run (OWASP, "CSV Injection"), in a way that can be taken back: an apostrophe stands
/// before a sign that begins a formula, and one more where there were some. Where lists are separated by semicolons, spreadsheets begin
/// a cell after one even within quotes.
/// </summary>
public static partial class CsvText
{
    /// <summary>Whether a spreadsheet would take the cell for a formula; full-width signs are signs to some.</summary>
    public static bool IsFormula(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Length > 0 && cell.TrimStart(' ') is [var first, ..] && Signs.Contains(first, StringComparison.Ordinal);
    }

    public static string Harmless(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return Open().Replace(cell, "$0'");
    }

    /// <summary>What <see cref="Harmless"/> was given.</summary>
    public static string AsMeant(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Contains('\'', StringComparison.Ordinal) ? Guarded().Replace(cell, "$1$2") : cell;
    }

    /// <summary>One cell, harmless and always in quotes (RFC 4180 §2.5); nothing given is an empty cell.</summary>
    public static string Cell(string? text) => text is null ? "" : $"\"{Harmless(text).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>One row (RFC 4180): harmless, quoted where needed, ended by CR LF.</summary>
    public static void AppendRow(StringBuilder csv, IEnumerable<string?> cells)
    {
        ArgumentNullException.ThrowIfNull(csv);
        ArgumentNullException.ThrowIfNull(cells);
        var isFirst = true;
        foreach (var cell in cells)
        {
            if (!isFirst)
                csv.Append(',');
            isFirst = false;
            if (string.IsNullOrEmpty(cell))
                continue;
            var harmless = Harmless(cell);
            if (harmless.AsSpan().IndexOfAny(needQuotes) < 0)
                csv.Append(harmless);
            else
                csv.Append('"').Append(harmless.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        csv.Append("\r\n");
    }

    private static readonly SearchValues<char> needQuotes = SearchValues.Create(",;\t\"\r\n '");

    private const string Signs = "=+-@\t\r\n＝＋－＠";

    [GeneratedRegex("(?:^|;)[ \"]*(?='*[=+\\-@\t\r\n＝＋－＠])")]
    private static partial Regex Open();

    [GeneratedRegex("((?:^|;)[ \"]*)'('*)(?=[=+\\-@\t\r\n＝＋－＠])")]
    private static partial Regex Guarded();
}
