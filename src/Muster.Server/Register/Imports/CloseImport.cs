using Muster.Core;
using Muster.Core.Roles;
using Muster.Server.Register.Addresses;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Imports;

/// <summary>Throws a dry run away, or takes back what was applied: all of it, and only while nobody whom it touched was changed since.</summary>
internal static class CloseImport
{
    private const int NamesShown = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapAct(UploadImport.Path, UploadImport.Api, "/{id:guid}/discard", Power.EditRegister, DiscardAsync)
            .Does<ImportAnswer>("discardImport");
        routes
            .MapAct(UploadImport.Path, UploadImport.Api, "/{id:guid}/rollback", Power.EditRegister, RollBackAsync)
            .Does<ImportAnswer>("rollbackImport");
    }

    private static async Task<IResult> DiscardAsync(HttpContext http, Guid id, Desk desk, ShowImport.Loader page, CancellationToken ct)
    {
        var why = await desk.Writer.WriteAsync<Refusal?>(
            nameof(CloseImport),
            async (db, unit) =>
            {
                var now = desk.Now;
                if (await db.ImportAsync(id, unit) is not { } batch)
                    return new Refusal("import.unknown");
                if (batch.Discard(SignedIn.On(http)!.Name, now) is { } refused) // the route needs it
                    return refused;
                var entry = Desk.Entry(http, "import.discarded", null, null, ("import", $"{id}"), ("file", batch.FileName));
                await desk.Audit.AppendAsync(db, entry, now, unit);
                await db.SaveChangesAsync(unit);
                return null;
            },
            ct
        );
        return await AnswerAsync(http, id, page, why, ct);
    }

    private static async Task<IResult> RollBackAsync(
        HttpContext http,
        Guid id,
        Desk desk,
        AddressGiving addresses,
        ShowImport.Loader page,
        CancellationToken ct
    )
    {
        var work = new ImportWork(desk.Audit, addresses);
        var why = await desk.Writer.WriteAsync<Refusal?>(
            nameof(CloseImport),
            async (db, unit) =>
            {
                var now = desk.Now;
                if (await db.ImportAsync(id, unit) is not { } batch)
                    return new Refusal("import.unknown");
                if (batch.RollBack(SignedIn.On(http)!.Name, now) is { } refused) // the route needs it
                    return refused;
                db.ChangeTracker.Clear();
                var changed = await ImportWork.ChangedSinceAsync(db, id, unit);
                if (changed.Count > 0)
                {
                    var names = string.Join("; ", changed.Take(NamesShown)) + (changed.Count > NamesShown ? "; …" : "");
                    return Refusal.With("import.changed-since", $"{changed.Count}", names);
                }
                await work.TakeBackAsync(
                    db,
                    id,
                    change => Desk.Entry(http, "member.import-undone", change.MemberId, null, ("import", $"{id}"), ("what", change.What)),
                    now,
                    unit
                );
                batch = (await db.ImportAsync(id, unit))!; // was there a moment ago
                batch.RollBack(SignedIn.On(http)!.Name, now);
                var entry = Desk.Entry(http, "import.rolled-back", null, null, ("import", $"{id}"), ("file", batch.FileName));
                await desk.Audit.AppendAsync(db, entry, now, unit);
                await db.SaveChangesAsync(unit);
                return null;
            },
            ct
        );
        return await AnswerAsync(http, id, page, why, ct);
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, Guid id, ShowImport.Loader page, Refusal? why, CancellationToken ct) =>
        why is null && !Problems.WantsJson(http)
            ? Results.Redirect($"{UploadImport.Path}/{id}")
            : await page.AnswerAsync(http, id, 1, why, ct);
}
