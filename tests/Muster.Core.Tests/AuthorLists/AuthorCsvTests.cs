using System.Text;
using CsCheck;
using Muster.Core.AuthorLists;
using Xunit;

namespace Muster.Core.Tests.AuthorLists;

public sealed class AuthorCsvTests
{
    private const string Formulas = "=+-@\t\r＝＋－＠";

    [Fact]
    public void A_row_stands_for_one_affiliation_of_one_author() =>
        Assert.Equal(
            "position,given_name,family_name,paper_name,native_name,orcid,deceased,funding,"
                + "affiliation,connection,organisation_number,organisation,address,country,ror,member\r\n"
                + "1,\"Ada\",\"Lovelace\",\"A. Lovelace\",,https://orcid.org/0000-0002-1825-0097,no,,"
                + "1,Affiliated with,1,\"KEK\",\"Tsukuba, Japan\",JP,https://ror.org/01g5y5k24,yes\r\n",
            AuthorCsv.Write(Lists.Checked(Lists.One()))
        );

    [Theory]
    [InlineData("=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1")]
    [InlineData("+1 Institute", "'+1 Institute")]
    [InlineData("-1 Institute", "'-1 Institute")]
    [InlineData("@Home", "'@Home")]
    [InlineData("＝Full width", "'＝Full width")]
    [InlineData("\"=A1+1", "\"'=A1+1")]
    [InlineData("Lab;=1+1", "Lab;'=1+1")]
    [InlineData("Lab; \"@x", "Lab; \"'@x")]
    [InlineData("'t Hooft Institute", "'t Hooft Institute")]
    [InlineData("A = B - C; D", "A = B - C; D")]
    public void What_a_spreadsheet_would_run_becomes_text(string name, string cell)
    {
        var rows = Read(AuthorCsv.Write(Lists.Checked(Lists.One(organisation: o => o with { Name = name }))), ',');

        Assert.Equal(cell, rows[1][11]);
    }

    [Fact]
    public void Any_list_is_found_again_cell_by_cell()
    {
        Lists
            .Any(60)
            .Sample(
                list =>
                {
                    var made = Lists.Checked(list);
                    var expected =
                        from author in made.Authors
                        from affiliation in author.Affiliations
                        select (author.Family, author.Native ?? "", author.Orcid?.Url ?? "", affiliation.Organisation.Address);

                    var rows = Read(AuthorCsv.Write(made), ',');

                    Assert.All(rows, row => Assert.Equal(16, row.Count));
                    Assert.Equal(expected, rows.Skip(1).Select(r => (Plain(r[2]), Plain(r[4]), r[5], Plain(r[12]))));
                },
                iter: 200
            );
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    public void No_cell_begins_a_formula_wherever_lists_are_separated_so(char separator)
    {
        Lists
            .Any(60)
            .Sample(
                list =>
                    Assert.DoesNotContain(
                        Read(AuthorCsv.Write(Lists.Checked(list)), separator).SelectMany(row => row),
                        cell => cell.TrimStart(' ', '"') is [var first, ..] && Formulas.Contains(first, StringComparison.Ordinal)
                    ),
                iter: 200
            );
    }

    private static string Plain(string cell) =>
        cell is ['\'', var sign, ..] && Formulas.Contains(sign, StringComparison.Ordinal)
            ? cell[1..]
            : cell.Replace(";'", ";", StringComparison.Ordinal).Replace("; '", "; ", StringComparison.Ordinal);

    /// <summary>As spreadsheets read: a quote opens only at the beginning of a cell.</summary>
    private static List<List<string>> Read(string csv, char separator)
    {
        var (rows, row, cell) = (new List<List<string>>(), new List<string>(), new StringBuilder());
        var (quoted, begun) = (false, false);
        for (var i = 0; i < csv.Length; i++)
        {
            var next = i + 1 < csv.Length ? csv[i + 1] : '\0';
            if (quoted && csv[i] == '"' && next == '"')
                cell.Append(csv[i++]);
            else if (quoted && csv[i] == '"')
                quoted = false;
            else if (quoted)
                cell.Append(csv[i]);
            else if (csv[i] == '"' && !begun)
                (quoted, begun) = (true, true);
            else if (csv[i] == separator || (csv[i] == '\r' && next == '\n'))
            {
                row.Add(cell.ToString());
                cell.Clear();
                begun = false;
                if (csv[i] == '\r')
                {
                    rows.Add(row);
                    row = [];
                    i++;
                }
            }
            else
            {
                cell.Append(csv[i]);
                begun = true;
            }
        }
        Assert.True(cell.Length == 0 && row.Count == 0 && !quoted, "the last line has no end");
        return rows;
    }
}
