using Microsoft.EntityFrameworkCore;
using Muster.Core.AcceptableUse;
using Muster.Core.Accounts;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Registrations;
using Muster.Core.Roles;
using Muster.Server.Audit;
using Muster.Server.Register.AcceptableUse;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Institutes;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.IdentityProvider.SignIn;

/// <summary>What a person sees of themselves.</summary>
public sealed record MyAccountModel(
    Account Account,
    Member? Member,
    Institute? Institute,
    string? RegistrationReference,
    IReadOnlyList<AupAcceptance> Agreements,
    IReadOnlyList<Session> Sessions,
    Guid ThisSession,
    IReadOnlyList<string> Roles,
    IReadOnlyList<AuditRecord> History,
    long? OlderBefore,
    bool IsOlder
);

/// <summary>My data, my certificates, my agreements, my sessions, and every audit record about me.</summary>
internal static class MyAccount
{
    public const string Path = "/me";
    private const int HistoryShown = 50;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, HandleAsync).RequireSignIn();

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        IDbContextFactory<MusterDb> contexts,
        TimeProvider clock,
        long? before,
        CancellationToken ct
    )
    {
        var me = SignedIn.On(http)!; // the route needs it
        var now = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var account = await db.Set<Account>().SingleAsync(a => a.Id == me.Id, ct);
        var member = await db.MemberAsync(account.MemberId, ct);
        var institute = member is null ? null : await db.InstituteOfAsync(member, DateOnly.FromDateTime(now.UtcDateTime), ct);
        var reference = account.RegistrationId is null
            ? null
            : await db.Set<Registration>().Where(r => r.Id == account.RegistrationId).Select(r => r.Reference).SingleOrDefaultAsync(ct);

        var history = await db.AboutAsync(me.Id.Value, account.MemberId.Value, account.RegistrationId?.Value, before, HistoryShown + 1, ct);

        var model = new MyAccountModel(
            account,
            member,
            institute,
            reference,
            await db.AcceptancesOfAsync(me.Id.Value, ct),
            await db.SessionsOfAsync(me.Id, now, ct),
            me.SessionId,
            [.. me.Powers.Roles.Select(r => RoleRules.NameOf(r.Role)).Distinct(StringComparer.Ordinal)],
            [.. history.Take(HistoryShown)],
            history.Count > HistoryShown ? history[HistoryShown - 1].Sequence : null,
            before is not null
        );
        return Problems.WantsJson(http)
            ? Results.Json(
                new
                {
                    account = account.Name,
                    name = account.DisplayName,
                    email = account.Email,
                    state = account.State.ToString(),
                }
            )
            : Pages.Show<MyAccountPage>(http, new { Model = model });
    }
}
