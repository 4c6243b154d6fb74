using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Accounts;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Renewals;
using Muster.Core.Roles;
using Muster.Server.Audit;
using Muster.Server.Register;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Institutes;
using Muster.Server.Storage;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Enrolment.Renewals;

/// <summary>The representative's page: my people, one line each. Signed in, or by the link of a mail.</summary>
internal static class ShowMyInstitute
{
    public const string Path = "/my-institute";
    public const string LinkPath = "/represent/";
    public const string Purpose = "represent-institute";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ListAsync).RequirePower(Power.SpeakForInstitute);
        routes.MapGet("/api" + Path, ListAsync).RequirePower(Power.SpeakForInstitute).Answers<List<MyInstituteAnswer>>("listMyInstitutes");
        routes.MapGet(Path + "/{id:guid}", ShowAsync).RequirePower(Power.SpeakForInstitute);
        routes
            .MapGet("/api" + Path + "/{id:guid}", ShowAsync)
            .RequirePower(Power.SpeakForInstitute)
            .Answers<List<MyPersonAnswer>>("showMyInstitute");
        routes.MapAct(Path, "/api" + Path, "/{id:guid}", Power.SpeakForInstitute, SayAsync).Takes<SayBody, SaidAnswer>("confirmPeople");
        routes.MapGet(LinkPath + "{token}", OpenLinkAsync).OpenToEveryone();
        routes.MapPost(LinkPath + "{token}", SayByLinkAsync).OpenToEveryone().RequireFormToken();
    }

    private static async Task<IResult> ListAsync(HttpContext http, Desk desk, CancellationToken ct)
    {
        var mine = Mine(http);
        var isAsked = Problems.WantsJson(http);
        if (mine is [var only] && !isAsked)
            return Results.Redirect($"{Path}/{only}");
        await using var db = await desk.ReadAsync(ct);
        var institutes = await db.Set<Institute>().Where(i => mine.Contains(i.Id)).OrderBy(i => i.ShortName).ToListAsync(ct);
        return isAsked
            ? Results.Json(institutes.Select(i => new MyInstituteAnswer(i.Id.Value, i.Name, i.ShortName)))
            : Pages.Show<MyInstitutesPage>(http, new { Institutes = institutes });
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Guid id, Desk desk, CancellationToken ct) =>
        Mine(http).FirstOrDefault(i => i.Value == id) is { } institute && institute != default
            ? await AnswerAsync(http, desk, institute, Self(http), $"{Path}/{id}", null, [], null, ct)
            : Problems.Answer(http, new Refusal("request.not-allowed"), StatusCodes.Status403Forbidden);

    private static async Task<IResult> SayAsync(HttpContext http, Guid id, Desk desk, ConfirmPeople work, CancellationToken ct)
    {
        var institute = Mine(http).FirstOrDefault(i => i.Value == id);
        if (institute == default)
            return Problems.Answer(http, new Refusal("request.not-allowed"), StatusCodes.Status403Forbidden);
        var by = new ConfirmPeople.Speaker(institute, Self(http), Actor.Account(SignedIn.On(http)!.Name), Origin(http)); // the route needs it
        return await WriteAsync(http, desk, work, by, $"{Path}/{id}", null, ct);
    }

    private static async Task<IResult> OpenLinkAsync(HttpContext http, string token, Desk desk, OneTimeLinks links, CancellationToken ct)
    {
        await using var db = await desk.ReadAsync(ct);
        return (await FollowAsync(db, desk, links, token, ct)).TryGet(out var followed, out var why)
            ? await AnswerAsync(
                http,
                desk,
                followed.Invitation.InstituteId,
                followed.Invitation.MemberId,
                LinkPath + token,
                followed.Name,
                [],
                null,
                ct
            )
            : Problems.Answer(http, why, StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> SayByLinkAsync(
        HttpContext http,
        string token,
        Desk desk,
        OneTimeLinks links,
        ConfirmPeople work,
        CancellationToken ct
    )
    {
        Followed followed;
        await using (var db = await desk.ReadAsync(ct))
        {
            if (!(await FollowAsync(db, desk, links, token, ct)).TryGet(out var good, out var why))
                return Problems.Answer(http, why, StatusCodes.Status404NotFound);
            followed = good;
        }
        var by = new ConfirmPeople.Speaker(
            followed.Invitation.InstituteId,
            followed.Invitation.MemberId,
            new Actor("link", followed.Name),
            Origin(http)
        );
        return await WriteAsync(http, desk, work, by, LinkPath + token, followed.Name, ct);
    }

    private static async Task<IResult> WriteAsync(
        HttpContext http,
        Desk desk,
        ConfirmPeople work,
        ConfirmPeople.Speaker by,
        string own,
        string? linkHolder,
        CancellationToken ct
    )
    {
        var fields = Posted.Fields(http);
        var (changed, wrong) = await work.HandleAsync(by, fields, ct);
        if (wrong.Count > 0)
            return Problems.WantsJson(http)
                ? Problems.Document(wrong, StatusCodes.Status422UnprocessableEntity)
                : await AnswerAsync(http, desk, by.Institute, by.Member, own, linkHolder, wrong, fields, ct);
        return Problems.WantsJson(http)
            ? Results.Json(new SaidAnswer(changed))
            : Results.Redirect($"{own}?said={changed.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
    }

    /// <summary>
    /// A link counts while its round is open, its holder speaks for the institute and no account of theirs is closed; nobody learns what failed.
    /// </summary>
    private static async Task<Result<Followed>> FollowAsync(MusterDb db, Desk desk, OneTimeLinks links, string token, CancellationToken ct)
    {
        if (
            links.Read(Purpose, token) is not { } read
            || await db.Set<RoundInvitation>().SingleOrDefaultAsync(i => i.Id == read.Subject, ct) is not { } invitation
            || await db.Set<ConfirmationRound>().SingleOrDefaultAsync(r => r.Id == invitation.RoundId, ct) is not { } round
            || !round.IsOpen(desk.Today)
            || (await db.SpeakersAsync(invitation.InstituteId, desk.Today, ct)).FirstOrDefault(s => s.Id == invitation.MemberId)
                is not { } speaker
            || await db.AccountOfMemberAsync(speaker.Id, ct) is { IsClosed: true }
        )
            return new Refusal("renewal.link-over");
        return new Followed(invitation, speaker.DisplayName);
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        Desk desk,
        InstituteId id,
        MemberId speaker,
        string own,
        string? linkHolder,
        List<Refusal> errors,
        IFormCollection? typed,
        CancellationToken ct
    )
    {
        await using var db = await desk.ReadAsync(ct);
        if (await db.InstituteAsync(id, ct) is not { } institute)
            return Problems.Answer(http, new Refusal("institute.unknown"), StatusCodes.Status404NotFound);
        var today = desk.Today;
        var round = await db.OpenRoundAsync(today, ct);
        var said = round is null
            ? []
            : await db.Set<Confirmation>().Where(c => c.RoundId == round.Id && c.InstituteId == id).ToDictionaryAsync(c => c.MemberId, ct);
        var people = await db.PeopleToConfirmAsync(id, today, ct);
        var over = await db.AccountsAfterMembershipAsync([.. people.Select(m => m.Id)], ct);
        var lines = people
            .SelectMany(m =>
                m.Memberships.Where(s => s.InstituteId == id && RenewalRules.IsShown(s, today))
                    .OrderBy(s => s.From)
                    .Select(s => new MyPerson(m, s, said.GetValueOrDefault(m.Id)) { Over = over.GetValueOrDefault(m.Id) })
            )
            .ToList();
        if (Problems.WantsJson(http))
            return Results.Json(lines.ConvertAll(l => MyPersonAnswer.Of(l, today)));
        var model = new MyInstituteModel(institute, lines, round, speaker, today, own)
        {
            LinkHolder = linkHolder,
            Errors = errors,
            Typed = typed,
            Said = int.TryParse(http.Request.Query["said"], out var number) && number >= 0 ? number : null,
        };
        return Pages.ShowForm<MyInstitutePage>(http, new { Model = model }, errors);
    }

    private static List<InstituteId> Mine(HttpContext http) =>
        [
            .. SignedIn
                .On(http)! // the route needs it
                .Powers.ScopesOf(Power.SpeakForInstitute, ScopeKind.Institute)
                .Select(id => new InstituteId(Guid.Parse(id))),
        ];

    private static MemberId Self(HttpContext http) => SignedIn.On(http)!.MemberId; // the route needs it

    private static string? Origin(HttpContext http) => http.Connection.RemoteIpAddress?.ToString();

    private sealed record Followed(RoundInvitation Invitation, string Name);
}

/// <summary>One line of the page.</summary>
/// <param name="Said">What was said in the open round; null when nothing was.</param>
public sealed record MyPerson(Member Member, Membership Membership, Confirmation? Said)
{
    /// <summary>The account, where it is in its grace or over.</summary>
    public Account? Over { get; init; }

    public string Key => $"{Member.Id}_{Days.Iso(Membership.From)}";
}

/// <param name="Speaker">Who sees the page.</param>
/// <param name="Own">Where the form is sent.</param>
public sealed record MyInstituteModel(
    Institute Institute,
    IReadOnlyList<MyPerson> People,
    ConfirmationRound? Round,
    MemberId Speaker,
    DateOnly Today,
    string Own
)
{
    /// <summary>In whose name the link acts; null when signed in.</summary>
    public string? LinkHolder { get; init; }

    public IReadOnlyList<Refusal> Errors { get; init; } = [];
    public IFormCollection? Typed { get; init; }

    /// <summary>How many lines were written just now.</summary>
    public int? Said { get; init; }

    public int Present => People.Where(p => IsPresent(p) || p.Said is not null).DistinctBy(p => p.Member.Id).Count();

    public int Answered => People.Where(p => p.Said is not null).DistinctBy(p => p.Member.Id).Count();

    private bool IsPresent(MyPerson person) => person.Membership.Covers(Today) && !(person.Member.DeceasedOn <= Today);
}
