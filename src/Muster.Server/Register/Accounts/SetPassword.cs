using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.Accounts;
using Muster.Server.Audit;
using Muster.Server.Outbox;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Register.Accounts;

/// <summary>What the page for a new password shows.</summary>
public sealed record SetPasswordModel(
    string Token,
    string AccountName,
    string DisplayName,
    DateTimeOffset? Until,
    bool IsFirst,
    PasswordProfile Profile,
    IReadOnlyList<Refusal> Errors
);

/// <summary>A one-time link opens this page; setting the password uses the link up and makes the account active.</summary>
internal static class SetPassword
{
    public const string Path = "/password/set/";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path + "{token}", OpenAsync).OpenToEveryone();
        routes.MapPost(Path + "{token}", HandleAsync).OpenToEveryone().RequireFormToken();
    }

    private static async Task<IResult> OpenAsync(
        HttpContext http,
        string token,
        OneTimeLinks links,
        IDbContextFactory<MusterDb> contexts,
        IOptions<AccountsOptions> options,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await FindAsync(db, links, token, clock.GetUtcNow(), ct);
        return found.TryGet(out var account, out var why)
            ? Pages.Show<SetPasswordPage>(http, new { Model = Model(token, account, options.Value, []) })
            : Problems.Answer(http, why, Status(why));
    }

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        string token,
        OneTimeLinks links,
        IDbContextFactory<MusterDb> contexts,
        SetPasswordWork work,
        CancellationToken ct
    )
    {
        var form = await http.Request.ReadFormAsync(ct);
        var password = new PlainTextPassword(form["password"].FirstOrDefault() ?? "");
        var repeated = new PlainTextPassword(form["repeat"].FirstOrDefault() ?? "");
        Account account;
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            var found = await FindAsync(db, links, token, work.Now, ct);
            if (!found.TryGet(out var opened, out var closed))
                return Problems.Answer(http, closed, Status(closed));
            account = opened;
        }

        var errors = work.Check(password, repeated, account);
        if (errors.Count > 0)
            return Again(http, token, account, work, errors);

        var serial = links.Read(OneTimeLinks.SetPassword, token)!.Value.Serial; // read by FindAsync
        var result = await work.CommitAsync(account.Id, serial, password, http.Connection.RemoteIpAddress?.ToString(), ct);

        if (!result.TryGet(out _, out var why))
            return Problems.Answer(http, why, Status(why));
        return Problems.WantsJson(http)
            ? Results.Json(new { account = account.Name })
            : Results.Redirect($"{Access.SignInPath}?account={Uri.EscapeDataString(account.Name)}&welcome=1");
    }

    private static IResult Again(HttpContext http, string token, Account account, SetPasswordWork work, IReadOnlyList<Refusal> errors) =>
        Problems.WantsJson(http)
            ? Problems.Document(errors, StatusCodes.Status400BadRequest)
            : Pages.Show<SetPasswordPage>(
                http,
                new { Model = Model(token, account, work.Options, errors) },
                StatusCodes.Status400BadRequest
            );

    private static SetPasswordModel Model(string token, Account account, AccountsOptions options, IReadOnlyList<Refusal> errors) =>
        new(token, account.Name, account.DisplayName, account.LinkExpiresAt, account.PasswordSetAt is null, options.Profile, errors);

    internal static async Task<Result<Account>> FindAsync(
        MusterDb db,
        OneTimeLinks links,
        string token,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        if (links.Read(OneTimeLinks.SetPassword, token) is not var (subject, serial))
            return new Refusal("link.unknown");
        return await db.AccountAsync(new AccountId(subject), ct) is { } account
            ? account.CheckLink(serial, now)
            : new Refusal("link.unknown");
    }

    private static int Status(Refusal why) => why.Code == "link.unknown" ? StatusCodes.Status404NotFound : StatusCodes.Status410Gone;
}

/// <summary>The check and the commit of the slice.</summary>
internal sealed class SetPasswordWork(
    Writer writer,
    AuditTrail audit,
    TimeProvider clock,
    PasswordHashing hashing,
    IOptions<AccountsOptions> options
)
{
    public AccountsOptions Options => options.Value;
    public DateTimeOffset Now => clock.GetUtcNow();

    public IReadOnlyList<Refusal> Check(PlainTextPassword password, PlainTextPassword repeated, Account account)
    {
        var reasons = PasswordPolicy.Check(password, Subject(account), options.Value.Profile, hasSecondFactor: false);
        if (reasons.Count > 0)
            return reasons;
        return password.Equals(repeated) ? [] : [new Refusal("password.repeat-differs", "repeat")];
    }

    public static PasswordSubject Subject(Account account) =>
        new(account.Name, account.Given, account.Family, account.Native, [account.Email]);

    public async Task<Result<Account>> CommitAsync(
        AccountId id,
        int serial,
        PlainTextPassword password,
        string? origin,
        CancellationToken ct
    )
    {
        var hash = await hashing.HashAsync(password, ct);
        return await writer.WriteAsync<Result<Account>>(
            nameof(SetPassword),
            async (db, unit) =>
            {
                var now = clock.GetUtcNow();
                if (await db.AccountAsync(id, unit) is not { } account)
                    return new Refusal("link.unknown");
                var revision = account.Revision;
                if (!account.SetPassword(serial, now).TryGet(out _, out var why))
                    return why;

                var credential = await db.Set<Credential>().SingleOrDefaultAsync(c => c.Id == id.Value, unit);
                if (credential is null)
                    db.Add(
                        credential = new Credential
                        {
                            Id = id.Value,
                            UserName = account.Name,
                            NormalizedUserName = account.Name,
                        }
                    );
                credential.PasswordHash = hash;
                credential.SecurityStamp = Guid.CreateVersion7(now).ToString("N");
                credential.ConcurrencyStamp = credential.SecurityStamp;
                if (account.Revision != revision)
                    db.Add(AccountOrders.Apply(account, now));
                db.Add(AccountOrders.Mail(account, "password-changed", $"password-changed:{account.Id}:{account.LinkSerial}", null, now));
                await audit.AppendAsync(
                    db,
                    new AuditEntry("account.password-set", Actor.Account(account.Name))
                    {
                        AccountId = id.Value,
                        MemberId = account.MemberId.Value,
                        Origin = origin,
                    },
                    now,
                    unit
                );
                await db.SaveChangesAsync(unit);
                return account;
            },
            ct
        );
    }
}
