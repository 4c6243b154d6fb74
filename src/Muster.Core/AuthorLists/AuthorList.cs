namespace Muster.Core.AuthorLists;

/// <summary>The authors of one publication as they stood on one day, before anybody has looked whether the list can be printed.</summary>
/// <param name="Reference">Report number, DOI, arXiv number, or the title where there is none of them.</param>
/// <param name="Date">The day whose memberships the list shows.</param>
/// <param name="Organisations">In any order; each of them has somebody.</param>
/// <param name="Authors">In any order.</param>
public sealed record AuthorList(
    string Reference,
    DateOnly Date,
    AuthorCollaboration Collaboration,
    IReadOnlyList<Organisation> Organisations,
    IReadOnlyList<Author> Authors
);

/// <summary>In whose name the authors publish.</summary>
/// <param name="Name">As on the title page, without the word "collaboration".</param>
/// <param name="ExperimentNumber">What the laboratory calls the experiment, as <c>KEK-BF-BELLE-II</c>; null where it has no such name.</param>
public sealed record AuthorCollaboration(string Name, string? ExperimentNumber = null);

/// <summary>Where authors work: a member institute, or another one that an author names.</summary>
/// <param name="Id">Tells organisations of one list apart; never printed.</param>
/// <param name="Address">One line as on a letter head, with the country; null prints the country alone.</param>
/// <param name="Country">ISO 3166-1 alpha-2, upper case.</param>
/// <param name="Ror">As somebody typed it; see <see cref="Institutes.RorId"/>.</param>
public sealed record Organisation(string Id, string Name, string? Address, string Country, string? Ror, bool IsMember);
