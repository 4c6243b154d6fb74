using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.Addresses;
using Muster.Core.Members;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Addresses;

/// <summary>My addresses: confirmed ones, the primary one, those that wait for a press on their link, and those of the collaboration.</summary>
internal static class MyAddresses
{
    public const string Path = "/me/addresses";
    public const string Api = "/api" + Path;

    /// <summary>What the page can be asked to say, after a form.</summary>
    private static readonly HashSet<string?> outcomes = new(StringComparer.Ordinal)
    {
        "asked",
        "withdrawn",
        "removed",
        "primary-asked",
        "primary-withdrawn",
        "shown",
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                Path,
                (HttpContext http, Loader loader, string? done, CancellationToken ct) =>
                    loader.AnswerAsync(http, [], null, outcomes.Contains(done) ? done : null, ct)
            )
            .RequireSignIn();
        routes
            .MapGet(Api, (HttpContext http, Loader loader, CancellationToken ct) => loader.AnswerAsync(http, [], null, null, ct))
            .RequireSignIn()
            .Answers<AddressesAnswer>("showMyAddresses");
    }

    /// <summary>Loads the page, also where a form of it was refused.</summary>
    internal sealed class Loader(Desk desk, IOptions<AddressesOptions> options)
    {
        public async Task<IResult> AnswerAsync(
            HttpContext http,
            IReadOnlyList<Refusal> errors,
            IFormCollection? typed,
            string? done,
            CancellationToken ct
        )
        {
            if (errors.Count > 0 && Problems.WantsJson(http))
                return Problems.Document(errors, StatusCodes.Status422UnprocessableEntity);
            await using var db = await desk.ReadAsync(ct);
            if (await db.MemberAsync(SignedIn.On(http)!.MemberId, ct) is not { } member) // the route needs it
                return Problems.Answer(http, new Refusal("person.unknown"), StatusCodes.Status404NotFound);
            var known = await PersonAddresses.LoadAsync(db, member, options.Value, desk.Now, ct);
            var model = new MyAddressesModel(known)
            {
                Errors = errors,
                Typed = typed,
                Done = done,
            };
            return Problems.WantsJson(http)
                ? Results.Json(AddressesAnswer.Of(known))
                : Pages.ShowForm<MyAddressesPage>(http, new { Model = model }, errors);
        }

        /// <summary>After a form: the page again, or why not.</summary>
        public Task<IResult> AfterAsync(HttpContext http, Refusal? why, string done, IFormCollection typed, CancellationToken ct) =>
            why is not null ? AnswerAsync(http, [why], typed, null, ct)
            : Problems.WantsJson(http) ? AnswerAsync(http, [], null, null, ct)
            : Task.FromResult(Results.Redirect($"{Path}?done={done}"));
    }
}

public sealed record MyAddressesModel(PersonAddresses Known)
{
    public IReadOnlyList<Refusal> Errors { get; init; } = [];
    public IFormCollection? Typed { get; init; }
    public string? Done { get; init; }
}
