using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.Accounts;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Roles;
using Muster.Server.Audit;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Addresses;
using Muster.Server.Storage;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Members;

/// <summary>Everything about one person, with its history; and, for those who may, the forms that change it.</summary>
internal static class ShowPerson
{
    private const int HistoryShown = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                FindPeople.Path + "/{id:guid}",
                (HttpContext http, Guid id, Loader loader, CancellationToken ct) => loader.AnswerAsync(http, id, [], null, ct)
            )
            .RequirePower(Power.ReadRegister);
        routes
            .MapGet(
                FindPeople.Api + "/{id:guid}",
                (HttpContext http, Guid id, Loader loader, CancellationToken ct) => loader.AnswerAsync(http, id, [], null, ct)
            )
            .RequirePower(Power.ReadRegister)
            .Answers<PersonAnswer>("showPerson");
    }

    /// <summary>Loads the page, also where a form of it was refused.</summary>
    internal sealed class Loader(Desk desk, IOptions<RegisterOptions> options, IOptions<AddressesOptions> addresses)
    {
        public async Task<IResult> AnswerAsync(
            HttpContext http,
            Guid id,
            IReadOnlyList<Refusal> errors,
            IFormCollection? typed,
            CancellationToken ct
        )
        {
            if (errors.Count > 0 && Problems.WantsJson(http))
                return Problems.Document(errors, StatusCodes.Status422UnprocessableEntity);
            await using var db = await desk.ReadAsync(ct);
            if (await db.MemberAsync(id, ct) is not { } member)
                return Problems.Answer(http, new Refusal("person.unknown"), StatusCodes.Status404NotFound);
            await desk.NoteLookAsync(http, db, member.Id, ct);
            var account = await db.AccountOfMemberAsync(member.Id, ct);
            var model = new PersonModel(member, account, await InstitutesAsync(db, member, ct), desk.Today)
            {
                Speaks = await db.Set<Representative>().Where(r => r.MemberId == member.Id).OrderBy(r => r.From).ToListAsync(ct),
                History = await db.AboutAsync(account?.Id.Value ?? Guid.Empty, id, account?.RegistrationId?.Value, null, HistoryShown, ct),
                Addresses = await PersonAddresses.LoadAsync(db, member, addresses.Value, desk.Now, ct),
                Positions = options.Value.AllPositions,
                MayEdit = SignedIn.On(http)!.Has(Power.EditRegister), // the route needs it
                Errors = errors,
                Typed = typed,
            };
            return Problems.WantsJson(http)
                ? Results.Json(PersonAnswer.Of(model))
                : Pages.ShowForm<PersonPage>(http, new { Model = model }, errors);
        }

        /// <summary>After a form: the page again, or why not.</summary>
        public async Task<IResult> AfterAsync(HttpContext http, Guid id, Refusal? why, IFormCollection typed, CancellationToken ct) =>
            why is { Code: "person.unknown" } ? Problems.Answer(http, why, StatusCodes.Status404NotFound)
            : why is not null ? await AnswerAsync(http, id, [why], typed, ct)
            : Problems.WantsJson(http) ? await AnswerAsync(http, id, [], null, ct)
            : Results.Redirect($"{FindPeople.Path}/{id}");

        /// <summary>Those of the person, and those that are in now, for the form.</summary>
        private static async Task<Dictionary<InstituteId, Institute>> InstitutesAsync(MusterDb db, Member member, CancellationToken ct)
        {
            var own = member.Memberships.Select(m => m.InstituteId).ToList();
            return await db.Set<Institute>()
                .Where(i => i.Until == null || own.Contains(i.Id))
                .OrderBy(i => i.ShortName)
                .ToDictionaryAsync(i => i.Id, ct);
        }
    }
}

public sealed record PersonModel(Member Member, Account? Account, IReadOnlyDictionary<InstituteId, Institute> Institutes, DateOnly Today)
{
    /// <summary>Always loaded for the page.</summary>
    public PersonAddresses? Addresses { get; init; }
    public IReadOnlyList<Representative> Speaks { get; init; } = [];
    public IReadOnlyList<AuditRecord> History { get; init; } = [];
    public IReadOnlyList<string> Positions { get; init; } = [];
    public bool MayEdit { get; init; }
    public IReadOnlyList<Refusal> Errors { get; init; } = [];
    public IFormCollection? Typed { get; init; }

    /// <summary>Choices for a later end: memberships that have one, the last to end first.</summary>
    public IReadOnlyList<(string Value, string Label)> Extendable =>
        [
            .. Member
                .Memberships.Where(m => m.Until is not null)
                .OrderByDescending(m => m.Until)
                .Select(m =>
                    (
                        $"{m.InstituteId}/{Days.Iso(m.From)}",
                        $"{Institutes.GetValueOrDefault(m.InstituteId)?.ShortName} – {m.Position}, {Days.Iso(m.From)} – {Days.LastIso(m.Until)}"
                    )
                ),
        ];

    /// <summary>Choices for a new membership: institutes that are in.</summary>
    public IReadOnlyList<(string Value, string Label)> OpenInstitutes =>
        [
            .. Institutes
                .Values.Where(i => i.Until is null || i.Until > Today)
                .OrderBy(i => i.ShortName, StringComparer.OrdinalIgnoreCase)
                .Select(i => (i.Id.ToString(), $"{i.ShortName} – {i.Name}")),
        ];
}
