using Muster.Core.Members;
using Muster.Server.Register.Addresses;
using Muster.Server.Web;

namespace Muster.Server.Register.Members;

internal sealed record PeopleAnswer(DateOnly On, IReadOnlyList<PersonLineAnswer> People, IReadOnlyList<string>? Instead, string? Next)
{
    public static PeopleAnswer Of(PeopleModel model) =>
        new(model.Day, [.. model.People.Select(PersonLineAnswer.Of)], model.Instead.Count > 0 ? model.Instead : null, model.Next);
}

internal sealed record PersonLineAnswer(
    Guid Id,
    string Name,
    string? Native,
    string SortName,
    string? Email,
    string? Account,
    string State,
    DateOnly? Until,
    IReadOnlyList<PlaceAnswer> Institutes
)
{
    public static PersonLineAnswer Of(PersonLine p) =>
        new(
            p.Id.Value,
            p.Name,
            p.Native,
            p.SortName,
            p.Email,
            p.Account,
            p.State,
            p.Until,
            [.. p.Institutes.Select(i => new PlaceAnswer(i.Id.Value, i.ShortName, i.Country, i.Position))]
        );
}

internal sealed record PlaceAnswer(Guid Id, string ShortName, string Country, string Position);

internal sealed record PersonAnswer(
    Guid Id,
    string? Given,
    string? Family,
    bool FamilyFirst,
    string? Native,
    string Name,
    string SortName,
    string? PublicationName,
    string? Orcid,
    DateOnly? DeceasedOn,
    IReadOnlyList<string> Emails,
    AddressesAnswer? Addresses,
    IReadOnlyList<FormerNameAnswer> FormerNames,
    IReadOnlyList<HeldCertificateAnswer> Certificates,
    PersonAccountAnswer? Account,
    IReadOnlyList<MembershipAnswer> Memberships
)
{
    public static PersonAnswer Of(PersonModel model)
    {
        var member = model.Member;
        return new PersonAnswer(
            member.Id.Value,
            member.Given,
            member.Family,
            member.NameOrder == NameOrder.FamilyFirst,
            member.Native,
            member.DisplayName,
            member.SortName,
            member.PublicationName,
            member.Orcid,
            member.DeceasedOn,
            [.. member.Emails.OrderBy(e => e.Position).Select(e => e.Address)],
            model.Addresses is { } addresses ? AddressesAnswer.Of(addresses) : null,
            [.. member.FormerNames.OrderBy(n => n.Number).Select(n => new FormerNameAnswer(n.Display, n.Native, n.Until))],
            [.. member.Certificates.Select(c => new HeldCertificateAnswer(c.Subject, c.SuspendedAt is not null))],
            model.Account is { } account
                ? new PersonAccountAnswer(
                    account.Name,
                    account.State.ToString(),
                    account.GraceUntil?.AddDays(-1),
                    account.ExpiredAt is not null
                )
                : null,
            [
                .. member
                    .Memberships.OrderBy(m => m.From)
                    .Select(m => MembershipAnswer.Of(m, model.Institutes.GetValueOrDefault(m.InstituteId)?.ShortName)),
            ]
        );
    }
}

internal sealed record FormerNameAnswer(string Name, string? Native, DateTimeOffset Until);

internal sealed record HeldCertificateAnswer(string Subject, bool Suspended);

/// <param name="WorksUntil">Last day of the grace; null for members.</param>
/// <param name="Expired">The grace is over.</param>
internal sealed record PersonAccountAnswer(string Name, string State, DateOnly? WorksUntil, bool Expired);

internal sealed record MembershipAnswer(
    Guid Institute,
    string? ShortName,
    string Position,
    string Category,
    int Percent,
    DateOnly From,
    DateOnly? Until,
    DateOnly? AuthorFrom,
    DateOnly? AuthorUntil
)
{
    public static MembershipAnswer Of(Membership m, string? shortName) =>
        new(m.InstituteId.Value, shortName, m.Position, m.Category.ToString(), m.Percent, m.From, m.Until, m.AuthorFrom, m.AuthorUntil);
}
