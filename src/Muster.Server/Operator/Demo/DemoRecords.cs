using Muster.Core.Calendar;

namespace Muster.Server.Operator.Demo;

internal sealed record DemoInstitute(string Key, string Name, string ShortName, string Country, DateOnly Since);

/// <summary>A fictitious person and the one membership on the list; <c>[From, Until)</c>, open-ended without <c>Until</c>.</summary>
internal sealed record DemoMember(
    int Number,
    string? Given,
    string? Family,
    bool FamilyFirst,
    string? Native,
    string Email,
    string? CertificateSubject,
    string? Orcid,
    string InstituteKey,
    string Position,
    DateOnly From,
    DateOnly? Until
)
{
    public bool IsMemberOn(DateOnly day) => Period.Covers(From, Until, day);
}

internal sealed record DemoRepresentative(string InstituteKey, int MemberNumber, bool Deputy, DateOnly Since);

internal sealed record DemoVirtualOrganisation(string Name, string? Successor);

/// <summary>A name as a person writes it; the Latin form may carry accents.</summary>
internal sealed record DemoPersonName(string? Given, string? Family, bool FamilyFirst, string? Native)
{
    public string InWesternOrder => string.Join(' ', new[] { Given, Family }.Where(part => part is not null));
}
