using System.Globalization;
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
        routes.MapGet(Access.SignInPath, Show).OpenToEveryone();
        routes.MapPost(Access.SignInPath, HandleAsync).OpenToEveryone().RequireFormToken();
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
    AttemptLedger ledger,
    IDbContextFactory<MusterDb> contexts,
    IOptions<SignInOptions> options
)
{
    private const int BrowserNameKept = 120;

    // One question for both: an address always holds an @, an account name never does.
    private static readonly Prepared<string, Found?> byNameOrEmail = new(
        (db, key, ct) =>
            db.Set<Account>()
                .Where(a => a.Name == key || a.EmailKey == key)
                .Select(a => new Found(
                    a.Id,
                    db.Set<Credential>().Where(c => c.NormalizedUserName == a.Name).Select(c => c.PasswordHash).SingleOrDefault()
                ))
                .SingleOrDefault()
    );

    public async Task<Result<Session>> TryAsync(HttpContext http, string typed, PlainTextPassword password, CancellationToken ct)
    {
        var origin = http.Connection.RemoteIpAddress?.ToString();
        var account = await FindAsync(typed, ct);
        var (keys, blocked) = await ledger.BeginAsync(
            account?.Id.ToString() ?? "?" + typed.ToLowerInvariant(),
            ClientNetwork.Of(http),
            browsers.Of(http, account?.Id),
            ct
        );
        if (blocked is { } until)
            return Refusal.With(
                "sign-in.slow-down",
                Math.Ceiling((until - clock.GetUtcNow()).TotalSeconds).ToString("0", CultureInfo.InvariantCulture)
            );

        if (!await hashing.VerifyAsync(account?.Hash, password, ct))
            return await FailAsync(account?.Id, keys, origin, ct);
        return await SucceedAsync(http, account!.Id, keys, origin, ct); // a hash verified, so there is an account
    }

    private Task<Result<Session>> SucceedAsync(
        HttpContext http,
        AccountId id,
        IReadOnlyList<string> keys,
        string? origin,
        CancellationToken ct
    )
    {
        var browser = http.Request.Headers.UserAgent.ToString();
        return writer.WriteAsync<Result<Session>>(
            "SignIn.succeed",
            async (db, unit) =>
            {
                var now = clock.GetUtcNow();
                // Read again: the account may have been locked while the password was checked.
                var (state, expiredAt) = await db.AccountStateAsync(id, unit);
                if (state != AccountState.Active)
                    return new Refusal("sign-in.account-not-active");
                if (expiredAt is not null)
                    return new Refusal("account.expired");

                if (ledger.Succeed(keys))
                    await ledger.WriteAsync(db, keys, unit);
                var session = new Session(
                    Guid.CreateVersion7(now),
                    id,
                    origin,
                    StorableText.Of(browser, BrowserNameKept),
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

    private async Task<Result<Session>> FailAsync(AccountId? account, IReadOnlyList<string> keys, string? origin, CancellationToken ct)
    {
        await writer.WriteAsync(
            "SignIn.fail",
            async (db, unit) =>
            {
                var now = clock.GetUtcNow();
                await ledger.WriteAsync(db, keys, unit);
                if (account is { } id)
                    await AppendAsync(db, "account.sign-in-failed", id, origin, now, unit);
                await db.SaveChangesAsync(unit);
                return true;
            },
            ct
        );
        return new Refusal("sign-in.wrong");
    }

    private async Task AppendAsync(MusterDb db, string action, AccountId id, string? origin, DateTimeOffset now, CancellationToken ct) =>
        await audit.AppendAsync(
            db,
            new AuditEntry(action, new Actor("visitor", "password")) { AccountId = id.Value, Origin = origin },
            now,
            ct
        );

    private async Task<Found?> FindAsync(string typed, CancellationToken ct)
    {
        var key = typed.ToLowerInvariant();
        if (typed.Contains('@', StringComparison.Ordinal))
        {
            if (!EmailAddress.Parse(typed).TryGet(out var email, out _))
                return null;
            key = email.Key;
        }
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await byNameOrEmail.AskAsync(db, key, ct);
    }

    private sealed record Found(AccountId Id, string? Hash);
}
