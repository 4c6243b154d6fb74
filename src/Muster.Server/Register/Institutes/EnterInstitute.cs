using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Institutes;
using Muster.Core.Roles;
using Muster.Server.Storage;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Institutes;

/// <summary>A new institute, or other facts of one that is there. A ROR id fills in what the form leaves empty.</summary>
internal static class EnterInstitute
{
    public const string Path = FindInstitutes.Path + "/new";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(Path, (HttpContext http, Desk desk, string? ror, CancellationToken ct) => StartAsync(http, desk, ror, ct))
            .RequirePower(Power.EditRegister);
        routes
            .MapAct(Path, FindInstitutes.Api, "", Power.EditRegister, EnterAsync)
            .Takes<InstituteBody, MadeAnswer>("enterInstitute", StatusCodes.Status201Created);
        routes
            .MapAct(FindInstitutes.Path, FindInstitutes.Api, "/{id:guid}", Power.EditRegister, ChangeAsync)
            .Takes<InstituteBody, InstituteAnswer>("changeInstitute");
    }

    private static async Task<IResult> StartAsync(HttpContext http, Desk desk, string? ror, CancellationToken ct)
    {
        await using var db = await desk.ReadAsync(ct);
        var record = RorId.Parse(ror).TryGet(out var id, out _) ? await db.RorRecordAsync(id.Value, ct) : null;
        var found = record is null && !string.IsNullOrWhiteSpace(ror) ? await db.SearchRorAsync(ror, ct) : [];
        var model = new EnterInstituteModel(ror?.Trim(), found, record, desk.Today);
        return Pages.Show<EnterInstitutePage>(http, new { Model = model });
    }

    private static async Task<IResult> EnterAsync(HttpContext http, Desk desk, ShowInstitute.Loader page, CancellationToken ct)
    {
        var fields = Posted.Fields(http);
        var (facts, wrong) = Read(fields);
        if (facts is null)
            return Refused(http, desk, wrong, fields);
        var result = await desk.Writer.WriteAsync<Result<Institute>>(
            nameof(EnterInstitute),
            async (db, unit) =>
            {
                var now = desk.Now;
                if (await TakenAsync(db, facts, null, unit) is { } taken)
                    return taken;
                var institute = new Institute(new InstituteId(Guid.CreateVersion7(now)), facts);
                db.Add(institute);
                var entry = Desk.Entry(http, "institute.entered", null, null, ("facts", Describe(institute)));
                await desk.Audit.AppendAsync(db, entry with { InstituteId = institute.Id.Value }, now, unit);
                await db.SaveChangesAsync(unit);
                return institute;
            },
            ct
        );
        if (!result.TryGet(out var entered, out var why))
            return Refused(http, desk, [why], fields);
        return Problems.WantsJson(http)
            ? Results.Json(new MadeAnswer(entered.Id.Value), statusCode: StatusCodes.Status201Created)
            : await page.AfterAsync(http, entered.Id.Value, null, fields, ct);
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, Guid id, Desk desk, ShowInstitute.Loader page, CancellationToken ct)
    {
        var fields = Posted.Fields(http);
        var (facts, wrong) = Read(fields);
        if (facts is null)
            return await page.AnswerAsync(http, id, wrong, fields, ct);
        var result = await desk.Writer.WriteAsync<Result<Institute>>(
            nameof(EnterInstitute) + ".change",
            async (db, unit) =>
            {
                if (await db.InstituteAsync(id, unit) is not { } institute)
                    return new Refusal("institute.unknown");
                if (await TakenAsync(db, facts, institute.Id, unit) is { } taken)
                    return taken;
                var before = Describe(institute);
                institute.Change(facts);
                if (Describe(institute) == before)
                    return institute; // nothing to do
                var entry = Desk.Entry(http, "institute.changed", null, null, ("before", before), ("after", Describe(institute)));
                await desk.Audit.AppendAsync(db, entry with { InstituteId = id }, desk.Now, unit);
                await db.SaveChangesAsync(unit);
                return institute;
            },
            ct
        );
        return await page.AfterAsync(http, id, result.IsSuccess ? null : result.Refusal, fields, ct);
    }

    private static async Task<Refusal?> TakenAsync(MusterDb db, InstituteFacts facts, InstituteId? own, CancellationToken ct)
    {
        var ror = facts.Ror is null ? null : RorId.Parse(facts.Ror).Value.Value; // checked
        var shortName = facts.ShortName.Trim();
        var like = await db.Set<Institute>()
            .AsNoTracking()
            .Where(i => i.ShortName == shortName || (ror != null && i.Ror == ror))
            .ToListAsync(ct);
        return like.Where(i => i.Id != own) switch
        {
            var others when others.Any(o => o.Ror == ror && ror is not null) => new Refusal("institute.ror-taken", "ror"),
            var others when others.Any() => new Refusal("institute.short-name-taken", "shortName"),
            _ => null,
        };
    }

    private static (InstituteFacts? Facts, List<Refusal> Wrong) Read(IFormCollection fields)
    {
        var wrong = new List<Refusal>();
        if (!Days.Of(fields, "since").TryGet(out var since, out var noSince))
            wrong.Add(noSince);
        else if (since is null)
            wrong.Add(new Refusal("institute.since-missing", "since"));
        if (!Days.After(fields, "until").TryGet(out var until, out var noUntil))
            wrong.Add(noUntil);
        var facts = new InstituteFacts(
            fields.Text("name") ?? "",
            fields.Text("shortName") ?? "",
            (fields.Text("country") ?? "").Trim().ToUpperInvariant(),
            fields.Text("address"),
            fields.Words("ror", 60),
            since ?? default,
            until
        );
        wrong.AddRange(facts.Check().Where(w => since is not null || w.Code != "institute.ends-before"));
        return (wrong.Count > 0 ? null : facts, wrong);
    }

    private static IResult Refused(HttpContext http, Desk desk, List<Refusal> errors, IFormCollection typed) =>
        Problems.WantsJson(http)
            ? Problems.Document(errors, StatusCodes.Status422UnprocessableEntity)
            : Pages.Show<EnterInstitutePage>(
                http,
                new { Model = new EnterInstituteModel(null, [], null, desk.Today) { Errors = errors, Typed = typed } },
                StatusCodes.Status422UnprocessableEntity
            );

    private static string Describe(Institute institute) =>
        string.Join(
            ", ",
            new[]
            {
                institute.Name,
                institute.ShortName,
                institute.Country,
                institute.Address,
                institute.Ror,
                $"{Days.Iso(institute.Since)} – {Days.LastIso(institute.Until) ?? "…"}",
            }.OfType<string>()
        );
}

public sealed record EnterInstituteModel(string? Question, IReadOnlyList<RorRecord> Found, RorRecord? Record, DateOnly Today)
{
    public IReadOnlyList<Refusal> Errors { get; init; } = [];
    public IFormCollection? Typed { get; init; }
}
