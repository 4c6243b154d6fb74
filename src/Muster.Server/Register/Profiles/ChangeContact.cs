using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Members;
using Muster.Core.Roles;
using Muster.Server.Register.Members;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Profiles;

/// <summary>Languages and contact: by the member, and by a registrar for the member; every change is in the trail with what was before.</summary>
internal static class ChangeContact
{
    public const string OwnPath = "/me/contact";
    private const string Pattern = "/{id:guid}/contact";

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteHandlerBuilder Own(string path) =>
            routes
                .MapGet(path, (HttpContext http, Desk desk, CancellationToken ct) => ShowAsync(http, desk, null, null, [], ct))
                .RequireSignIn();
        RouteHandlerBuilder ChangeOwn(string path) =>
            routes
                .MapPost(path, (HttpContext http, Desk desk, CancellationToken ct) => HandleAsync(http, desk, null, ct))
                .RequireSignIn()
                .TakesFormOrJson();
        RouteHandlerBuilder Of(string path) =>
            routes
                .MapGet(
                    path + Pattern,
                    (HttpContext http, Guid id, Desk desk, CancellationToken ct) => ShowAsync(http, desk, id, null, [], ct)
                )
                .RequirePower(Power.EditRegister);

        Own(OwnPath);
        Own("/api" + OwnPath).Answers<ContactAnswer>("showMyContact");
        ChangeOwn(OwnPath);
        ChangeOwn("/api" + OwnPath).Takes<ContactBody, ContactAnswer>("changeMyContact");
        Of(FindPeople.Path);
        Of(FindPeople.Api).Answers<ContactAnswer>("showContact");
        routes
            .MapAct(
                FindPeople.Path,
                FindPeople.Api,
                Pattern,
                Power.EditRegister,
                (HttpContext http, Guid id, Desk desk, CancellationToken ct) => HandleAsync(http, desk, id, ct)
            )
            .Takes<ContactBody, ContactAnswer>("changeContact");
    }

    /// <param name="of">Null for one's own.</param>
    private static async Task<IResult> HandleAsync(HttpContext http, Desk desk, Guid? of, CancellationToken ct)
    {
        var fields = Posted.Fields(http);
        var (details, wrong) = ContactDetails.Read(
            // A program may send the languages as a list.
            fields["languages"] is { Count: > 1 } several
                ? string.Join(',', several.ToArray())
                : fields.Text("languages"),
            fields.Text("phone"),
            fields.Text("office"),
            fields.Text("web")
        );
        if (details is null)
            return await ShowAsync(http, desk, of, fields, wrong, ct);
        var me = SignedIn.On(http)!; // the route needs it
        var seen = fields.Text("seen");

        var refused = await desk.Writer.WriteAsync<Refusal?>(
            nameof(ChangeContact),
            async (db, unit) =>
            {
                var now = desk.Now;
                if (await db.MemberAsync(of ?? me.MemberId.Value, unit) is not { } member)
                    return new Refusal("person.unknown");
                var contact = await db.Set<MemberContact>().SingleOrDefaultAsync(c => c.MemberId == member.Id, unit);
                if (seen is not null && seen != VersionOf(contact))
                    return new Refusal("contact.changed-meanwhile");
                var isNew = contact is null;
                contact ??= new MemberContact(member.Id);
                var before = Describe(contact.Details);
                if (!contact.Change(details, now))
                    return null; // nothing to do
                if (isNew)
                    db.Add(contact);
                var entry = Desk.Entry(
                    http,
                    "member.contact-changed",
                    member.Id.Value,
                    null,
                    ("before", before),
                    ("after", Describe(details))
                );
                await desk.Audit.AppendAsync(db, entry, now, unit);
                await db.SaveChangesAsync(unit);
                return null;
            },
            ct
        );
        return refused is { Code: "person.unknown" } ? Problems.Answer(http, refused, StatusCodes.Status404NotFound)
            : refused is not null ? await ShowAsync(http, desk, of, null, [refused], ct)
            : Problems.WantsJson(http) ? await ShowAsync(http, desk, of, null, [], ct)
            : Results.Redirect(of is { } id ? $"{FindPeople.Path}/{id}/contact?saved" : OwnPath + "?saved");
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        Desk desk,
        Guid? of,
        IFormCollection? typed,
        IReadOnlyList<Refusal> errors,
        CancellationToken ct
    )
    {
        var status =
            errors.Count == 0 ? StatusCodes.Status200OK
            : errors is [{ Code: "contact.changed-meanwhile" }] ? StatusCodes.Status409Conflict
            : StatusCodes.Status422UnprocessableEntity;
        if (errors.Count > 0 && Problems.WantsJson(http))
            return Problems.Document(errors, status);
        await using var db = await desk.ReadAsync(ct);
        if (await db.MemberAsync(of ?? SignedIn.On(http)!.MemberId.Value, ct) is not { } member) // the route needs it
            return Problems.Answer(http, new Refusal("person.unknown"), StatusCodes.Status404NotFound);
        if (of is not null)
            await desk.NoteLookAsync(http, db, member.Id, ct);
        var contact = await db.Set<MemberContact>().SingleOrDefaultAsync(c => c.MemberId == member.Id, ct);
        var details = contact?.Details ?? ContactDetails.None;
        return Problems.WantsJson(http)
            ? Results.Json(ContactAnswer.Of(details))
            : Pages.Show<ContactPage>(
                http,
                new
                {
                    Model = new ContactModel(member, of is null, details, typed, errors)
                    {
                        IsSaved = http.Request.Query.ContainsKey("saved"),
                        Seen = typed?.Text("seen") ?? VersionOf(contact),
                    },
                },
                status
            );
    }

    /// <summary>Tells whether what was there when the form was shown is still there.</summary>
    private static string VersionOf(MemberContact? contact) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Describe(contact?.Details ?? ContactDetails.None))))[..16];

    /// <summary>For the trail; empty where nothing is known.</summary>
    private static string Describe(ContactDetails details) =>
        string.Join(" · ", new[] { details.LanguageList, details.Phone, details.Office, details.Web }.Where(t => !string.IsNullOrEmpty(t)));
}

public sealed record ContactModel(Member Member, bool IsOwn, ContactDetails Details, IFormCollection? Typed, IReadOnlyList<Refusal> Errors)
{
    public bool IsSaved { get; init; }

    /// <summary>What was there when the form was shown.</summary>
    public string Seen { get; init; } = "";
}
