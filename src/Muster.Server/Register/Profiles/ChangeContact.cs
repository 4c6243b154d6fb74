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

        var isThere = await desk.Writer.WriteAsync(
            nameof(ChangeContact),
            async (db, unit) =>
            {
                var now = desk.Now;
                if (await db.MemberAsync(of ?? me.MemberId.Value, unit) is not { } member)
                    return false;
                var contact = await db.Set<MemberContact>().SingleOrDefaultAsync(c => c.MemberId == member.Id, unit);
                var isNew = contact is null;
                contact ??= new MemberContact(member.Id);
                var before = Describe(contact.Details);
                if (!contact.Change(details, now))
                    return true; // nothing to do
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
                return true;
            },
            ct
        );
        return !isThere ? Problems.Answer(http, new Refusal("person.unknown"), StatusCodes.Status404NotFound)
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
        if (errors.Count > 0 && Problems.WantsJson(http))
            return Problems.Document(errors, StatusCodes.Status422UnprocessableEntity);
        await using var db = await desk.ReadAsync(ct);
        if (await db.MemberAsync(of ?? SignedIn.On(http)!.MemberId.Value, ct) is not { } member) // the route needs it
            return Problems.Answer(http, new Refusal("person.unknown"), StatusCodes.Status404NotFound);
        var details = await db.ContactAsync(member.Id, ct);
        return Problems.WantsJson(http)
            ? Results.Json(ContactAnswer.Of(details))
            : Pages.ShowForm<ContactPage>(
                http,
                new
                {
                    Model = new ContactModel(member, of is null, details, typed, errors)
                    {
                        IsSaved = http.Request.Query.ContainsKey("saved"),
                    },
                },
                errors
            );
    }

    /// <summary>For the trail; empty where nothing is known.</summary>
    private static string Describe(ContactDetails details) =>
        string.Join(" · ", new[] { details.LanguageList, details.Phone, details.Office, details.Web }.Where(t => !string.IsNullOrEmpty(t)));
}

public sealed record ContactModel(Member Member, bool IsOwn, ContactDetails Details, IFormCollection? Typed, IReadOnlyList<Refusal> Errors)
{
    public bool IsSaved { get; init; }
}
