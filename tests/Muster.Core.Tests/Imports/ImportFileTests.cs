using System.Text;
using CsCheck;
using Muster.Core.Imports;
using Xunit;

namespace Muster.Core.Tests.Imports;

public sealed class ImportFileTests
{
    private const string Good = "given,family,institute,from\nZoë,Müller,Zug,2024-01-01\n";

    [Theory]
    [InlineData("utf-16", "import.utf-16", 1, 1)]
    [InlineData("utf-16BE", "import.utf-16", 1, 1)]
    [InlineData("iso-8859-1", "import.latin-1", 2, 3)]
    public void A_file_in_another_encoding_is_refused_and_named(string encoding, string code, int line, int column)
    {
        var other = Encoding.GetEncoding(encoding);

        Files.Refused(ImportFile.Read((byte[])[.. other.GetPreamble(), .. other.GetBytes(Good)]), code, line, column);
        Assert.Single(ImportFile.Read(other.GetBytes(Good)).Problems);
    }

    [Fact]
    public void Broken_text_is_refused_at_its_place()
    {
        var bytes = Encoding.UTF8.GetBytes(Good).ToList();
        bytes.Insert(bytes.LastIndexOf((byte)','), 0xC3);

        Files.Refused(ImportFile.Read(bytes.ToArray()), "import.broken-utf-8", 2, 15);
        Files.Refused(ImportFile.Read((byte[])[.. bytes[..30], 0, .. bytes[30..]]), "import.no-text", 2, 3);
    }

