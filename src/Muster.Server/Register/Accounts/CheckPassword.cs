using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Core.Accounts;
using Muster.Server.Storage;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Accounts;

/// <summary>Tells all reasons against a password while it is typed; the same rules as on the server, and nothing is kept.</summary>
internal static class CheckPassword
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/password-check", HandleAsync).OpenToEveryone().Takes<PasswordBody, PasswordAnswer>("checkPassword");

    private static async Task<IResult> HandleAsync(
        PasswordBody request,
        OneTimeLinks links,
        IDbContextFactory<MusterDb> contexts,
        IOptions<AccountsOptions> options,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var subject = new PasswordSubject(null, null, null, null, []);
        if (request.Token is { Length: > 0 } token)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            if ((await SetPassword.FindAsync(db, links, token, clock.GetUtcNow(), ct)).TryGet(out var account, out _))
                subject = SetPasswordWork.Subject(account);
        }

        var reasons = PasswordPolicy.Check(
            new PlainTextPassword(request.Password ?? ""),
            subject,
            options.Value.Profile,
            hasSecondFactor: false
        );
        return Results.Json(
            new PasswordAnswer(reasons.Count == 0, [.. reasons.Select(r => new PasswordReason(r.Code, RefusalTexts.Sentence(r)))])
        );
    }
}

internal sealed record PasswordBody(string? Password, string? Token);

internal sealed record PasswordReason(string Code, string Sentence);

internal sealed record PasswordAnswer(bool Ok, IReadOnlyList<PasswordReason> Reasons);
