using System.Globalization;
using System.Text;

namespace Muster.Core.AuthorLists;

/// <summary>
/// The author block for article classes with the package <c>authblk</c>: marks at the names, the organisations below. To be read into the
/// preamble with <c>\input</c>.
/// </summary>
public static class AuthblkLatex
{
    private const string Dagger = @"$\dagger$";

    /// <summary>
    /// UTF-8, one author to a line. An organisation has a number for each connection that people have with it, in order of appearance;
    /// the dead have a dagger, funding has letters.
    /// </summary>
    public static string Write(CheckedAuthorList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        var marks = new Dictionary<(int, Connection), string>();
        var (authors, affiliations, notes) = (
            new StringBuilder(),
            new StringBuilder(),
            new Dictionary<string, string>(StringComparer.Ordinal)
        );
        foreach (var author in list.Authors)
        {
            var own = new List<string>();
            foreach (var (organisation, connection) in author.Affiliations)
            {
                if (!marks.TryGetValue((organisation.Number, connection), out var mark))
                {
                    mark = (marks.Count + 1).ToString(CultureInfo.InvariantCulture);
                    marks.Add((organisation.Number, connection), mark);
                    Line(
                        affiliations,
                        "affil",
                        mark,
                        connection.Before() + LatexText.Escape($"{organisation.Name}, {organisation.Address}")
                    );
                }
                own.Add(mark);
            }
            if (author.Funding is { } funding)
            {
                if (!notes.TryGetValue(funding, out var letter))
                    notes.Add(funding, letter = Letters(notes.Count));
                own.Add(letter);
            }
            if (author.IsDeceased)
                own.Add(Dagger);
            Line(authors, "author", string.Join(',', own), LatexText.Escape(author.PaperName));
        }
        foreach (var (funding, letter) in notes)
            Line(affiliations, "affil", letter, LatexText.Escape(funding));
        if (list.Authors.Any(a => a.IsDeceased))
            Line(affiliations, "affil", Dagger, "Deceased");
        return authors.Append(affiliations).ToString();
    }

    private static void Line(StringBuilder to, string command, string marks, string text) =>
        to.Append('\\').Append(command).Append('[').Append(marks).Append("]{").Append(text).Append("}\n");

    /// <summary>a to z, then aa, ab … as columns of a spreadsheet.</summary>
    private static string Letters(int number)
    {
        var letters = "";
        for (var rest = number; rest >= 0; rest = rest / 26 - 1)
            letters = (char)('a' + rest % 26) + letters;
        return letters;
    }
}
