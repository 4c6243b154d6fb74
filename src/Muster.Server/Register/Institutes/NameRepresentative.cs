using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Roles;
using Muster.Server.Register.Members;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Institutes;

/// <summary>Somebody speaks for an institute from a day on: representative, deputy, or cover for a holiday; and speaks no more.</summary>
internal static class NameRepresentative
{
    private const string Pattern = "/{id:guid}/representatives";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapAct(FindInstitutes.Path, FindInstitutes.Api, Pattern, Power.EditRegister, NameAsync)
            .Takes<RepresentativeBody, InstituteAnswer>("nameRepresentative");
        routes
            .MapAct(FindInstitutes.Path, FindInstitutes.Api, Pattern + "/end", Power.EditRegister, EndAsync)
            .Takes<RepresentativeEndBody, InstituteAnswer>("endRepresentative");
    }

    private static async Task<IResult> NameAsync(HttpContext http, Guid id, Desk desk, ShowInstitute.Loader page, CancellationToken ct)
    {
        var fields = Posted.Fields(http);
        var wrong = new List<Refusal>();
        if (!Days.Of(fields, "from").TryGet(out var from, out var noFrom))
            wrong.Add(noFrom);
        if (!Days.After(fields, "until").TryGet(out var until, out var noUntil))
            wrong.Add(noUntil);
        var kind = FormPosts.Choice<RepresentativeKind>(fields.Text("kind"));
        if (kind is null)
            wrong.Add(new Refusal("representative.kind-unknown", "kind"));
        if (!Guid.TryParse(fields.Text("member"), out var who) || who == Guid.Empty)
            wrong.Add(new Refusal("representative.member-missing", "member"));
        if (kind is null || wrong.Count > 0)
            return await page.AnswerAsync(http, id, wrong, fields, ct);

        var result = await desk.Writer.WriteAsync<Result<Representative>>(
            nameof(NameRepresentative),
            async (db, unit) =>
            {
                if (await db.InstituteAsync(id, unit) is not { } institute)
                    return new Refusal("institute.unknown");
                if (await db.MemberAsync(who, unit) is not { } member)
                    return new Refusal("representative.member-missing", "member");
                var first = from ?? desk.Today;
                if (!member.Memberships.Any(m => m.InstituteId == institute.Id && (m.Until is null || m.Until > first)))
                    return new Refusal("representative.not-of-institute", "member");
                var own = await db.Set<Representative>()
                    .Where(r => r.InstituteId == institute.Id && r.MemberId == member.Id)
                    .ToListAsync(unit);
                if (Representative.Check(kind.Value, first, until, own) is { } refused)
                    return refused;
                var named = new Representative(institute.Id, member.Id, kind.Value, first, until);
                db.Add(named);
                await AppendAsync(http, desk, db, "representative.named", named, member, unit);
                return named;
            },
            ct
        );
        return await page.AfterAsync(http, id, result.IsSuccess ? null : result.Refusal, fields, ct);
    }

    private static async Task<IResult> EndAsync(HttpContext http, Guid id, Desk desk, ShowInstitute.Loader page, CancellationToken ct)
    {
        var fields = Posted.Fields(http);
        if (
            !Guid.TryParse(fields.Text("member"), out var who)
            || who == Guid.Empty
            || id == Guid.Empty
            || !Days.Of(fields, "since").TryGet(out var since, out _)
        )
            return await page.AnswerAsync(http, id, [new Refusal("representative.unknown")], fields, ct);

        var result = await desk.Writer.WriteAsync<Result<Representative>>(
            nameof(NameRepresentative) + ".end",
            async (db, unit) =>
            {
                var (institute, speaker) = (new InstituteId(id), new MemberId(who));
                var named = await db.Set<Representative>()
                    .SingleOrDefaultAsync(r => r.InstituteId == institute && r.MemberId == speaker && r.From == since, unit);
                if (named is null || await db.MemberAsync(speaker, unit) is not { } member)
                    return new Refusal("representative.unknown");
                if (named.End(desk.Today))
                    await AppendAsync(http, desk, db, "representative.ended", named, member, unit);
                return named;
            },
            ct
        );
        return await page.AfterAsync(http, id, result.IsSuccess ? null : result.Refusal, fields, ct);
    }

    private static async Task AppendAsync(
        HttpContext http,
        Desk desk,
        Storage.MusterDb db,
        string action,
        Representative named,
        Member member,
        CancellationToken ct
    )
    {
        var entry = Desk.Entry(
            http,
            action,
            member.Id.Value,
            null,
            ("name", member.DisplayName),
            ("kind", named.Kind.ToString()),
            ("days", $"{Days.Iso(named.From)} – {Days.LastIso(named.Until) ?? "…"}")
        );
        await desk.Audit.AppendAsync(db, entry with { InstituteId = named.InstituteId.Value }, desk.Now, ct);
        await db.SaveChangesAsync(ct);
    }
}
