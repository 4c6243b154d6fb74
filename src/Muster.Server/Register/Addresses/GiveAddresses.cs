using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.Addresses;
using Muster.Core.Members;
using Muster.Core.Roles;
using Muster.Server.Audit;
using Muster.Server.Storage;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Addresses;

/// <summary>Gives every active member without one an address; what each would get is shown before, and nothing is written then.</summary>
internal static class GiveAddresses
{
    public const string Path = "/desk/addresses";
    public const string Api = "/api/addresses";
    private const int Shown = 100;
    private const int AtOnce = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).RequirePower(Power.EditRegister);
        routes.MapGet(Api, ShowAsync).RequirePower(Power.EditRegister).Answers<WaitingForAddressAnswer>("planAddresses", AlsoWithoutDomain);
        routes
            .MapAct(Path, Api, "/give", Power.EditRegister, HandleAsync)
            .Does<GivenAddressesAnswer>("giveAddresses", more: AlsoWithoutDomain);
    }

    private static ApiOperation AlsoWithoutDomain(ApiOperation operation) =>
        operation with
        {
            AlsoRefuses = [StatusCodes.Status404NotFound],
        };

    private static async Task<IResult> ShowAsync(HttpContext http, Desk desk, IOptions<AddressesOptions> options, CancellationToken ct)
    {
        var (domain, rules) = (options.Value.Domain, options.Value.Rules);
        if (!options.Value.GivesAddresses)
            return Problems.Answer(http, new Refusal("address.no-domain"), StatusCodes.Status404NotFound);
        await using var db = await desk.ReadAsync(ct);
        var waiting = await db.WithoutAddress(desk.Today).AsNoTracking().IgnoreAutoIncludes().ToListAsync(ct);
        var plan = AddressPlan.For(waiting.Select(m => (m.Id, m.Name)), await db.LocalPartsAsync(ct), rules);
        var given = await db.Set<CollaborationAddress>().CountAsync(a => a.EndedAt == null, ct);
        var lines = waiting.Zip(plan, (m, p) => new PlannedLine(m.Id, m.DisplayName, $"{p.Local}@{domain}", p.IsFirstChoice)).ToList();
        if (!Problems.WantsJson(http))
            return Pages.Show<GiveAddressesPage>(http, new { Model = new GiveAddressesModel(domain, given, lines, Shown) });
        return Results.Json(
            new WaitingForAddressAnswer(
                domain,
                given,
                [.. lines.Select(l => new PlannedAddressAnswer(l.Member.Value, l.Name, l.Address, l.IsFirstChoice))]
            )
        );
    }

    private static async Task<IResult> HandleAsync(HttpContext http, Desk desk, IOptions<AddressesOptions> options, CancellationToken ct)
    {
        if (!options.Value.GivesAddresses)
            return Problems.Answer(http, new Refusal("address.no-domain"), StatusCodes.Status404NotFound);
        var by = Actor.Account(SignedIn.On(http)!.Name); // the route needs it
        var (given, some) = (0, AtOnce);
        // Some at a time, so that nobody waits long; what is left is planned anew and comes out the same.
        while (some == AtOnce)
        {
            some = await desk.Writer.WriteAsync(
                nameof(GiveAddresses),
                (db, unit) => GiveSomeAsync(db, desk.Audit, options.Value.Rules, by, desk.Now, unit),
                ct
            );
            given += some;
        }
        return Problems.WantsJson(http) ? Results.Json(new GivenAddressesAnswer(given)) : Results.Redirect(Path);
    }

    private static async Task<int> GiveSomeAsync(
        MusterDb db,
        AuditTrail audit,
        LocalPartRules rules,
        Actor by,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var members = await db.WithoutAddress(DateOnly.FromDateTime(now.UtcDateTime)).Take(AtOnce).ToListAsync(ct);
        var plan = AddressPlan.For(members.Select(m => (m.Id, m.Name)), await db.LocalPartsAsync(ct), rules);
        foreach (var (member, planned) in members.Zip(plan))
        {
            db.Add(new OwnAddresses(member.Id, []).TakeName(planned.Local, $"{by.Kind}:{by.Name}", now)!); // had none
            await audit.AppendAsync(db, AddressGiving.Entry(member, null, planned.Local, null, by), now, ct);
        }
        await db.SaveChangesAsync(ct);
        return members.Count;
    }

    /// <summary>Who is active and never had an address, in the order in which they came.</summary>
    private static IQueryable<Member> WithoutAddress(this MusterDb db, DateOnly today) =>
        db.Set<Member>()
            .Where(m => m.Memberships.Any(s => s.From <= today && (s.Until == null || s.Until > today)))
            .Where(m => m.DeceasedOn == null && !db.Set<CollaborationAddress>().Any(a => a.MemberId == m.Id))
            .OrderBy(m => m.CreatedAt)
            .ThenBy(m => m.Id);

    private static Task<List<string>> LocalPartsAsync(this MusterDb db, CancellationToken ct) =>
        db.Set<CollaborationAddress>().Select(a => a.LocalPart).ToListAsync(ct);
}

internal sealed record WaitingForAddressAnswer(string Domain, int Given, IReadOnlyList<PlannedAddressAnswer> Waiting);

internal sealed record PlannedAddressAnswer(Guid Id, string Name, string Address, bool IsFirstChoice);

internal sealed record GivenAddressesAnswer(int Given);

public sealed record PlannedLine(MemberId Member, string Name, string Address, bool IsFirstChoice);

/// <param name="Given">Addresses that hold.</param>
/// <param name="Shown">So many of the waiting ones are listed.</param>
public sealed record GiveAddressesModel(string Domain, int Given, IReadOnlyList<PlannedLine> Waiting, int Shown);
