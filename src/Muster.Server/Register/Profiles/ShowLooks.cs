using Microsoft.EntityFrameworkCore;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Core.Profiles;
using Muster.Server.Audit;
using Muster.Server.Storage;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Profiles;

/// <summary>Who looked at me: at the whole record, at the desk, each time; at the profile, in the directory, by the day.</summary>
internal static class ShowLooks
{
    public const string Path = "/me/looks";
    private const int Shown = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, HandleAsync).RequireSignIn();
        routes.MapGet("/api" + Path, HandleAsync).RequireSignIn().Answers<LooksAnswer>("showLooks");
    }

    private static async Task<IResult> HandleAsync(HttpContext http, Desk desk, CancellationToken ct)
    {
        var me = SignedIn.On(http)!.MemberId; // the route needs it
        await using var db = await desk.ReadAsync(ct);
        var record = await db.Set<AuditRecord>()
            .Where(r => r.MemberId == me.Value && r.Action == "member.viewed")
            .OrderByDescending(r => r.Sequence)
            .Take(Shown)
            .ToListAsync(ct);
        var profile = await db.ProfileLooksAsync(me, Shown, ct);
        return Problems.WantsJson(http)
            ? Results.Json(
                new LooksAnswer(
                    [.. record.Select(r => new RecordLookAnswer(r.At, r.ActorName))],
                    [.. profile.Select(l => new ProfileLookAnswer(l.Day, l.Account, l.Name, l.Times))]
                )
            )
            : Pages.Show<LooksPage>(http, new { Record = record, Profile = profile });
    }

    /// <summary>The latest first.</summary>
    public static async Task<List<LookLine>> ProfileLooksAsync(this MusterDb db, MemberId member, int limit, CancellationToken ct)
    {
        var looks = await db.Set<ProfileLook>()
            .Where(l => l.MemberId == member)
            .OrderByDescending(l => l.Day)
            .ThenBy(l => l.AccountId)
            .Take(limit)
            .ToListAsync(ct);
        var ids = looks.Select(l => new AccountId(l.AccountId)).Distinct().ToList();
        var accounts = await db.Set<Account>()
            .Where(a => ids.Contains(a.Id))
            .Select(a => new
            {
                a.Id,
                a.Name,
                a.DisplayName,
            })
            .ToDictionaryAsync(a => a.Id.Value, ct);
        return
        [
            .. looks.Select(l =>
                accounts.TryGetValue(l.AccountId, out var account)
                    ? new LookLine(l.Day, account.Name, account.DisplayName, l.Times)
                    : new LookLine(l.Day, l.AccountId.ToString(), "", l.Times)
            ),
        ];
    }
}

/// <param name="Record">At the whole record, at the desk.</param>
/// <param name="Profile">At the profile, in the directory.</param>
internal sealed record LooksAnswer(IReadOnlyList<RecordLookAnswer> Record, IReadOnlyList<ProfileLookAnswer> Profile);

internal sealed record RecordLookAnswer(DateTimeOffset At, string By);

internal sealed record ProfileLookAnswer(DateOnly Day, string By, string Name, int Times);

/// <summary>Somebody looked at the profile so often on one day.</summary>
public sealed record LookLine(DateOnly Day, string Account, string Name, int Times);
