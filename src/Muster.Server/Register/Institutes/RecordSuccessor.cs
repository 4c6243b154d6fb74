using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Institutes;
using Muster.Core.Roles;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Institutes;

/// <summary>An institute went on as another, or into it. People move by an act of their own; this is how the one is found from the other.</summary>
internal static class RecordSuccessor
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapAct(FindInstitutes.Path, FindInstitutes.Api, "/{id:guid}/successors", Power.EditRegister, HandleAsync)
            .Takes<SuccessorBody, InstituteAnswer>("recordSuccessor");
    }

    private static async Task<IResult> HandleAsync(HttpContext http, Guid id, Desk desk, ShowInstitute.Loader page, CancellationToken ct)
    {
        var fields = Posted.Fields(http);
        if (!Days.Of(fields, "day").TryGet(out var day, out var noDay))
            return await page.AnswerAsync(http, id, [noDay], fields, ct);
        if (!Guid.TryParse(fields.Text("successor"), out var other) || other == Guid.Empty)
            return await page.AnswerAsync(http, id, [new Refusal("institute.successor-missing", "successor")], fields, ct);

        var refused = await desk.Writer.WriteAsync<Refusal?>(
            nameof(RecordSuccessor),
            async (db, unit) =>
            {
                if (await db.InstituteAsync(id, unit) is not { } institute)
                    return new Refusal("institute.unknown");
                if (await db.InstituteAsync(other, unit) is not { } next)
                    return new Refusal("institute.successor-missing", "successor");
                var on = day ?? desk.Today;
                if (await db.SucceedAsync(institute, next, on, unit) is { } why)
                    return why;
                var entry = Desk.Entry(
                    http,
                    "institute.succeeded",
                    null,
                    null,
                    ("predecessor", institute.ShortName),
                    ("successor", next.ShortName),
                    ("on", Days.Iso(on))
                );
                await desk.Audit.AppendAsync(db, entry with { InstituteId = id }, desk.Now, unit);
                await db.SaveChangesAsync(unit);
                return null;
            },
            ct
        );
        return await page.AfterAsync(http, id, refused, fields, ct);
    }
}
