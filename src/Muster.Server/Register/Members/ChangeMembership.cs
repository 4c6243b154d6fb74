using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Roles;
using Muster.Server.Register.Institutes;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Members;

/// <summary>Other terms for a membership: it ends, is extended, changes position or authorship. Its first day names it and stays.</summary>
internal static class ChangeMembership
{
    private const string Pattern = "/{id:guid}/memberships/{institute:guid}/{from}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapAct(FindPeople.Path, FindPeople.Api, Pattern, Power.EditRegister, HandleAsync)
            .Takes<TermsBody, PersonAnswer>("changeMembership");
    }

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        Guid id,
        Guid institute,
        string from,
        Desk desk,
        IOptions<RegisterOptions> options,
        ShowPerson.Loader page,
        CancellationToken ct
    )
    {
        var fields = Posted.Fields(http);
        if (institute == Guid.Empty || !Days.OfQuery(from, default).TryGet(out var since, out _))
            return await page.AnswerAsync(http, id, [new Refusal("membership.unknown")], fields, ct);
        var (terms, wrong) = PersonForm.ReadTerms(fields, options.Value.AllPositions, since);
        if (terms is null)
            return await page.AnswerAsync(http, id, wrong, fields, ct);

        var result = await desk.Writer.WriteAsync<Result<Membership>>(
            nameof(ChangeMembership),
            async (db, unit) =>
            {
                var now = desk.Now;
                var at = new InstituteId(institute);
                if (await db.MemberAsync(id, unit) is not { } member)
                    return new Refusal("person.unknown");
                if (member.Memberships.FirstOrDefault(m => m.InstituteId == at && m.From == since) is not { } old)
                    return new Refusal("membership.unknown");
                var before = old.Terms;
                if (before == terms)
                    return old; // nothing to do
                if (!member.ChangeMembership(at, since, terms).TryGet(out var changed, out var why))
                    return why;
                var entry = Desk.Entry(
                    http,
                    "membership.changed",
                    id,
                    null,
                    ("institute", (await db.InstituteAsync(at, unit))?.ShortName),
                    ("before", PersonForm.Describe(before)),
                    ("after", PersonForm.Describe(terms))
                );
                await desk.Audit.AppendAsync(db, entry with { InstituteId = institute }, now, unit);
                await db.SaveChangesAsync(unit);
                return changed;
            },
            ct
        );
        return await page.AfterAsync(http, id, result.IsSuccess ? null : result.Refusal, fields, ct);
    }
}
