using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Institutes;
using Muster.Core.Roles;
using Muster.Server.Storage;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Institutes;

/// <summary>One fact of the registry becomes ours: the one that was shown, and only while the registry still says so.</summary>
internal static class TakeOverFact
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapAct(FindInstitutes.Path, FindInstitutes.Api, "/{id:guid}/registry", Power.EditRegister, HandleAsync)
            .Takes<RegistryBody, InstituteAnswer>("takeOverFact");

    private static async Task<IResult> HandleAsync(HttpContext http, Guid id, Desk desk, ShowInstitute.Loader page, CancellationToken ct)
    {
        var fields = Posted.Fields(http);
        var fact = FormPosts.Choice<RorFact>(fields.Text("fact"));
        var theirs = fields.Text("theirs");
        var result = await desk.Writer.WriteAsync<Result<Institute>>(
            nameof(TakeOverFact),
            async (db, unit) =>
            {
                if (await db.InstituteAsync(id, unit) is not { } institute)
                    return new Refusal("institute.unknown");
                var lines = await db.RegistryLinesAsync(institute, desk.Today, unit);
                if (lines.FirstOrDefault(l => l.What.Fact == fact && l.What.Theirs == theirs) is not { } line)
                    return new Refusal("ror.no-difference");
                var refused =
                    line.What.Fact != RorFact.Successor ? Change(desk, institute, line)
                    : line.Known is { } next ? await db.SucceedAsync(institute, next, desk.Today, unit)
                    : new Refusal("institute.successor-missing");
                if (refused is not null)
                    return refused;
                var entry = Desk.Entry(
                    http,
                    "institute.fact-taken-over",
                    null,
                    null,
                    ("fact", line.What.Fact.ToString()),
                    ("before", line.What.Ours),
                    ("after", line.What.Theirs),
                    ("institute", line.Known?.ShortName)
                );
                await desk.Audit.AppendAsync(db, entry with { InstituteId = id }, desk.Now, unit);
                await db.SaveChangesAsync(unit);
                return institute;
            },
            ct
        );
        return await page.AfterAsync(http, id, result.IsSuccess ? null : result.Refusal, fields, ct);
    }

    private static Refusal? Change(Desk desk, Institute institute, RegistryLine line)
    {
        if (!line.What.TakenOver(institute.Facts, desk.Today).TryGet(out var facts, out var why))
            return why;
        institute.Change(facts);
        return null;
    }
}
