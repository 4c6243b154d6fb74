using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Server.Audit;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Register.Accounts;

/// <summary>Mails a one-time link to the owner of an account. The page says the same whether there is one or not.</summary>
internal static class ForgotPassword
{
    public const string Path = "/password/forgot";

    /// <summary>Between two such mails to one account, so that nobody's mailbox is filled by a stranger.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(2);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext http) => Pages.Show<ForgotPasswordPage>(http, new { Sent = false })).OpenToEveryone();
        routes.MapPost(Path, HandleAsync).OpenToEveryone().RequireFormToken();
    }

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        Writer writer,
        AuditTrail audit,
        TimeProvider clock,
        IOptions<AccountsOptions> options,
        CancellationToken ct
    )
    {
        var typed = (await http.Request.ReadFormAsync(ct)).Text("account")?.Trim();
        if (string.IsNullOrEmpty(typed))
        {
            var missing = new Refusal("sign-in.account-missing", "account");
            return Pages.Show<ForgotPasswordPage>(
                http,
                new { Sent = false, Errors = (IReadOnlyList<Refusal>)[missing] },
                StatusCodes.Status400BadRequest
            );
        }

        var origin = http.Connection.RemoteIpAddress?.ToString();
        await writer.WriteAsync(
            nameof(ForgotPassword),
            async (db, unit) =>
            {
                var now = clock.GetUtcNow();
                if (await FindAsync(db, typed, unit) is not { } account || now < account.LinkMailedAt + Pause)
                    return false;
                account.NoteLinkMailed(now);
                if (account.IsUsable)
                {
                    account.IssueResetLink(options.Value.ResetLinkLifetime, now);
                    db.Add(AccountOrders.PasswordLinkMail(account, "password-reset", now));
                }
                else if (account is { State: AccountState.InitialPassword, ExpiredAt: null })
                {
                    db.Add(
                        AccountOrders.Mail(
                            account,
                            "initial-password-open",
                            $"initial-password-open:{account.Id}:{now.ToUnixTimeSeconds()}",
                            AccountOrders.Link(account),
                            now
                        )
                    );
                }
                else
                {
                    db.Add(
                        AccountOrders.Mail(
                            account,
                            "password-not-possible",
                            $"password-not-possible:{account.Id}:{now.ToUnixTimeSeconds()}",
                            null,
                            now
                        )
                    );
                }
                await audit.AppendAsync(
                    db,
                    new AuditEntry("account.password-link-asked", new Actor("visitor", "unknown"))
                    {
                        AccountId = account.Id.Value,
                        MemberId = account.MemberId.Value,
                        Origin = origin,
                    },
                    now,
                    unit
                );
                await db.SaveChangesAsync(unit);
                return true;
            },
            ct
        );

        return Pages.Show<ForgotPasswordPage>(http, new { Sent = true });
    }

    private static async Task<Account?> FindAsync(MusterDb db, string typed, CancellationToken ct)
    {
        if (!typed.Contains('@', StringComparison.Ordinal))
            return await db.AccountByNameAsync(typed.ToLowerInvariant(), ct);
        return EmailAddress.Parse(typed).TryGet(out var email, out _) ? await db.AccountByEmailAsync(email.Key, ct) : null;
    }
}
