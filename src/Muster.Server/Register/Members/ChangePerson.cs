using Muster.Core;
using Muster.Core.Members;
using Muster.Core.Roles;
using Muster.Server.Audit;
using Muster.Server.Register.Addresses;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Members;

/// <summary>Another name, publication name, ORCID iD or day of death. A name that is given up stays on record and findable.</summary>
internal static class ChangePerson
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapAct(FindPeople.Path, FindPeople.Api, "/{id:guid}", Power.EditRegister, HandleAsync)
            .Takes<PersonBody, PersonAnswer>("changePerson");
    }

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        Guid id,
        Desk desk,
        AddressGiving addresses,
        ShowPerson.Loader page,
        CancellationToken ct
    )
    {
        var fields = Posted.Fields(http);
        var (person, wrong) = PersonForm.ReadPerson(fields, desk.Today);
        if (person is null)
            return await page.AnswerAsync(http, id, wrong, fields, ct);

        var result = await desk.Writer.WriteAsync<Result<Member>>(
            nameof(ChangePerson),
            async (db, unit) =>
            {
                var now = desk.Now;
                if (await db.MemberAsync(id, unit) is not { } member)
                    return new Refusal("person.unknown");
                if (person.Orcid is { } orcid && await db.MemberByOrcidAsync(orcid.Value, unit) is { } other && other != member.Id)
                    return new Refusal("person.orcid-of-another", "orcid");
                var before = Describe(member);
                var (names, name) = (member.FormerNames.Count, member.Name);
                if (!member.Change(person.Name, person.PublicationName, person.Orcid, person.DeceasedOn, now))
                    return member; // nothing to do
                if (member.FormerNames.Count > names)
                {
                    db.Add(member.FormerNames[^1]);
                    var by = Actor.Account(SignedIn.On(http)!.Name); // the route needs it
                    await addresses.FollowNameAsync(db, member, name, by, now, unit);
                }
                var entry = Desk.Entry(http, "member.changed", id, null, ("before", before), ("after", Describe(member)));
                await desk.Audit.AppendAsync(db, entry, now, unit);
                await db.SaveChangesAsync(unit);
                return member;
            },
            ct
        );
        return await page.AfterAsync(http, id, result.IsSuccess ? null : result.Refusal, fields, ct);
    }

    private static string Describe(Member member) =>
        string.Join(
            ", ",
            new[]
            {
                member.DisplayName,
                member.Native,
                member.PublicationName is { } publication ? $"“{publication}”" : null,
                member.Orcid,
                member.DeceasedOn is { } day ? $"† {Days.Iso(day)}" : null,
            }.OfType<string>()
        );
}
