using System.Text;
using CsCheck;
using Muster.Core.Imports;
using Muster.Core.Tables;
using Xunit;

namespace Muster.Core.Tests.Imports;

public sealed class CsvReaderTests
{
    /// <summary>Text that is valid and yet everything that tables stumble over.</summary>
    private static readonly Gen<string> Cell = Gen.Frequency(
            (4, Gen.Char["abcäß字\u00A0 "].Select(c => c.ToString())),
            (3, Pick("\"", ",", ";", "\t", "\r\n", "\n", "\r", "=", "'", "-", "🙂"))
        )
        .Array[0, 12]
        .Select(string.Concat);

    [Fact]
    public void What_is_written_as_a_table_is_read_again_whatever_is_in_the_cells() =>
        Cell.Array[1, 8]
            .Array[1, 20]
            .Sample(rows =>
            {
                var csv = new StringBuilder();
                foreach (var row in rows)
                    CsvText.AppendRow(csv, row);

                var read = Rows(csv.ToString(), ',');

                Assert.All(read, r => Assert.Null(r.Problem));
                Assert.Equal(rows.Select(r => string.Join('|', r)), read.Select(r => string.Join('|', r.Cells.Select(CsvText.AsMeant))));
                Assert.DoesNotContain(read.SelectMany(r => r.Cells), CsvText.IsFormula);
            });

    [Fact]
    public void Any_bytes_end_in_rows_whose_lines_rise_and_never_in_an_exception() =>
        Gen.Select(Pick("\"", ",", "\r\n", "\n", "\r", "a", "é", "\"\"").Array[0, 60].Select(string.Concat), Pick(',', ';', '\t'))
            .Sample(
                (text, separator) =>
                {
                    var rows = Rows(text, separator);

                    Assert.True(rows.Zip(rows.Skip(1)).All(p => p.First.Line < p.Second.Line), text);
                    Assert.All(rows, r => Assert.True(r.Line <= text.ReplaceLineEndings("\n").Count(c => c == '\n') + 1));
                }
            );

    [Fact]
    public void Any_bytes_at_all_are_a_file_or_are_refused_with_their_place() =>
        Gen
            .Byte.Array[0, 300]
            .Sample(bytes =>
            {
                var file = ImportFile.Read(bytes);

                Assert.True(file.Lines.Count > 0 || file.Problems.Count > 0);
                Assert.All(file.Problems, p => Assert.True(p is { Line: >= 0, Column: >= 0 }));
            });

    [Theory]
    [InlineData("a,b\nc,\"d\ne\"\nf,g\"h\n", 4, 2, "import.quote-misplaced")]
    [InlineData("a,b\n\"c\"x,d\n", 2, 1, "import.quote-misplaced")]
    [InlineData("a\r\n\r\nb,\"c\r\n", 3, 2, "import.quote-unclosed")]
    public void A_quote_in_the_wrong_place_is_told_with_line_and_column(string text, int line, int column, string code)
    {
        var problem = Assert.Single(Rows(text, ',').Select(r => r.Problem).OfType<ImportProblem>());

        Assert.Equal((line, column, code), (problem.Line, problem.Column, problem.Why.Code));
    }

    [Fact]
    public void A_cell_and_a_row_have_bounds()
    {
        var tooLong = new string('x', CsvReader.LongestCell + 1);

        Assert.Equal("import.cell-too-long", Rows($"a,{tooLong}\n", ',')[0].Problem?.Why.Code);
        Assert.Equal("import.cell-too-long", Rows($"a,\"{tooLong}{tooLong}\"\n", ',')[0].Problem?.Why.Code);
        Assert.Null(Rows($"a,\"{tooLong[1..]}\"\n", ',')[0].Problem);
        Assert.Equal("import.too-many-columns", Rows(new string(',', CsvReader.MostCells), ',')[0].Problem?.Why.Code);
        Assert.Null(Rows(new string(',', CsvReader.MostCells - 1), ',')[0].Problem);
    }

    [Fact]
    public void Lines_may_end_in_every_way_and_the_last_one_in_none() =>
        Assert.All(
            (string[])["a,b\r\nc,d\r\n", "a,b\nc,d\n", "a,b\rc,d\r", "a,b\r\nc,d", "a,\"b\"\nc,\"d\""],
            text => Assert.Equal(["a|b", "c|d"], Rows(text, ',').Select(r => string.Join('|', r.Cells)))
        );

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData(" @sum", " '@sum")]
    [InlineData("'-x", "''-x")]
    [InlineData("’t Hooft", "’t Hooft")]
    [InlineData("'t Hooft", "'t Hooft")]
    [InlineData("a;=cmd", "a;'=cmd")]
    [InlineData("＝1", "'＝1")]
    public void A_cell_that_a_spreadsheet_would_run_is_made_text_and_comes_back_as_it_was(string cell, string harmless)
    {
        Assert.Equal(harmless, CsvText.Harmless(cell));
        Assert.Equal(cell, CsvText.AsMeant(harmless));
    }

    private static Gen<T> Pick<T>(params T[] all) => Gen.Int[0, all.Length - 1].Select(i => all[i]);

    private static List<CsvRow> Rows(string text, char separator)
    {
        var reader = new CsvReader(Encoding.UTF8.GetBytes(text), separator);
        var rows = new List<CsvRow>();
        while (reader.Next() is { } row)
            rows.Add(row);
        return rows;
    }
}
