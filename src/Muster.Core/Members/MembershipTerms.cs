namespace Muster.Core.Members;

/// <summary>What a membership says, as typed and as <see cref="Check"/> found it good.</summary>
/// <param name="Position">One of the configured list.</param>
/// <param name="Percent">Share of the working time, 1 to 100.</param>
/// <param name="From">First day.</param>
/// <param name="Until">First day after the end, or null.</param>
/// <param name="AuthorFrom">First day on author lists, or null for none.</param>
/// <param name="AuthorUntil">First day after the last one on author lists, or null.</param>
public sealed record MembershipTerms(
    string Position,
    MembershipCategory Category,
    int Percent,
    DateOnly From,
    DateOnly? Until,
    DateOnly? AuthorFrom = null,
    DateOnly? AuthorUntil = null
)
{
    /// <summary>
    /// The same until before <paramref name="day"/>, and with it an authorship that would be open for ever; one that would only begin then never does.
    /// </summary>
    public MembershipTerms EndedBefore(DateOnly day) =>
        this with
        {
            Until = day,
            AuthorFrom = AuthorUntil is null && AuthorFrom >= day ? null : AuthorFrom,
            AuthorUntil =
                AuthorFrom is not { } first || AuthorUntil is not null ? AuthorUntil
                : day > first ? day
                : null,
        };

    /// <summary>
    /// Everything that is wrong, each with its field: <c>membership.position-unknown</c>, <c>membership.percent</c>,
    /// <c>membership.ends-before</c>, <c>membership.author-ends-before</c>, <c>membership.author-has-no-start</c>.
    /// </summary>
    public IReadOnlyList<Refusal> Check(IReadOnlyCollection<string> positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        var found = new List<Refusal>();
        if (!positions.Contains(Position, StringComparer.Ordinal))
            found.Add(new Refusal("membership.position-unknown", "position"));
        if (Percent is < 1 or > 100)
            found.Add(new Refusal("membership.percent", "percent"));
        if (Until <= From)
            found.Add(new Refusal("membership.ends-before", "until"));
        if (AuthorUntil is not null && AuthorFrom is null)
            found.Add(new Refusal("membership.author-has-no-start", "authorFrom"));
        if (AuthorUntil <= AuthorFrom)
            found.Add(new Refusal("membership.author-ends-before", "authorUntil"));
        return found;
    }
}
