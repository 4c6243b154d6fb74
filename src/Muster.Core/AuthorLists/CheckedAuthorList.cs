using System.Globalization;
using Muster.Core.Institutes;
using Muster.Core.Members;

namespace Muster.Core.AuthorLists;

/// <summary>A list without a fault, in order and numbered: the only thing that is ever written. Text is NFC with single blanks.</summary>
public sealed class CheckedAuthorList
{
    private CheckedAuthorList(
        string reference,
        DateOnly date,
        AuthorCollaboration collaboration,
        IReadOnlyList<ListedOrganisation> organisations,
        IReadOnlyList<ListedAuthor> authors
    )
    {
        Reference = reference;
        Date = date;
        Collaboration = collaboration;
        Organisations = organisations;
        Authors = authors;
    }

    public string Reference { get; }
    public DateOnly Date { get; }
    public AuthorCollaboration Collaboration { get; }

    /// <summary>In the order in which the authors, in theirs, come to them.</summary>
    public IReadOnlyList<ListedOrganisation> Organisations { get; }

    /// <summary>In alphabetical order.</summary>
    public IReadOnlyList<ListedAuthor> Authors { get; }

    /// <returns>The first of what <see cref="AuthorListCheck.Problems"/> finds.</returns>
    public static Result<CheckedAuthorList> Create(AuthorList list, AuthorOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (AuthorListCheck.Problems(list) is [var first, ..])
            return first;
        var tidy = list with { Authors = [.. list.Authors.Select(Tidied).Order(order)] };
        var given = list.Organisations.ToDictionary(o => o.Id, StringComparer.Ordinal);
        var listed = new Dictionary<string, ListedOrganisation>(StringComparer.Ordinal);
        foreach (var id in tidy.Authors.SelectMany(a => a.Affiliations).Select(a => a.OrganisationId))
            if (!listed.ContainsKey(id))
                listed.Add(id, Listed(given[id], listed.Count + 1));
        return new CheckedAuthorList(
            AuthorText.Tidy(list.Reference),
            list.Date,
            new AuthorCollaboration(AuthorText.Tidy(list.Collaboration.Name), AuthorText.TidyOrNull(list.Collaboration.ExperimentNumber)),
            [.. listed.Values.OrderBy(o => o.Number)],
            [.. tidy.Authors.Select((author, i) => Listed(author, i + 1, listed))]
        );
    }

    private static Author Tidied(Author author) =>
        author with
        {
            Given = AuthorText.TidyOrNull(author.Given),
            Family = AuthorText.Tidy(author.Family),
            PaperName = AuthorText.Tidy(author.PaperName),
            Native = AuthorText.TidyOrNull(author.Native),
            Funding = AuthorText.TidyOrNull(author.Funding),
        };

    private static ListedOrganisation Listed(Organisation from, int number) =>
        new(
            number,
            AuthorText.Tidy(from.Name),
            AuthorText.TidyOrNull(from.Address) ?? new RegionInfo(from.Country).EnglishName,
            from.Country,
            string.IsNullOrWhiteSpace(from.Ror) ? null : RorId.Parse(from.Ror).Value,
            from.IsMember
        );

    private static ListedAuthor Listed(Author from, int position, Dictionary<string, ListedOrganisation> organisations) =>
        new(
            position,
            from.Given,
            from.Family,
            from.PaperName,
            from.Native,
            string.IsNullOrWhiteSpace(from.Orcid) ? null : Orcid.Parse(from.Orcid).Value,
            from.IsDeceased,
            from.Funding,
            [.. from.Affiliations.Select(a => new ListedAffiliation(organisations[a.OrganisationId], a.Connection))]
        );
}

/// <summary>An author in place.</summary>
/// <param name="Position">From 1.</param>
public sealed record ListedAuthor(
    int Position,
    string? Given,
    string Family,
    string PaperName,
    string? Native,
    Orcid? Orcid,
    bool IsDeceased,
    string? Funding,
    IReadOnlyList<ListedAffiliation> Affiliations
);

/// <summary>An organisation in place.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Address">On one line, never empty.</param>
public sealed record ListedOrganisation(int Number, string Name, string Address, string Country, RorId? Ror, bool IsMember);

/// <summary>One organisation of a listed author.</summary>
public sealed record ListedAffiliation(ListedOrganisation Organisation, Connection Connection);
