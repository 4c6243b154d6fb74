using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.Accounts;
using Muster.Core.Roles;
using Muster.Core.X509;
using Muster.Server.Audit;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Register.Accounts;

/// <summary>
/// A fresh initial password, five days again: for the holder of the same certificate at once, in the browser; by a registrar as a mail.
/// </summary>
internal static class ReissueInitialPassword
{
    public const string Path = "/password/reissue";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).OpenToEveryone();
        routes.MapPost(Path, ByCertificateAsync).OpenToEveryone().RequireFormToken();
        routes.MapPost("/desk/accounts/{name}/reissue", ByRegistrarAsync).RequirePower(Power.ReissuePasswords).RequireFormToken();
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        ClientCertificates certificates,
        NoteRenewal renewals,
        IDbContextFactory<MusterDb> contexts,
        IOptions<PortalOptions> portal,
        CancellationToken ct
    )
    {
        if (!ClientCertificates.AreAskedFor(http, portal.Value))
            return Results.Redirect(portal.Value.CertificateLink(Path));
        var verdict = certificates.Judge(http);
        if (verdict is not CertificateVerdict.Accepted accepted)
            return Pages.CertificateProblem(http, (CertificateVerdict.Refused)verdict);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var held = await renewals.OfAsync(db, accepted.EndEntity, http.Connection.RemoteIpAddress?.ToString(), ct);
        if (held?.SuspendedAt is not null)
            return Problems.Answer(http, new Refusal("certificate.suspended"), StatusCodes.Status403Forbidden);
        return await db.AccountByCertificateAsync(accepted.EndEntity.Subject.Key, ct) is { } account
            ? Pages.Show<ReissuePage>(http, new { Account = account })
            : Problems.Answer(http, new Refusal("account.none-for-certificate"), StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ByCertificateAsync(
        HttpContext http,
        ClientCertificates certificates,
        ReissueWork work,
        OneTimeLinks links,
        IOptions<PortalOptions> portal,
        CancellationToken ct
    )
    {
        var verdict = certificates.Judge(http);
        if (verdict is not CertificateVerdict.Accepted accepted)
            return Problems.Answer(http, ((CertificateVerdict.Refused)verdict).Reason, StatusCodes.Status403Forbidden);

        var result = await work.CommitAsync(
            async (db, unit) =>
                await db.IsCertificateSuspendedAsync(accepted.EndEntity.Subject.Key, unit)
                    ? null
                    : await db.AccountByCertificateAsync(accepted.EndEntity.Subject.Key, unit),
            Actor.Certificate(accepted.EndEntity.Subject.Slash),
            http.Connection.RemoteIpAddress?.ToString(),
            ct
        );

        return result.TryGet(out var account, out var why)
            ? Results.Redirect(
                portal.Value.Link(SetPassword.Path + links.Make(OneTimeLinks.SetPassword, account.Id.Value, account.LinkSerial))
            )
            : Problems.Answer(http, why, StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ByRegistrarAsync(HttpContext http, string name, ReissueWork work, CancellationToken ct)
    {
        var registrar = SignedIn.On(http)!; // the route needs the role

        var result = await work.CommitAsync(
            (db, unit) => db.AccountByNameAsync(name, unit),
            Actor.Account(registrar.Name),
            http.Connection.RemoteIpAddress?.ToString(),
            ct
        );

        return result.TryGet(out var account, out var why)
            ? Pages.Show<ReissuedPage>(http, new { AccountName = account.Name, Until = account.InitialPasswordLapsesAt })
            : Problems.Answer(http, why, StatusCodes.Status409Conflict);
    }
}

/// <summary>The load–decide–commit part of the slice, the same for both ways.</summary>
internal sealed class ReissueWork(Writer writer, AuditTrail audit, TimeProvider clock, IOptions<AccountsOptions> options)
{
    public Task<Result<Account>> CommitAsync(
        Func<MusterDb, CancellationToken, Task<Account?>> load,
        Actor by,
        string? origin,
        CancellationToken ct
    ) =>
        writer.WriteAsync<Result<Account>>(
            nameof(ReissueInitialPassword),
            async (db, unit) =>
            {
                var now = clock.GetUtcNow();
                if (await load(db, unit) is not { } account)
                    return new Refusal("account.unknown");
                var revision = account.Revision;
                if (!account.ReissueInitialPassword(options.Value.InitialPassword, now).TryGet(out _, out var why))
                    return why;

                if (account.Revision != revision)
                    db.Add(AccountOrders.Apply(account, now));
                db.Add(AccountOrders.PasswordLinkMail(account, "initial-password-again", now));
                await audit.AppendAsync(
                    db,
                    new AuditEntry("account.initial-password-reissued", by)
                    {
                        AccountId = account.Id.Value,
                        MemberId = account.MemberId.Value,
                        Origin = origin,
                        Details = { ["until"] = account.InitialPasswordLapsesAt?.ToString("O") },
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
