using System.CommandLine;
using Microsoft.Extensions.Options;
using Muster.Server.Audit;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Roles;
using Muster.Server.Storage;

namespace Muster.Server.Operator;

/// <summary>Gives an account a role; how the first registrar comes to be. The server must not run meanwhile.</summary>
internal static class Grant
{
    public static Command Verb()
    {
        var data = Verbs.DataOption("data");
        var role = new Argument<string>("role") { Description = VerbTexts.Get("grant.role") };
        var account = new Argument<string>("account") { Description = VerbTexts.Get("grant.account") };
        var verb = new Command("grant", VerbTexts.Get("grant")) { role, account, data };
        verb.SetAction((parsed, ct) => RunAsync(parsed.GetValue(data)!, parsed.GetValue(role)!, parsed.GetValue(account)!, ct)); // required or with a default
        return verb;
    }

    private static async Task<int> RunAsync(string path, string role, string accountName, CancellationToken ct)
    {
        if (role != Role.Registrar)
            return Terminal.Fail(Terminal.Misuse, VerbTexts.Get("grant.unknown-role", role), VerbTexts.Get("grant.roles", Role.Registrar));
        try
        {
            using var folder = DataFolder.Open(path);
            if (folder.Problems.Count > 0)
                return Terminal.WrongSettings(folder.Problems);
            await using var app = Program.Build(new Dictionary<string, string?> { ["Storage:DataFolder"] = folder.Path });
            var granted = await new Offline(app).WriteAsync(
                (db, audit, now, unit) => CommitAsync(db, audit, role, accountName, now, unit),
                ct
            );
            if (granted is not { } isNew)
                return Terminal.Fail(
                    Terminal.Refused,
                    VerbTexts.Get("grant.no-account", accountName),
                    VerbTexts.Get("grant.no-account.hint")
                );
            Terminal.Say(VerbTexts.Get(isNew ? "grant.done" : "grant.already", accountName, role));
            return Terminal.Done;
        }
        catch (DataFolder.Unusable unusable)
        {
            return Terminal.Fail(unusable);
        }
        catch (OptionsValidationException wrong)
        {
            return Terminal.WrongSettings(wrong.Failures);
        }
    }

    /// <returns>Whether the role is new to the account; null when there is no such account.</returns>
    internal static async Task<bool?> CommitAsync(
        MusterDb db,
        AuditTrail audit,
        string role,
        string accountName,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        if (await db.AccountByNameAsync(accountName, ct) is not { } account)
            return null;
        if ((await db.RolesOfAsync(account.Id, ct)).Contains(role, StringComparer.Ordinal))
            return false;
        db.Add(new RoleGrant(account.Id, role, Actor.Operator.Name, now));
        var entry = new AuditEntry("role.granted", Actor.Operator)
        {
            AccountId = account.Id.Value,
            MemberId = account.MemberId.Value,
            Details = { ["account"] = account.Name, ["role"] = role },
        };
        await audit.AppendAsync(db, entry, now, ct);
        await db.SaveChangesAsync(ct);
        return true;
    }
}
