using System.Globalization;
using Muster.Core;
using Muster.Core.Imports;
using Muster.Core.Roles;
using Muster.Server.Register.Addresses;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Imports;

/// <summary>
/// Does what a file was shown to do, whole or not at all. The plan is made again inside the unit and must be the one that was looked at;
/// where it touches many, the number of those has to be said once more.
/// </summary>
internal static class ApplyImport
{
    /// <summary>In the trail, about each person.</summary>
    public const string PersonAction = "member.imported";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapAct(UploadImport.Path, UploadImport.Api, "/{id:guid}/apply", Power.EditRegister, HandleAsync)
            .Takes<ApplyBody, ImportAnswer>("applyImport");

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        Guid id,
        Desk desk,
        ImportPlans plans,
        AddressGiving addresses,
        ShowImport.Loader page,
        CancellationToken ct
    )
    {
        var fields = Posted.Fields(http);
        var digest = fields.Text("digest") ?? "";
        int? brake =
            fields.Ticked("brake") && int.TryParse(fields.Text("changes"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
        ImportFile? file = null;
        await using (var db = await desk.ReadAsync(ct))
            if (await db.ImportAsync(id, ct) is { State: ImportState.Planned } waiting)
                file = ImportFile.Read(ImportPlans.Unpack(waiting.Content)); // not while others wait for the writer
        var work = new ImportWork(desk.Audit, addresses);

        var why = await desk.Writer.WriteAsync<Refusal?>(
            nameof(ApplyImport),
            async (db, unit) =>
            {
                var now = desk.Now;
                if (await db.ImportAsync(id, unit) is not { } batch)
                    return new Refusal("import.unknown");
                if (batch.State != ImportState.Planned || file is null)
                    return new Refusal("import.not-planned");
                var plan = await plans.PlanAsync(db, file, batch.Mode, unit);
                if (batch.MayApply(plan, digest, brake) is { } refused)
                    return refused;
                batch.Apply(plan, SignedIn.On(http)!.Name, now); // the route needs it
                var entry = Desk.Entry(
                    http,
                    "import.applied",
                    null,
                    null,
                    ("import", $"{id}"),
                    ("file", batch.FileName),
                    ("sha256", batch.Sha256),
                    ("entered", $"{batch.Entered}"),
                    ("changed", $"{batch.Changed}"),
                    ("left", $"{batch.Left}"),
                    ("brake", plan.IsBraked ? $"{brake}" : null)
                );
                await desk.Audit.AppendAsync(db, entry, now, unit);
                await db.SaveChangesAsync(unit);
                db.ChangeTracker.Clear();
                await work.CarryOutAsync(
                    db,
                    id,
                    plan,
                    (step, member) =>
                    {
                        var about = Desk.Entry(
                            http,
                            PersonAction,
                            member,
                            null,
                            ("import", $"{id}"),
                            ("line", $"{step.Line}"),
                            ("what", ImportWords.Of(step))
                        );
                        return step.Memberships is [var only] ? about with { InstituteId = only.Institute.Value } : about;
                    },
                    now,
                    unit
                );
                await db.ImportAsync(id, unit); // what the commit tells of to those who keep something of the register
                return null;
            },
            ct
        );
        return why is null && !Problems.WantsJson(http)
            ? Results.Redirect($"{UploadImport.Path}/{id}")
            : await page.AnswerAsync(http, id, 1, why, ct);
    }
}
