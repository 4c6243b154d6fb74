namespace Muster.Server.Register.Members;

/// <summary>What <see cref="PersonForm"/> reads, as the description of the interface shows it. Days are last days, as in the forms.</summary>
internal sealed record PersonBody(
    string? Given = null,
    string? Family = null,
    bool FamilyFirst = false,
    string? Native = null,
    string? PublicationName = null,
    string? Orcid = null,
    DateOnly? DeceasedOn = null
);

internal sealed record NewPersonBody(
    string Email,
    Guid Institute,
    string Position,
    DateOnly From,
    string? Given = null,
    string? Family = null,
    bool FamilyFirst = false,
    string? Native = null,
    string? PublicationName = null,
    string? Orcid = null,
    DateOnly? DeceasedOn = null,
    string? Category = null,
    int? Percent = null,
    DateOnly? Until = null,
    DateOnly? AuthorFrom = null,
    DateOnly? AuthorUntil = null,
    bool Different = false
);

internal sealed record TermsBody(
    string Position,
    string? Category = null,
    int? Percent = null,
    DateOnly? Until = null,
    DateOnly? AuthorFrom = null,
    DateOnly? AuthorUntil = null
);

internal sealed record JoinBody(
    Guid Institute,
    string Position,
    DateOnly From,
    string? Category = null,
    int? Percent = null,
    DateOnly? Until = null,
    DateOnly? AuthorFrom = null,
    DateOnly? AuthorUntil = null
);

internal sealed record MoveBody(
    string Leaving,
    Guid Institute,
    string Position,
    DateOnly From,
    string? Category = null,
    int? Percent = null,
    DateOnly? Until = null,
    DateOnly? AuthorFrom = null,
    DateOnly? AuthorUntil = null
);

internal sealed record ExtendBody(string Membership, DateOnly LastDay, string Reason);
