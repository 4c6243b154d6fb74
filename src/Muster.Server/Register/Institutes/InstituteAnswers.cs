using Muster.Core.Institutes;

namespace Muster.Server.Register.Institutes;

internal sealed record InstituteLineAnswer(
    Guid Id,
    string Name,
    string ShortName,
    string Country,
    string? Ror,
    DateOnly Since,
    DateOnly? Until,
    int People,
    IReadOnlyList<string> Speakers
)
{
    public static InstituteLineAnswer Of(InstituteLine line) =>
        new(
            line.Institute.Id.Value,
            line.Institute.Name,
            line.Institute.ShortName,
            line.Institute.Country,
            line.Institute.Ror,
            line.Institute.Since,
            line.Institute.Until,
            line.People,
            line.Speakers
        );
}

internal sealed record InstituteAnswer(
    Guid Id,
    string Name,
    string ShortName,
    string Country,
    string? Address,
    string? Ror,
    DateOnly Since,
    DateOnly? Until,
    DateOnly On,
    IReadOnlyList<NamedAnswer> People,
    IReadOnlyList<RepresentativeAnswer> Representatives,
    IReadOnlyList<Guid> Predecessors,
    IReadOnlyList<Guid> Successors,
    IReadOnlyList<RegistryAnswer> Registry
)
{
    public static InstituteAnswer Of(InstituteModel model) =>
        new(
            model.Institute.Id.Value,
            model.Institute.Name,
            model.Institute.ShortName,
            model.Institute.Country,
            model.Institute.Address,
            model.Institute.Ror,
            model.Institute.Since,
            model.Institute.Until,
            model.Day,
            [.. model.People.Select(p => new NamedAnswer(p.Id.Value, p.Name))],
            [
                .. model.Speakers.Select(s => new RepresentativeAnswer(
                    s.Who.MemberId.Value,
                    s.Name,
                    s.Who.Kind.ToString(),
                    s.Who.From,
                    s.Who.Until
                )),
            ],
            [.. model.Links.Where(l => !l.IsSuccessor).Select(l => l.Institute.Id.Value)],
            [.. model.Links.Where(l => l.IsSuccessor).Select(l => l.Institute.Id.Value)],
            [.. model.Registry.Select(r => new RegistryAnswer(r.What.Fact.ToString(), r.What.Ours, r.What.Theirs, r.Known?.Id.Value))]
        );
}

/// <summary>A fact of the registry that differs from ours.</summary>
/// <param name="Institute">Of a successor, the institute of ours that it is; null where there is none.</param>
internal sealed record RegistryAnswer(string Fact, string? Ours, string Theirs, Guid? Institute);

internal sealed record RegistryBody(string Fact, string Theirs);

internal sealed record NamedAnswer(Guid Id, string Name);

internal sealed record RepresentativeAnswer(Guid Member, string Name, string Kind, DateOnly From, DateOnly? Until);

/// <summary>An organisation of the ROR registry.</summary>
internal sealed record OrganisationAnswer(
    string Id,
    string Name,
    string? Acronym,
    IReadOnlyList<string> Names,
    string? Country,
    string? Place,
    bool Active,
    IReadOnlyList<string> Successors
)
{
    public static OrganisationAnswer Of(RorRecord r) => new(r.Id, r.Name, r.Acronym, r.Names, r.Country, r.Place, r.IsActive, r.Successors);
}

/// <summary>What <see cref="EnterInstitute"/> reads.</summary>
internal sealed record InstituteBody(
    string Name,
    string ShortName,
    string Country,
    DateOnly Since,
    DateOnly? Until = null,
    string? Address = null,
    string? Ror = null
);

internal sealed record RepresentativeBody(Guid Member, string Kind, DateOnly? From = null, DateOnly? Until = null);

internal sealed record RepresentativeEndBody(Guid Member, DateOnly Since);

internal sealed record SuccessorBody(Guid Successor, DateOnly? Day = null);
