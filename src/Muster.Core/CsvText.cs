using System.Text.RegularExpressions;

namespace Muster.Core;

/// <summary>
/// Texts as cells of comma-separated values (RFC 4180). Those that a spreadsheet would run are made text (OWASP, "CSV Injection").
/// </summary>
public static partial class CsvText
{
    /// <summary>Quoted, quotes doubled (RFC 4180 §2.7); nothing given is an empty cell.</summary>
    public static string Cell(string? text) =>
        text is null ? "" : $"\"{Formula().Replace(text, "$&'").Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>
    /// What stands before a sign that begins a formula, full-width ones among them. Where lists are separated by semicolons, spreadsheets
    /// begin a cell after one even within these quotes.
    /// </summary>
    [GeneratedRegex("(^|;)[\\s\"]*(?=[=+\\-@\t\r＝＋－＠])")]
    private static partial Regex Formula();
}
