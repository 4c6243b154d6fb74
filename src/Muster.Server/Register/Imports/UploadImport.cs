using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using Muster.Core;
using Muster.Core.Imports;
using Muster.Core.Members;
using Muster.Core.Roles;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Imports;

/// <summary>A file with people comes in. It is kept and looked at, and nothing of it is done: that is for <see cref="ApplyImport"/>.</summary>
internal static class UploadImport
{
    public const string Path = "/desk/import";
    public const string Api = "/api/imports";

    /// <summary>What a form has beside the file.</summary>
    private const int FormRest = 64 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(Path, (HttpContext http, Desk desk, CancellationToken ct) => ShowAsync(http, desk, null, null, ct))
            .RequirePower(Power.EditRegister);
        routes
            .MapPost(Path, FormAsync)
            .RequirePower(Power.EditRegister)
            .RequireFormToken()
            .WithMetadata(new RequestSizeLimitAttribute(ImportPlans.MostBytes + FormRest));
        // The body is the file. No page of another site can send these kinds with our cookie, so there is no token.
        routes
            .MapPost(Api, BodyAsync)
            .DisableAntiforgery()
            .RequirePower(Power.EditRegister)
            .WithMetadata(new RequestSizeLimitAttribute(ImportPlans.MostBytes))
            .Does<ImportAnswer>("uploadImport", StatusCodes.Status201Created, o => o with { FilesIn = ["text/csv", "application/json"] });
    }

    private static async Task<IResult> FormAsync(HttpContext http, Desk desk, ImportPlans plans, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        if (form.Files["file"] is not { Length: > 0 } file)
            return await ShowAsync(http, desk, new Refusal("import.file-missing", "file"), form, ct);
        if (file.Length > ImportPlans.MostBytes)
            return await ShowAsync(http, desk, new Refusal("request.too-large", "file"), form, ct);
        if (Mode(form.Text("mode")) is not { } mode)
            return await ShowAsync(http, desk, new Refusal("import.mode-unknown", "mode"), form, ct);
        await using var stream = file.OpenReadStream();
        var (batch, _) = await KeepAsync(http, desk, plans, await BytesAsync(stream, (int)file.Length, ct), file.FileName, mode, ct);
        return Results.Redirect($"{Path}/{batch.Id}");
    }

    private static async Task<IResult> BodyAsync(
        HttpContext http,
        Desk desk,
        ImportPlans plans,
        string? mode,
        string? name,
        CancellationToken ct
    )
    {
        var kind = http.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        if (kind is not ("text/csv" or "application/json"))
            return Problems.Document([new Refusal("import.wrong-kind")], StatusCodes.Status415UnsupportedMediaType);
        if (Mode(mode) is not { } chosen)
            return Problems.Document([new Refusal("import.mode-unknown", "mode")], StatusCodes.Status422UnprocessableEntity);
        var content = await BytesAsync(http.Request.Body, (int)(http.Request.ContentLength ?? 0), ct);
        if (content.Length == 0)
            return Problems.Document([new Refusal("import.file-missing", "file")], StatusCodes.Status422UnprocessableEntity);
        var (batch, plan) = await KeepAsync(http, desk, plans, content, name ?? "", chosen, ct);
        return Results.Json(ImportAnswer.Of(batch, plan, [], 1, ShowImport.PageSize), statusCode: StatusCodes.Status201Created);
    }

    /// <summary>The dry run: the plan is made to be shown, and kept is the file alone.</summary>
    private static async Task<(ImportBatch, ImportPlan)> KeepAsync(
        HttpContext http,
        Desk desk,
        ImportPlans plans,
        byte[] content,
        string fileName,
        ImportMode mode,
        CancellationToken ct
    )
    {
        ImportPlan plan;
        await using (var db = await desk.ReadAsync(ct))
            plan = await plans.LookAsync(db, content, mode, ct);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        var packed = ImportPlans.Pack(content);
        var batch = await desk.Writer.WriteAsync(
            nameof(UploadImport),
            async (db, unit) =>
            {
                var now = desk.Now;
                var kept = new ImportBatch(Guid.CreateVersion7(now), Name(fileName), sha256, packed, mode, SignedIn.On(http)!.Name, now);
                db.Add(kept);
                var entry = Desk.Entry(
                    http,
                    "import.planned",
                    null,
                    null,
                    ("import", kept.Id.ToString()),
                    ("file", kept.FileName),
                    ("sha256", sha256),
                    ("mode", mode.ToString()),
                    ("problems", $"{plan.Problems.Count}")
                );
                await desk.Audit.AppendAsync(db, entry, now, unit);
                await db.SaveChangesAsync(unit);
                return kept;
            },
            ct
        );
        return (batch, plan);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Desk desk, Refusal? why, IFormCollection? typed, CancellationToken ct)
    {
        await using var db = await desk.ReadAsync(ct);
        var model = new ImportsModel(await db.RecentImportsAsync(ct), why is null ? [] : [why], typed);
        return Pages.Show<ImportsPage>(
            http,
            new { Model = model },
            why is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity
        );
    }

    private static ImportMode? Mode(string? text) =>
        text switch
        {
            null or "" or "changes" => ImportMode.Changes,
            "whole" => ImportMode.WholeList,
            _ => null,
        };

    private static async Task<byte[]> BytesAsync(Stream stream, int expected, CancellationToken ct)
    {
        using var content = new MemoryStream(Math.Clamp(expected, 0, ImportPlans.MostBytes));
        await stream.CopyToAsync(content, ct); // bounded by the route
        return content.Length == content.Capacity ? content.GetBuffer() : content.ToArray();
    }

    /// <summary>Without folders; what browsers send is anybody's word.</summary>
    private static string Name(string text)
    {
        const int Longest = 120;
        var bare = text[(text.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
        return bare.Length == 0 || !WellFormedText.Is(bare) ? "people"
            : bare.Length <= Longest ? bare
            : bare[..Longest];
    }
}

public sealed record ImportsModel(IReadOnlyList<ImportLineShown> Recent, IReadOnlyList<Refusal> Errors, IFormCollection? Typed);
