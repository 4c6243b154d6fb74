using System.Text;
using Muster.Core;
using Muster.Core.Tables;

namespace Muster.Server.Web;

/// <summary>A table as a file to download: RFC 4180, UTF-8, lines end with CR LF, no cell that a spreadsheet would run.</summary>
internal static class CsvFile
{
    private static readonly UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <param name="name">Of the file, without the ending.</param>
    public static IResult Answer(string name, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string?>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(columns))
            text.AppendJoin(',', row.Select(CsvText.Cell)).Append("\r\n");
        return Results.File(utf8.GetBytes(text.ToString()), "text/csv; charset=utf-8", $"muster-{name}.csv");
    }
}
