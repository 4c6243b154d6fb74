using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Roles;
using Muster.Server.Register.Institutes;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Members;

/// <summary>Leaves one institute and is at another from a day on: one act. Account and credentials stay; those who speak for both are told.</summary>
internal static class MoveInstitute
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapAct(FindPeople.Path, FindPeople.Api, "/{id:guid}/move", Power.EditRegister, HandleAsync)
            .Takes<MoveBody, PersonAnswer>("moveInstitute");
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
        var leaving = PersonForm.Membership(fields.Text("leaving"));
        if (PersonForm.Institute(fields) is not { } to)
            wrong.Insert(0, new Refusal("membership.institute-unknown", "institute"));
        else if (leaving is null)
            wrong.Insert(0, new Refusal("membership.unknown", "leaving"));
        else if (terms is not null)
        {
            var result = await desk.Writer.WriteAsync<Result<Membership>>(
                nameof(MoveInstitute),
                (db, unit) => CommitAsync(http, db, desk, id, leaving.Value, to, terms, unit),
                ct
            );
            return await page.AfterAsync(http, id, result.IsSuccess ? null : result.Refusal, fields, ct);
        }
        return await page.AnswerAsync(http, id, wrong, fields, ct);
    }

    private static async Task<Result<Membership>> CommitAsync(
        HttpContext http,
        Storage.MusterDb db,
        Desk desk,
        Guid id,
        (InstituteId Institute, DateOnly Since) leaving,
        InstituteId to,
        MembershipTerms terms,
        CancellationToken ct
    )
    {
        var now = desk.Now;
        if (await db.MemberAsync(id, ct) is not { } member)
            return new Refusal("person.unknown");
        if (await db.InstituteAsync(to, ct) is not { } next || await db.InstituteAsync(leaving.Institute, ct) is not { } last)
            return new Refusal("membership.institute-unknown", "institute");
        if (!member.Move(leaving.Institute, leaving.Since, to, terms).TryGet(out var joined, out var why))
            return why;
        db.Add(joined);
        foreach (var (institute, other) in ((Institute, Institute)[])[(last, next), (next, last)])
        foreach (var speaker in await db.SpeakersAsync(institute.Id, desk.Today, ct))
            if (MembershipMails.Moved(member, last, next, terms.From, institute, speaker, now) is { } mail)
                db.Add(mail);
        var entry = Desk.Entry(
            http,
            "membership.moved",
            id,
            null,
            ("from", last.ShortName),
            ("to", next.ShortName),
            ("terms", PersonForm.Describe(terms))
        );
        await desk.Audit.AppendAsync(db, entry with { InstituteId = to.Value }, now, ct);
        await db.SaveChangesAsync(ct);
        return joined;
    }
}
