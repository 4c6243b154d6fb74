using System.Text;

namespace Muster.Core.AuthorLists;

/// <summary>
/// The author block for the class <c>revtex4-2</c> (Author's Guide to REVTeX 4.2, "Specifying authors and affiliations"), which finds equal
/// affiliations and chooses the marks itself. To be read after the title with <c>\input</c>.
/// </summary>
public static class RevtexLatex
{
    /// <summary>
    /// UTF-8. A connection stands before the name of the organisation, as an affiliation of its own: the class has signs for nine
    /// footnotes and letters for 26, and those are for funding and for the dead.
    /// </summary>
    public static string Write(CheckedAuthorList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        var latex = new StringBuilder();
        foreach (var author in list.Authors)
        {
            Line(latex, "author", author.PaperName);
            if (author.Funding is { } funding)
                Line(latex, "thanks", funding);
            if (author.IsDeceased)
                Line(latex, "altaffiliation", "Deceased");
            foreach (var (organisation, connection) in author.Affiliations)
                Line(latex, "affiliation", $"{connection.Before()}{organisation.Name}, {organisation.Address}");
        }
        return latex.ToString();
    }

    private static void Line(StringBuilder to, string command, string text) =>
        to.Append('\\').Append(command).Append('{').Append(LatexText.Escape(text)).Append("}\n");
}
