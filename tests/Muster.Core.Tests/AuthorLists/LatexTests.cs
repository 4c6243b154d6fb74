using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Muster.Core.AuthorLists;
using Xunit;

namespace Muster.Core.Tests.AuthorLists;

public sealed partial class LatexTests
{
    [Fact]
    public void Authblk_marks_several_places_connections_funding_and_death()
    {
        var list = Lists
            .One(a => a with { IsDeceased = true, Funding = "R&D Fellow" })
            .With(
                Lists.One().Authors[0] with
                {
                    Id = "2",
                    Family = "Zuse",
                    PaperName = "K. Zuse",
                    Orcid = null,
                    Affiliations = [new("desy"), new("kek", Connection.AlsoAt)],
                }
            );
        list = list with { Organisations = [.. list.Organisations, new("desy", "DESY", null, "DE", null, true)] };

        Assert.Equal(
            """
            \author[1,a,$\dagger$]{A. Lovelace}
            \author[2,3]{K. Zuse}
            \affil[1]{KEK, Tsukuba, Japan}
            \affil[2]{DESY, Germany}
            \affil[3]{Also at KEK, Tsukuba, Japan}
            \affil[a]{R\&D Fellow}
            \affil[$\dagger$]{Deceased}

            """,
            AuthblkLatex.Write(Lists.Checked(list))
        );
    }

    [Fact]
    public void Revtex_has_footnotes_for_funding_and_death_only()
    {
        var list = Lists
            .One(a => a with { IsDeceased = true, Funding = "R&D Fellow" })
            .With(
                Lists.One().Authors[0] with
                {
                    Id = "2",
                    Family = "Zuse",
                    PaperName = "K. Zuse",
                    Orcid = null,
                    Affiliations = [new("kek", Connection.Visitor)],
                }
            );

        Assert.Equal(
            """
            \author{A. Lovelace}
            \thanks{R\&D Fellow}
            \altaffiliation{Deceased}
            \affiliation{KEK, Tsukuba, Japan}
            \author{K. Zuse}
            \affiliation{Visitor at KEK, Tsukuba, Japan}

            """,
            RevtexLatex.Write(Lists.Checked(list))
        );
    }

    [Fact]
    public void Everything_that_is_set_reads_as_it_was_typed()
    {
        Lists
            .Any(60)
            .Sample(
                list =>
                {
                    var made = Lists.Checked(list);
                    var places = made.Organisations.Select(o => $"{o.Name}, {o.Address}").ToHashSet(StringComparer.Ordinal);
                    foreach (var (latex, place) in new[] { (AuthblkLatex.Write(made), "affil"), (RevtexLatex.Write(made), "affiliation") })
                    {
                        var lines = latex.Split('\n', StringSplitOptions.RemoveEmptyEntries);
                        Assert.Equal(made.Authors.Select(a => a.PaperName), Arguments(lines, "author"));
                        Assert.All(
                            Arguments(lines, place).Where(p => p != "Deceased" && made.Authors.All(a => a.Funding != p)),
                            p => Assert.Contains(Before().Replace(p, ""), places)
                        );
                    }
                },
                iter: 200
            );
    }

    [Fact]
    public void Every_mark_at_a_name_has_its_line_below_and_numbers_have_no_gaps()
    {
        Lists
            .Any(60)
            .Sample(
                list =>
                {
                    var lines = AuthblkLatex.Write(Lists.Checked(list)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
                    var below = lines
                        .Where(l => l.StartsWith(@"\affil", StringComparison.Ordinal))
                        .Select(l => Marks().Match(l).Groups[1].Value)
                        .ToList();
                    var above = lines
                        .Where(l => l.StartsWith(@"\author", StringComparison.Ordinal))
                        .SelectMany(l => Marks().Match(l).Groups[1].Value.Split(','));

                    Assert.Equal(below.Order(StringComparer.Ordinal), above.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
                    var numbers = below.Where(b => char.IsAsciiDigit(b[0])).ToList();
                    Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => $"{n}"), numbers);
                },
                iter: 200
            );
    }

    /// <summary>The last argument of each line with the command, read as TeX sets it; fails on what TeX would take for more than text.</summary>
    private static IEnumerable<string> Arguments(string[] lines, string command) =>
        from line in lines
        let match = Line().Match(line)
        where match.Groups[1].Value == command
        select Set(match.Groups[2].Value);

    private static string Set(string latex)
    {
        var text = new StringBuilder();
        for (var i = 0; i < latex.Length; )
        {
            var token = Token().Match(latex, i);
            Assert.True(token.Success && token.Index == i, latex[i..]);
            // Two of these beside each other are one sign.
            Assert.False(token.Value is "-" or "'" or "," && i + 1 < latex.Length && latex[i + 1] == latex[i], latex[i..]);
            text.Append(
                token.Value switch
                {
                    @"\textbackslash{}" => "\\",
                    @"\textasciitilde{}" => "~",
                    @"\textasciicircum{}" => "^",
                    @"\textasciigrave{}" => "`",
                    @"\textless{}" => "<",
                    @"\textgreater{}" => ">",
                    @"\textbar{}" => "|",
                    @"{\char34}" => "\"",
                    "{}" => "",
                    ['\\', var sign] => sign.ToString(),
                    var letter => letter,
                }
            );
            i += token.Length;
        }
        return text.ToString();
    }

    /// <summary>A command we know, an escaped sign, an empty group, or a sign that TeX prints.</summary>
    [GeneratedRegex(@"\\text[a-z]+\{\}|\\[&%$#_{}]|\{\\char34\}|\{\}|[^\\&%$#_{}~^<>""`|\p{Cc}]")]
    private static partial Regex Token();

    [GeneratedRegex(@"^\\(author|affil|affiliation)(?:\[[^\]]*\])?\{(.*)\}$")]
    private static partial Regex Line();

    [GeneratedRegex(@"^\\[a-z]+\[([^\]]*)\]")]
    private static partial Regex Marks();

    [GeneratedRegex("^(Also at|On leave from|Visitor at) ")]
    private static partial Regex Before();
}