    [Fact]
    public void A_mark_of_utf_8_is_no_part_of_the_first_column() =>
        Assert.Single(ImportFile.Read((byte[])[0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Good)]).Lines);

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public void The_separator_is_taken_from_the_first_row(char separator)
    {
        var file = Files.Read(Good.Replace(',', separator));

        Assert.Empty(file.Problems);
        Assert.Equal("Zug", Assert.Single(file.Lines).Institute);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n \n")]
    [InlineData("given,family,institute,from\n")]
    [InlineData("[]")]
    public void A_file_without_anybody_is_empty(string text) => Files.Refused(Files.Read(text), "import.empty", 1, 0);

    [Fact]
    public void The_columns_of_a_table_are_known_needed_and_there_once()
    {
        Files.Refused(Files.Read("name,where\na,b\n"), "import.no-header", 1, 0);
        Files.Refused(Files.Read("given,family,institute\na,b,c\n"), "import.column-missing", 1, 0);
        Files.Refused(Files.Read("given,family,institute,from,Family\n"), "import.column-twice", 1, 5);

        var note = Assert.Single(Files.Read("given,family,shoes,institute,from\nA,B,41,Zug,2024-01-01\n").Notes);
        Assert.Equal((1, 3, "import.column-unknown"), (note.Line, note.Column, note.Why.Code));
    }

    [Theory]
    [InlineData("=HYPERLINK(1),B,Zug,2024-01-01", "import.formula", 1)]
    [InlineData("A,@B,Zug,2024-01-01", "import.formula", 2)]
    [InlineData("A,\"\t=B\",Zug,2024-01-01", "import.formula", 2)]
    [InlineData("A,B,+Zug,2024-01-01", "import.formula", 3)]
    [InlineData("A1,B,Zug,2024-01-01", "name.has-digits", 1)]
    [InlineData(",,Zug,2024-01-01", "name.missing", 1)]
    [InlineData("A,B,Zug,01.02.2024", "day.unreadable", 4)]
    [InlineData("A,B,Zug,1024-02-01", "day.unreadable", 4)]
    [InlineData("A,B,Zug,", "membership.from-missing", 4)]
    [InlineData("A,B,,2024-01-01", "import.institute-missing", 3)]
    [InlineData("A,B,Zug", "import.row-width", 0)]
    [InlineData("A,B,Zug,2024-01-01,", "import.row-width", 0)]
    public void A_bad_cell_is_told_with_line_and_column_and_hides_no_other(string row, string code, int column)
    {
        var file = Files.Read($"given,family,institute,from\nA,B,Zug,2024-01-01\n\n{row}\nC,D,Zug,never\n");

        Files.Refused(file, code, 4, column);
        Files.Refused(file, "day.unreadable", 5, 4);
        Assert.Equal("A", Assert.Single(file.Lines).Given);
    }

    [Theory]
    [InlineData("id", "7", "import.id-malformed")]
    [InlineData("familyFirst", "perhaps", "import.yes-or-no")]
    [InlineData("orcid", "0000-0002-1825-0098", "orcid.wrong-check-digit")]
    [InlineData("email", "a@b.org nobody", "email.malformed")]
    [InlineData("certificate", "Jane", "import.subject-unreadable")]
    [InlineData("category", "Full;Guest", "membership.category-unknown")]
    [InlineData("category", "1", "membership.category-unknown")]
    [InlineData("percent", "101", "membership.percent")]
    [InlineData("publicationName", "a\u202Eb", "person.bad-characters")]
    [InlineData("authorUntil", "2024-02-30", "day.unreadable")]
    public void Every_column_has_its_rule(string column, string cell, string code) =>
        Files.Refused(Files.Read($"given,family,institute,from,{column}\nA,B,Zug,2024-01-01,{cell}\n"), code, 2, 5);

    [Fact]
    public void A_json_file_says_the_same_and_names_line_and_place()
    {
        var good = Files.Read(
            """[{"given": "A", "family": "B", "institute": "Zug", "from": "2024-01-01", "percent": 50, "familyFirst": true, "email": ["a@b.org", "c@d.org"]}]"""
        );
        var line = Assert.Single(good.Lines);
        Assert.Empty(good.Problems);
        Assert.Equal((50, 2, true), (line.Percent, line.Emails.Count, line.Says(ImportField.Email)));
        Assert.False(line.Says(ImportField.Orcid));

        Files.Refused(Files.Read("[\n  7,\n  {\"given\": \"A\", \"from\": {}}]"), "import.json-no-object", 2, 3);
        Files.Refused(Files.Read("[\n  7,\n  {\"given\": \"A\", \"from\": {}}]"), "import.json-value", 3, 3);
        Files.Refused(Files.Read("[\n{\"given\": \"A\",}]"), "import.json-malformed", 2, 15);
        Files.Refused(Files.Read("[\n{\"given\": \"A\", \"given\": \"B\"}]"), "import.column-twice", 2, 1);
        Files.Refused(Files.Read("""[{"given": "\ud800"}]"""), "import.json-value", 1, 2);
        Files.Refused(Files.Read("[{\"given\": \"A\", \"family\": \"B\"}] []"), "import.json-malformed", 1, 33);
    }

    [Fact]
    public void A_file_of_many_lines_is_read_and_one_of_too_many_is_refused()
    {
        const string Row = "A,B,Zug,2024-01-01\n";
        string Of(int lines) => "given,family,institute,from\n" + string.Concat(Enumerable.Repeat(Row, lines));

        Assert.Equal(200_000, Files.Read(Of(200_000)).Lines.Count);
        Files.Refused(Files.Read(Of(ImportFile.MostLines + 1)), "import.too-many-lines", ImportFile.MostLines + 2, 0);
        var nonsense = Files.Read("given,family,institute,from\n" + string.Concat(Enumerable.Repeat("x\n", 200_000)));
        Assert.Equal(MostProblems + 1, nonsense.Problems.Count);
        Assert.Equal("import.too-many-problems", nonsense.Problems[^1].Why.Code);
    }

    [Fact]
    public void A_file_that_is_damaged_anywhere_is_still_answered_and_planned()
    {
        string[] files =
        [
            Files.Header
                + "\r\n,Ada,Byron,a@b.org c@d.org,0000-0002-1825-0097,Zug,staff,2024-01-01,2025-01-01\r\n,\"A \"\"x\"\"\",B,,,Bern,,2024-01-01,\r\n",
            """[{"given":"A","family":"B","institute":"Zug","from":"2024-01-01","percent":50,"email":["a@b.org"]},{"id":"new","shoes":[{}]}]""",
        ];
        var damage = Gen.Select(Gen.Int[0, 1_000], Gen.Char["\"\r\n,;{}[]:=\\ a1é"]).Array[1, 4];
        Gen.Select(Gen.Int[0, files.Length - 1], damage)
            .Sample(
                (file, changes) =>
                {
                    var text = new StringBuilder(files[file]);
                    foreach (var (at, sign) in changes)
                        text[at % text.Length] = sign;

                    var plan = Files.Plan(text.ToString(), [Files.Person(1, "Ada", "Byron")], ImportMode.WholeList);

                    Assert.Equal(64, ImportPlanning.Digest(plan).Length);
                    Assert.All(plan.Problems, p => Assert.True(p is { Line: >= 0, Column: >= 0 }, text.ToString()));
                },
                iter: 3_000
            );
    }

    private const int MostProblems = 20_000;
}
