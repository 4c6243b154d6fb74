using Muster.Core;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Renewals;
using Muster.Core.Roles;
using Muster.Server.Register.Institutes;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Expiry;

/// <summary>The registrar lets a membership end later and says why. An account that was in its grace, or over, is back with it.</summary>
internal static class ExtendMembership
{
    private const int LongestReason = 500;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapAct(FindPeople.Path, FindPeople.Api, "/{id:guid}/extend", Power.EditRegister, HandleAsync)
            .Takes<ExtendBody, PersonAnswer>("extendMembership");

    private static async Task<IResult> HandleAsync(HttpContext http, Guid id, Desk desk, ShowPerson.Loader page, CancellationToken ct)
    {
        var fields = Posted.Fields(http);
        var wrong = new List<Refusal>();
        var named = PersonForm.Membership(fields.Text("membership"));
        if (named is null)
            wrong.Add(new Refusal("membership.unknown", "membership"));
        if (!Days.Of(fields, "lastDay").TryGet(out var lastDay, out var noDay))
            wrong.Add(noDay);
        else if (lastDay is null)
            wrong.Add(new Refusal("renewal.day-missing", "lastDay"));
        var reason = fields.Words("reason", LongestReason);
        if (reason is null)
            wrong.Add(new Refusal("extension.reason-missing", "reason"));
        else if (!WellFormedText.Is(reason))
            wrong.Add(new Refusal("person.bad-characters", "reason"));
        if (wrong.Count > 0)
            return await page.AnswerAsync(http, id, wrong, fields, ct);

        var result = await desk.Writer.WriteAsync<Result<Membership>>(
            nameof(ExtendMembership),
            (db, unit) => CommitAsync(http, db, desk, id, named!.Value, lastDay!.Value, reason!, unit), // else something is wrong
            ct
        );
        return await page.AfterAsync(http, id, result.IsSuccess ? null : result.Refusal, fields, ct);
    }

    private static async Task<Result<Membership>> CommitAsync(
        HttpContext http,
        MusterDb db,
        Desk desk,
        Guid id,
        (InstituteId Institute, DateOnly From) named,
        DateOnly lastDay,
        string reason,
        CancellationToken ct
    )
    {
        if (await db.MemberAsync(id, ct) is not { } member)
            return new Refusal("person.unknown");
        if (member.Memberships.FirstOrDefault(m => m.InstituteId == named.Institute && m.From == named.From) is not { } membership)
            return new Refusal("membership.unknown", "membership");
        var before = membership.Terms;
        if (!RenewalRules.Extend(membership, lastDay, desk.Today).TryGet(out var terms, out var why))
            return why.At("lastDay");
        if (!member.ChangeMembership(named.Institute, named.From, terms).TryGet(out var extended, out why))
            return why.At("lastDay");
        var entry = Desk.Entry(
            http,
            "membership.extended",
            id,
            null,
            ("institute", (await db.InstituteAsync(named.Institute, ct))?.ShortName),
            ("before", PersonForm.Describe(before)),
            ("after", PersonForm.Describe(terms)),
            ("reason", reason)
        );
        await desk.Audit.AppendAsync(db, entry with { InstituteId = named.Institute.Value }, desk.Now, ct);
        await db.SaveChangesAsync(ct);
        return extended;
    }
}
