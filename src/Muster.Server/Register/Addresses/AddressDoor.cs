using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Core.Roles;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Addresses;

/// <summary>What the slices about addresses need.</summary>
internal sealed record AddressParts(Desk Desk, IOptions<AddressesOptions> Options, MyAddresses.Loader Mine, ShowPerson.Loader Person);

/// <summary>Who acts on whose addresses: a member on the own ones, or a registrar, who gives a reason, on anybody's.</summary>
internal sealed class AddressDoor
{
    private const int LongestReason = 500;
    private readonly AddressParts parts;

    private AddressDoor(AddressParts parts, HttpContext http, Guid person, bool isDesk) =>
        (this.parts, Http, Person, IsDesk, Fields) = (parts, http, person, isDesk, Posted.Fields(http));

    public HttpContext Http { get; }
    public Guid Person { get; }
    public bool IsDesk { get; }
    public IFormCollection Fields { get; }
    public Desk Desk => parts.Desk;
    public AddressesOptions Options => parts.Options.Value;

    /// <summary>Name of the account that acts.</summary>
    public string By => SignedIn.On(Http)!.Name; // both routes need it

    /// <summary>Of the registrar; null for a member.</summary>
    public string? Reason => IsDesk ? Fields.Words("reason", LongestReason) : null;

    /// <summary>Comparison key of the address that is sent; empty where it is none.</summary>
    public string AddressKey => EmailAddress.Parse(Fields.Text("email")) is { IsSuccess: true } address ? address.Value.Key : "";

    /// <summary>One act at both doors, as a form and for programs.</summary>
    /// <param name="mine">Name of the operation at the member's door.</param>
    /// <param name="desk">Name of the operation at the registrar's.</param>
    public static void Map<TBody, TDeskBody>(
        IEndpointRouteBuilder routes,
        string pattern,
        string mine,
        string desk,
        Func<AddressDoor, CancellationToken, Task<IResult>> handle
    )
    {
        MapMine(routes, pattern, handle).Takes<TBody, AddressesAnswer>(mine);
        MapDesk<TDeskBody>(routes, "/addresses" + pattern, desk, handle);
    }

    /// <summary>One act at both doors, where a member need say nothing.</summary>
    public static void Map<TDeskBody>(
        IEndpointRouteBuilder routes,
        string pattern,
        string mine,
        string desk,
        Func<AddressDoor, CancellationToken, Task<IResult>> handle
    )
    {
        MapMine(routes, pattern, handle).Does<AddressesAnswer>(mine);
        MapDesk<TDeskBody>(routes, "/addresses" + pattern, desk, handle);
    }

    /// <summary>An act of registrars alone, behind the address of a person.</summary>
    public static void MapDesk<TBody>(
        IEndpointRouteBuilder routes,
        string pattern,
        string name,
        Func<AddressDoor, CancellationToken, Task<IResult>> handle
    ) =>
        routes
            .MapAct(
                FindPeople.Path,
                FindPeople.Api,
                "/{id:guid}" + pattern,
                Power.EditRegister,
                (HttpContext http, Guid id, AddressParts parts, CancellationToken ct) => handle(new AddressDoor(parts, http, id, true), ct)
            )
            .Takes<TBody, PersonAnswer>(name);

    private static RouteHandlerBuilder MapMine(
        IEndpointRouteBuilder routes,
        string pattern,
        Func<AddressDoor, CancellationToken, Task<IResult>> handle
    )
    {
        RouteHandlerBuilder At(string path) =>
            routes
                .MapPost(
                    path + pattern,
                    (HttpContext http, AddressParts parts, CancellationToken ct) =>
                        handle(new AddressDoor(parts, http, SignedIn.On(http)!.MemberId.Value, false), ct) // the route needs it
                )
                .RequireSignIn()
                .TakesFormOrJson();
        At(MyAddresses.Path);
        return At(MyAddresses.Api);
    }

    /// <summary>Loads the person, acts in one unit, and answers.</summary>
    /// <param name="done">What the member's page says afterwards.</param>
    /// <param name="act">Nothing of it is kept where it refuses.</param>
    public async Task<IResult> ActAsync(string name, string done, Act act, CancellationToken ct)
    {
        if (IsDesk && Reason is null)
            return await AnswerAsync(new Refusal("address.reason-missing", "reason"), done, ct);
        var why = await Desk.Writer.WriteAsync<Refusal?>(
            name,
            async (db, unit) =>
            {
                if (await db.MemberAsync(Person, unit) is not { } member)
                    return new Refusal("person.unknown");
                var account = await db.AccountOfMemberAsync(member.Id, unit);
                if (await act(db, member, account, Desk.Now, unit) is { } refused)
                    return refused;
                await db.SaveChangesAsync(unit);
                return null;
            },
            ct
        );
        return await AnswerAsync(why, done, ct);
    }

    /// <summary>On record, with the reason where there is one.</summary>
    public Task AppendAsync(
        MusterDb db,
        string action,
        Member member,
        Account? account,
        DateTimeOffset now,
        CancellationToken ct,
        params (string Name, string? Value)[] details
    ) =>
        Desk.Audit.AppendAsync(db, Desk.Entry(Http, action, member.Id.Value, account?.Id.Value, [.. details, ("reason", Reason)]), now, ct);

    public Task<IResult> AnswerAsync(Refusal? why, string done, CancellationToken ct) =>
        IsDesk ? parts.Person.AfterAsync(Http, Person, why, Fields, ct) : parts.Mine.AfterAsync(Http, why, done, Fields, ct);
}

/// <summary>What is done to a person inside a unit; null, or why not.</summary>
internal delegate Task<Refusal?> Act(MusterDb db, Member member, Account? account, DateTimeOffset now, CancellationToken ct);
