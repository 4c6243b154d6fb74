using System.Globalization;
using System.Text;
using Muster.Core.Tables;

namespace Muster.Core.AuthorLists;

/// <summary>
/// The list as comma-separated values (RFC 4180): one row for each affiliation of each author, so that no cell holds a list.
/// </summary>
public static class AuthorCsv
{
    /// <summary>The first row. Columns are never renamed or moved; new ones come at the end.</summary>
    public const string Header =
        "position,given_name,family_name,paper_name,native_name,orcid,deceased,funding,"
        + "affiliation,connection,organisation_number,organisation,address,country,ror,member";

    /// <summary>UTF-8 without a mark of byte order; lines end with CR LF, the last one too.</summary>
    public static string Write(CheckedAuthorList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        var csv = new StringBuilder(Header).Append("\r\n");
        foreach (var author in list.Authors)
            for (var i = 0; i < author.Affiliations.Count; i++)
                WriteRow(csv, author, i + 1, author.Affiliations[i]);
        return csv.ToString();
    }

    private static void WriteRow(StringBuilder csv, ListedAuthor author, int place, ListedAffiliation affiliation)
    {
        var organisation = affiliation.Organisation;
        csv.AppendJoin(
            ',',
            Number(author.Position),
            CsvText.Cell(author.Given),
            CsvText.Cell(author.Family),
            CsvText.Cell(author.PaperName),
            CsvText.Cell(author.Native),
            author.Orcid?.Url,
            YesNo(author.IsDeceased),
            CsvText.Cell(author.Funding),
            Number(place),
            affiliation.Connection.Words(),
            Number(organisation.Number),
            CsvText.Cell(organisation.Name),
            CsvText.Cell(organisation.Address),
            organisation.Country,
            organisation.Ror?.Url,
            YesNo(organisation.IsMember)
        );
        csv.Append("\r\n");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string YesNo(bool holds) => holds ? "yes" : "no";
}
