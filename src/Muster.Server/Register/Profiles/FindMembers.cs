using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Muster.Core;
using Muster.Core.Members;
using Muster.Core.Profiles;
using Muster.Core.Search;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Profiles;

/// <summary>
/// The members among themselves. The search of the desk finds candidates; only those stay who are found by what this viewer may see of them,
/// so that nothing hidden can be asked for either.
/// </summary>
internal static class FindMembers
{
    public const string Path = "/members";
    public const string Api = "/api/members";
    private const int AtOnce = 25;

    /// <summary>Most candidates of one page; a question that only hidden fields answer costs no more.</summary>
    private const int MostLookedAt = 400;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, HandleAsync).RequireSignIn();
        routes
            .MapGet(Api, HandleAsync)
            .RequireSignIn()
            .Answers<MembersAnswer>("findMembers", o => o with { AlsoRefuses = [StatusCodes.Status403Forbidden] });
    }

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        Desk desk,
        Cursor cursor,
        string? q,
        string? after,
        CancellationToken ct
    )
    {
        var today = desk.Today;
        await using var db = await desk.ReadAsync(ct);
        var viewer = await db.ViewerAsync(SignedIn.On(http)!, today, ct); // the route needs it
        if (viewer == Viewer.Outsider)
            return Problems.Answer(http, new Refusal("profile.members-only"), StatusCodes.Status403Forbidden);
        var question = q?.Trim() ?? "";
        var begin = cursor.Read(after);
        var found =
            question.Length == 0
                ? await AlphabetAsync(db, begin?.At, viewer, today, ct)
                : await SearchAsync(db, question, begin ?? new(StandIns.Never, null), viewer, today, ct);
        // Asked only where nothing that the viewer may see was found: what is hidden makes no difference to it.
        if (found is { Profiles.Count: 0, Next: null } && question.Length > 0 && begin is null)
            found = await SearchAsync(db, question, new(StandIns.Always, null), viewer, today, ct);
        var model = new MembersModel(question, found.Profiles, found.Instead)
        {
            Next = found.Next is { } next ? cursor.Write(next) : null,
            IsLater = begin is not null,
        };
        return Problems.WantsJson(http) ? Results.Json(MembersAnswer.Of(model)) : Pages.Show<MembersPage>(http, new { Model = model });
    }

    private static async Task<Found> AlphabetAsync(MusterDb db, PeoplePlace? place, Viewer viewer, DateOnly today, CancellationToken ct)
    {
        var shown = new List<Profile>();
        for (var looked = 0; looked < MostLookedAt && shown.Count < AtOnce; looked += AtOnce)
        {
            var (lines, next) = await db.AlphabetAsync(place, AtOnce, today, ct);
            shown.AddRange(await db.ProfilesAsync([.. lines.Select(l => l.Id)], viewer, today, ct));
            place = next;
            if (next is null)
                break;
        }
        return new Found(shown, [], place is null ? null : new Place(StandIns.Never, place));
    }

    private static async Task<Found> SearchAsync(
        MusterDb db,
        string question,
        Place begin,
        Viewer viewer,
        DateOnly today,
        CancellationToken ct
    )
    {
        var words = SearchText.Question(question);
        var shown = new List<Profile>();
        var instead = new HashSet<string>(StringComparer.Ordinal);
        var place = begin.At;
        for (var looked = 0; looked < MostLookedAt && shown.Count < AtOnce; looked += AtOnce)
        {
            var answer = await db.SearchMembersAsync(question, place, AtOnce, ct, begin.Mode);
            foreach (var profile in await db.ProfilesAsync(answer.Members, viewer, today, ct))
                if (words.Count > 0 && profile.IsFoundBy(words, answer.InsteadOf))
                {
                    shown.Add(profile);
                    // Of the words that were looked for instead only those are told that stand where the viewer can read them.
                    instead.UnionWith(profile.Words().Intersect(answer.Instead, StringComparer.Ordinal));
                }
            place = answer.Next;
            if (place is null)
                break;
        }
        return new Found(shown, [.. instead.Order(StringComparer.Ordinal)], place is null ? null : begin with { At = place });
    }

    internal sealed record Found(IReadOnlyList<Profile> Profiles, IReadOnlyList<string> Instead, Place? Next);

    /// <summary>Where the next page begins, and in which way was looked.</summary>
    internal sealed record Place(StandIns Mode, PeoplePlace? At);

    /// <summary>Sealed, and all of one length: the place may be a word that the viewer must not read.</summary>
    internal sealed class Cursor(IDataProtectionProvider protection)
    {
        private readonly IDataProtector protector = protection.CreateProtector("muster.members-cursor.1");

        public string Write(Place place) =>
            protector.Protect(
                Cursors.Write(
                    $"{place.Mode}",
                    place.At!.Text,
                    $"{place.At.Member}",
                    new string('-', Math.Max(0, 200 - place.At.Text.Length))
                )
            ); // a next place has one

        public Place? Read(string? written)
        {
            if (string.IsNullOrEmpty(written) || written.Length > 2_000)
                return null;
            try
            {
                return
                    Cursors.Read(protector.Unprotect(written), 4) is [var mode, var text, var id, _]
                    && FormPosts.Choice<StandIns>(mode) is { } how
                    && Guid.TryParse(id, out var member)
                    ? new Place(how, new PeoplePlace(text, member))
                    : null;
            }
            catch (CryptographicException)
            {
                return null; // not ours, or from before the keys were renewed
            }
        }
    }
}

public sealed record MembersModel(string Question, IReadOnlyList<Profile> Members, IReadOnlyList<string> Instead)
{
    public string? Next { get; init; }
    public bool IsLater { get; init; }
}
