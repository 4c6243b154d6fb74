using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.AuthorLists;
using Muster.Core.Roles;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.AuthorLists;

/// <summary>The author list of any day: what is wrong with it, how it reads, and the files that publishers and journals take.</summary>
internal static class ShowAuthorList
{
    public const string Path = "/desk/author-list";
    public const string Api = "/api/author-list";
    private const int LongestReference = 300;

    /// <summary>The files, by name.</summary>
    private static readonly Dictionary<string, (string Type, Func<CheckedAuthorList, string> Write)> files = new(StringComparer.Ordinal)
    {
        ["author.xml"] = ("application/xml", list => AuthorXml.Write(list)),
        ["authors.tex"] = ("application/x-tex", AuthblkLatex.Write),
        ["authors-revtex.tex"] = ("application/x-tex", RevtexLatex.Write),
        ["authors.csv"] = ("text/csv", AuthorCsv.Write),
    };

    public static IReadOnlyCollection<string> FileNames => files.Keys;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).RequirePower(Power.ReadRegister);
        routes
            .MapGet(Api + "/author.dtd", () => Results.Text(AuthorXml.Dtd, "application/xml-dtd"))
            .OpenToEveryone()
            .AnswersFile("authorDtd", ["application/xml-dtd"]);
        routes
            .MapGet(Api + "/{file}", FileAsync)
            .RequirePower(Power.ReadRegister)
            .AnswersFile(
                "authorList",
                [.. files.Values.Select(f => f.Type).Distinct(StringComparer.Ordinal)],
                o => o with { MoreQuery = ["reference", "on", "language"], NeededQuery = ["reference"] }
            );
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Parts parts, CancellationToken ct)
    {
        var wanted = Read(http.Request.Query, parts);
        if (!wanted.TryGet(out var asked, out var why))
            return Pages.Show<AuthorListPage>(
                http,
                new { Model = new AuthorListModel("", parts.Desk.Today, "en") { Errors = [why] } },
                StatusCodes.Status422UnprocessableEntity
            );
        var model = new AuthorListModel(asked.Reference, asked.Day, asked.Language);
        if (asked.Reference.Length > 0)
        {
            var list = await LoadAsync(parts, asked, ct);
            var problems = AuthorListCheck.Problems(list);
            model = model with
            {
                Problems = problems,
                List = problems.Count == 0 ? CheckedAuthorList.Create(list, asked.Order).Value : null,
            };
        }
        return Pages.Show<AuthorListPage>(http, new { Model = model });
    }

    private static async Task<IResult> FileAsync(HttpContext http, string file, Parts parts, CancellationToken ct)
    {
        if (!files.TryGetValue(file, out var kind))
            return Problems.Answer(http, new Refusal("request.not-found"), StatusCodes.Status404NotFound);
        if (!Read(http.Request.Query, parts).TryGet(out var asked, out var why))
            return Problems.Answer(http, why, StatusCodes.Status422UnprocessableEntity);
        var list = await LoadAsync(parts, asked, ct);
        if (AuthorListCheck.Problems(list) is { Count: > 0 } problems)
            return Problems.Document(problems, StatusCodes.Status422UnprocessableEntity);
        var text = kind.Write(CheckedAuthorList.Create(list, asked.Order).Value);
        return Results.File(System.Text.Encoding.UTF8.GetBytes(text), $"{kind.Type}; charset=utf-8", file);
    }

    private static async Task<AuthorList> LoadAsync(Parts parts, Asked asked, CancellationToken ct)
    {
        await using var db = await parts.Desk.ReadAsync(ct);
        var collaboration = new AuthorCollaboration(parts.Portal.Value.Collaboration, parts.Register.Value.ExperimentNumber);
        return await db.AuthorListAsync(asked.Reference, asked.Day, collaboration, ct);
    }

    private static Result<Asked> Read(IQueryCollection query, Parts parts)
    {
        if (!Days.OfQuery(query["on"], parts.Desk.Today).TryGet(out var day, out var why))
            return why;
        var language = query["language"].ToString() is { Length: > 0 and < 40 } typed ? typed : "en";
        if (!AuthorOrder.For(language).TryGet(out var order, out var unknown))
            return unknown.At("language");
        var reference = query["reference"].ToString().Trim();
        return new Asked(reference.Length <= LongestReference ? reference : reference[..LongestReference], day, language, order);
    }

    private sealed record Asked(string Reference, DateOnly Day, string Language, AuthorOrder Order);

    /// <summary>What both routes need.</summary>
    internal sealed record Parts(Desk Desk, IOptions<PortalOptions> Portal, IOptions<RegisterOptions> Register);
}

public sealed record AuthorListModel(string Reference, DateOnly Day, string Language)
{
    public IReadOnlyList<Refusal> Errors { get; init; } = [];

    /// <summary>Why the list cannot be written; each with its place in it.</summary>
    public IReadOnlyList<Refusal> Problems { get; init; } = [];

    /// <summary>Null before it was asked for, and where there are problems.</summary>
    public CheckedAuthorList? List { get; init; }
}
