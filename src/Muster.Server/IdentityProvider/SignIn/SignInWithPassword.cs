using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Server.Audit;
using Muster.Server.Register.Accounts;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.IdentityProvider.SignIn;

/// <summary>Account name and password. From outside every failure looks the same and takes as long.</summary>
internal static class SignInWithPassword
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Access.SignInPath, Show);
        routes.MapPost(Access.SignInPath, HandleAsync).RequireFormToken();
    }

    private static IResult Show(HttpContext http, string? account, string? to, string? welcome) =>
        SignedIn.On(http) is not null
            ? Results.Redirect(LocalPath(to))
            : Pages.Show<SignInPage>(
                http,
                new
                {
                    Account = account is { Length: <= 64 } ? account : null,
                    To = LocalPath(to),
                    Welcome = welcome is not null,
                    Errors = (IReadOnlyList<Refusal>)[],
                }
            );

    private static async Task<IResult> HandleAsync(HttpContext http, SignInWork work, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var typed = form.Text("account")?.Trim() ?? "";
        var to = LocalPath(form.Text("to"));
        var password = new PlainTextPassword(form["password"].FirstOrDefault() ?? "");
        if (typed.Length is 0 or > EmailLimit)
            return Refused(http, typed, to, new Refusal("sign-in.account-missing", "account"));

        var result = await work.TryAsync(http, typed, password, ct);

        if (!result.TryGet(out var session, out var why))
            return Refused(http, typed, to, why);
        await http.SignInAsync(
            Sessions.Scheme,
            Sessions.Principal(session),
            new AuthenticationProperties { ExpiresUtc = session.ExpiresAt }
        );
        return Problems.WantsJson(http) ? Results.Json(new { account = typed }) : Results.Redirect(to);
    }

    private const int EmailLimit = 254;

    private static IResult Refused(HttpContext http, string typed, string to, Refusal why)
    {
        var status = why.Code == "sign-in.slow-down" ? StatusCodes.Status429TooManyRequests : StatusCodes.Status401Unauthorized;
        if (Problems.WantsJson(http))
            return Problems.Answer(http, why, status);
        return Pages.Show<SignInPage>(
            http,
            new
            {
                Account = typed,
                To = to,
                Welcome = false,
                Errors = (IReadOnlyList<Refusal>)[why],
            },
            status
        );
    }

    /// <summary>Only a path of our own is followed after sign-in.</summary>
    internal static string LocalPath(string? to) =>
        to is { Length: > 1 and < 200 } && to[0] == '/' && to[1] is not ('/' or '\\') && !to.Any(char.IsControl) ? to : MyAccount.Path;
}

