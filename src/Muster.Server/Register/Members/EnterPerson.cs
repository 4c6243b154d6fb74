using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Roles;
using Muster.Server.Register.Addresses;
using Muster.Server.Register.Institutes;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Members;

/// <summary>A registrar enters somebody who is not in the register yet; whoever resembles somebody is shown first, and needs a second word.</summary>
internal static class EnterPerson
{
    public const string Path = FindPeople.Path + "/new";
    private const int LikeShown = 5;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(Path, (HttpContext http, Parts parts, CancellationToken ct) => ShowAsync(http, parts, [], [], null, ct))
            .RequirePower(Power.EditRegister);
        routes
            .MapAct(Path, FindPeople.Api, "", Power.EditRegister, HandleAsync)
            .Takes<NewPersonBody, MadeAnswer>("enterPerson", StatusCodes.Status201Created);
    }

    private static async Task<IResult> HandleAsync(HttpContext http, Parts parts, CancellationToken ct)
    {
        var fields = Posted.Fields(http);
        var (person, wrong) = PersonForm.ReadPerson(fields, parts.Desk.Today);
        var (terms, wrongTerms) = PersonForm.ReadTerms(fields, parts.Options.Value.AllPositions);
        wrong.AddRange(wrongTerms);
        if (!EmailAddress.Parse(fields.Text("email")).TryGet(out var email, out var noEmail))
            wrong.Add(noEmail.At("email"));
        if (PersonForm.Institute(fields) is not { } institute)
        {
            wrong.Add(new Refusal("membership.institute-unknown", "institute"));
            institute = default;
        }
        if (person is null || terms is null || email is null || wrong.Count > 0)
            return await ShowAsync(http, parts, wrong, [], fields, ct);
        var isDifferent = fields.Ticked("different");

        var result = await parts.Desk.Writer.WriteAsync<(Member? Entered, Refusal? Why, IReadOnlyList<Member> Like)>(
            nameof(EnterPerson),
            async (db, unit) =>
            {
                var now = parts.Desk.Now;
                if (await db.InstituteAsync(institute, unit) is null)
                    return (null, new Refusal("membership.institute-unknown", "institute"), []);
                if (parts.Addresses.Value.RefusesMailbox(email) is { } own)
                    return (null, own.At("email"), []);
                var sameAddress = await db.MembersByEmailAsync(email.Key, unit);
                if (sameAddress.Count > 0)
                    return (null, new Refusal("person.email-of-another", "email"), sameAddress);
                if (person.Orcid is { } orcid && await db.MemberByOrcidAsync(orcid.Value, unit) is { } known)
                    return (null, new Refusal("person.orcid-of-another", "orcid"), await db.MemberAsync(known, unit) is { } m ? [m] : []);
                var like = await db.MembersByNameKeyAsync(person.Name.Key, LikeShown, unit);
                if (like.Count > 0 && !isDifferent)
                    return (null, new Refusal("person.like-another", "different"), like);

                var member = Member.Enter(new MemberId(Guid.CreateVersion7(now)), person.Name, null, now);
                member.Change(person.Name, person.PublicationName, person.Orcid, person.DeceasedOn, now);
                member.AddEmail(email);
                if (!member.Join(institute, terms).TryGet(out _, out var why))
                    return (null, why, []);
                db.Add(member);
                var entry = Desk.Entry(
                    http,
                    "member.entered",
                    member.Id.Value,
                    null,
                    ("name", member.DisplayName),
                    ("institute", institute.ToString()),
                    ("terms", PersonForm.Describe(terms)),
                    ("like", like.Count > 0 ? string.Join(", ", like.Select(l => l.Id)) : null)
                );
                await parts.Desk.Audit.AppendAsync(db, entry with { InstituteId = institute.Value }, now, unit);
                await db.SaveChangesAsync(unit);
                return (member, null, []);
            },
            ct
        );

        if (result.Entered is not { } entered)
            return await ShowAsync(http, parts, [result.Why!], result.Like, fields, ct); // one of the two is set
        return Problems.WantsJson(http)
            ? Results.Json(new MadeAnswer(entered.Id.Value), statusCode: StatusCodes.Status201Created)
            : Results.Redirect($"{FindPeople.Path}/{entered.Id}");
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        Parts parts,
        List<Refusal> errors,
        IReadOnlyList<Member> like,
        IFormCollection? typed,
        CancellationToken ct
    )
    {
        if (errors.Count > 0 && Problems.WantsJson(http))
            return Problems.Document(errors, StatusCodes.Status422UnprocessableEntity);
        await using var db = await parts.Desk.ReadAsync(ct);
        var model = new EnterPersonModel(await db.OpenInstitutesAsync(parts.Desk.Today, ct), parts.Options.Value.AllPositions)
        {
            Like = await db.LinesAsync([.. like.Select(l => l.Id)], parts.Desk.Today, ct),
            Errors = errors,
            Typed = typed,
            Today = parts.Desk.Today,
        };
        return Pages.ShowForm<EnterPersonPage>(http, new { Model = model }, errors);
    }

    /// <summary>What the form needs.</summary>
    internal sealed record Parts(Desk Desk, IOptions<RegisterOptions> Options, IOptions<AddressesOptions> Addresses);
}

public sealed record EnterPersonModel(IReadOnlyList<Institute> Institutes, IReadOnlyList<string> Positions)
{
    public IReadOnlyList<PersonLine> Like { get; init; } = [];
    public IReadOnlyList<Refusal> Errors { get; init; } = [];
    public IFormCollection? Typed { get; init; }
    public DateOnly Today { get; init; }
}
