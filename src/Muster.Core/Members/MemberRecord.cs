namespace Muster.Core.Members;

/// <summary>A person's record at one moment, to compare with and to go back to. Equal records have equal texts when they are written.</summary>
/// <param name="Emails">Comparison keys, the primary first.</param>
/// <param name="Certificates">Canonical keys, in order.</param>
/// <param name="FormerNames">How many.</param>
public sealed record MemberRecord(
    string? Given,
    string? Family,
    NameOrder NameOrder,
    string? Native,
    string? PublicationName,
    string? Orcid,
    DateOnly? DeceasedOn,
    IReadOnlyList<string> Emails,
    IReadOnlyList<string> Certificates,
    IReadOnlyList<MembershipRecord> Memberships,
    int FormerNames
)
{
    public static MemberRecord Of(Member member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return new MemberRecord(
            member.Given,
            member.Family,
            member.NameOrder,
            member.Native,
            member.PublicationName,
            member.Orcid,
            member.DeceasedOn,
            [.. member.Emails.OrderBy(e => e.Position).Select(e => e.Key)],
            [.. member.Certificates.Select(c => c.Key).Order(StringComparer.Ordinal)],
            [
                .. member
                    .Memberships.OrderBy(m => m.From)
                    .ThenBy(m => m.InstituteId.Value)
                    .Select(m => new MembershipRecord(m.InstituteId.Value, m.Terms)),
            ],
            member.FormerNames.Count
        );
    }
}

/// <summary>One membership of a <see cref="MemberRecord"/>.</summary>
public sealed record MembershipRecord(Guid Institute, MembershipTerms Terms);