/// <summary>The load–decide–commit part of the slice.</summary>
internal sealed class SignInWork(
    Writer writer,
    AuditTrail audit,
    TimeProvider clock,
    PasswordHashing hashing,
    KnownBrowser browsers,
    IOptions<SignInOptions> options
)
{
    private sealed record Begun(
        AccountId? Account,
        string? Hash,
        AccountState? State,
        DateTimeOffset? BlockedUntil,
        IReadOnlyList<string> Keys
    );

    public async Task<Result<Session>> TryAsync(HttpContext http, string typed, PlainTextPassword password, CancellationToken ct)
    {
        var origin = http.Connection.RemoteIpAddress?.ToString();
        var browser = http.Request.Headers.UserAgent.ToString();
        var begun = await writer.WriteAsync("SignIn.begin", (db, unit) => BeginAsync(http, db, typed, unit), ct);
        if (begun.BlockedUntil is { } until)
            return Refusal.With(
                "sign-in.slow-down",
                Math.Ceiling((until - clock.GetUtcNow()).TotalSeconds).ToString("0", System.Globalization.CultureInfo.InvariantCulture)
            );

        var isRight = await hashing.VerifyAsync(begun.Hash, password, ct);

        return await writer.WriteAsync<Result<Session>>(
            isRight ? "SignIn.succeed" : "SignIn.fail",
            async (db, unit) =>
            {
                var now = clock.GetUtcNow();
                if (begun.Account is not { } id || !isRight)
                    return await FailAsync(db, begun, origin, now, unit);
                if (begun.State != AccountState.Active)
                    return new Refusal("sign-in.account-not-active");

                foreach (var attempts in await db.Set<SignInAttempts>().Where(a => begun.Keys.Contains(a.Key)).ToListAsync(unit))
                {
                    if (attempts.Key.StartsWith("p:", StringComparison.Ordinal))
                        attempts.TakeBack();
                    else
                        attempts.Succeed();
                }
                var session = new Session(
                    Guid.CreateVersion7(now),
                    id,
                    origin,
                    browser.Length > 120 ? browser[..120] : browser,
                    now,
                    options.Value.SessionLifetime
                );
                db.Add(session);
                await AppendAsync(db, "account.signed-in", id, origin, now, unit);
                await db.SaveChangesAsync(unit);
                browsers.Remember(http, id);
                return session;
            },
            ct
        );
    }

    private async Task<Begun> BeginAsync(HttpContext http, MusterDb db, string typed, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var account = await FindAsync(db, typed, ct);
        var o = options.Value;
        var name = account?.Id.ToString() ?? "?" + typed.ToLowerInvariant();
        var network = KnownBrowser.Network(http);
        var known = browsers.Of(http, account?.Id);

        var keys = new List<string>();
        DateTimeOffset? blocked = null;
        if (known is not null)
        {
            blocked = await StepAsync($"b:{name}:{known}", o.FreeAttempts, o.LongestWait);
        }
        else
        {
            var all = await AttemptsAsync(db, $"a:{name}", ct);
            var underAttack = all.Failures >= o.AttackThreshold && now - all.LastAt < o.Forgotten;
            blocked = await StepAsync($"n:{name}:{network}", underAttack ? o.FreeAttemptsUnderAttack : o.FreeAttempts, o.LongestWait);
            blocked ??= await StepAsync($"p:{network}", o.FreeAttemptsPerPlace, o.LongestWaitPerPlace);
            if (blocked is null)
                all.Begin(int.MaxValue, TimeSpan.Zero, o, now);
        }
        await db.SaveChangesAsync(ct);

        var hash =
            account is null || blocked is not null
                ? null
                : await db.Set<Credential>().Where(c => c.Id == account.Id.Value).Select(c => c.PasswordHash).SingleOrDefaultAsync(ct);
        return new Begun(account?.Id, hash, account?.State, blocked, keys);

        async Task<DateTimeOffset?> StepAsync(string key, int free, TimeSpan longest)
        {
            keys.Add(key);
            return (await AttemptsAsync(db, key, ct)).Begin(free, longest, o, now);
        }
    }

    private static async Task<SignInAttempts> AttemptsAsync(MusterDb db, string key, CancellationToken ct)
    {
        if (await db.Set<SignInAttempts>().FindAsync([key], ct) is { } found)
            return found;
        var made = new SignInAttempts(key);
        db.Add(made);
        return made;
    }

    private async Task<Refusal> FailAsync(MusterDb db, Begun begun, string? origin, DateTimeOffset now, CancellationToken ct)
    {
        if (begun.Account is { } id)
        {
            await AppendAsync(db, "account.sign-in-failed", id, origin, now, ct);
            await db.SaveChangesAsync(ct);
        }
        return new Refusal("sign-in.wrong");
    }

    private async Task AppendAsync(MusterDb db, string action, AccountId id, string? origin, DateTimeOffset now, CancellationToken ct) =>
        await audit.AppendAsync(
            db,
            new AuditEntry(action, new Actor("visitor", "password")) { AccountId = id.Value, Origin = origin },
            now,
            ct
        );

    private static async Task<Account?> FindAsync(MusterDb db, string typed, CancellationToken ct)
    {
        if (!typed.Contains('@', StringComparison.Ordinal))
            return await db.AccountByNameAsync(typed.ToLowerInvariant(), ct);
        return EmailAddress.Parse(typed).TryGet(out var email, out _) ? await db.AccountByEmailAsync(email.Key, ct) : null;
    }
}
