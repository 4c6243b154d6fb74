namespace Muster.Core.AuthorLists;

/// <summary>One author. Names are those the person publishes under, which need not be those of the members list.</summary>
/// <param name="Id">Tells authors of one list apart, and settles their order where names are equal; never printed.</param>
/// <param name="Given">All given names in Latin letters; null for people with a single name.</param>
/// <param name="Family">Family name in Latin letters, or the single name. The list is sorted by it.</param>
/// <param name="PaperName">As on the title page, for example <c>J. D. van der Waals</c>; see <see cref="AuthorLists.PaperName"/>.</param>
/// <param name="Affiliations">In the order to be printed; at least one.</param>
public sealed record Author(string Id, string? Given, string Family, string PaperName, IReadOnlyList<Affiliation> Affiliations)
{
    /// <summary>The whole name in its own script, or null.</summary>
    public string? Native { get; init; }

    /// <summary>As somebody typed it; see <see cref="Members.Orcid"/>.</summary>
    public string? Orcid { get; init; }

    public bool IsDeceased { get; init; }

    /// <summary>Who paid, as a footnote: <c>Alfred P. Sloan Fellow</c>.</summary>
    public string? Funding { get; init; }
}

/// <summary>What an author has to do with an organisation; the four kinds that the author.xml description names.</summary>
public enum Connection
{
    AffiliatedWith,
    AlsoAt,
    OnLeaveFrom,
    Visitor,
}

/// <summary>One organisation of an author.</summary>
/// <param name="OrganisationId">An <see cref="Organisation.Id"/> of the same list.</param>
public sealed record Affiliation(string OrganisationId, Connection Connection = Connection.AffiliatedWith);
