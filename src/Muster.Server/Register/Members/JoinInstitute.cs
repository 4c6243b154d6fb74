using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.Members;
using Muster.Core.Roles;
using Muster.Server.Register.Institutes;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Members;

/// <summary>One more membership for a person, at once with others or after them: how people join, come back, and are at two places.</summary>
internal static class JoinInstitute
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapAct(FindPeople.Path, FindPeople.Api, "/{id:guid}/memberships", Power.EditRegister, HandleAsync)
            .Takes<JoinBody, PersonAnswer>("joinInstitute");
    }

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        Guid id,
        Desk desk,
        IOptions<RegisterOptions> options,
        ShowPerson.Loader page,
        CancellationToken ct
    )
    {
        var fields = Posted.Fields(http);
        var (terms, wrong) = PersonForm.ReadTerms(fields, options.Value.AllPositions);
        if (PersonForm.Institute(fields) is not { } institute)
            return await page.AnswerAsync(http, id, [new Refusal("membership.institute-unknown", "institute"), .. wrong], fields, ct);
        if (terms is null)
            return await page.AnswerAsync(http, id, wrong, fields, ct);

        var result = await desk.Writer.WriteAsync<Result<Membership>>(
            nameof(JoinInstitute),
            async (db, unit) =>
            {
                var now = desk.Now;
                if (await db.MemberAsync(id, unit) is not { } member)
                    return new Refusal("person.unknown");
                if (await db.InstituteAsync(institute, unit) is not { } place)
                    return new Refusal("membership.institute-unknown", "institute");
                if (!member.Join(institute, terms).TryGet(out var joined, out var why))
                    return why;
                db.Add(joined);
                var entry = Desk.Entry(
                    http,
                    "membership.began",
                    id,
                    null,
                    ("institute", place.ShortName),
                    ("terms", PersonForm.Describe(terms))
                );
                await desk.Audit.AppendAsync(db, entry with { InstituteId = institute.Value }, now, unit);
                await db.SaveChangesAsync(unit);
                return joined;
            },
            ct
        );
        return await page.AfterAsync(http, id, result.IsSuccess ? null : result.Refusal, fields, ct);
    }
}
