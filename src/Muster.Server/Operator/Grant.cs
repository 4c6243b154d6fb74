using System.CommandLine;
using Microsoft.Extensions.Options;
using Muster.Core.Roles;
using Muster.Server.Audit;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Roles;
using Muster.Server.Storage;

namespace Muster.Server.Operator;

/// <summary>Gives an account a role; how the first registrar and the first administrator come to be. The server must not run meanwhile.</summary>
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

    /// <summary>Roles over everything; one for a group or a resource is granted on the page, by an administrator.</summary>
    private static IEnumerable<Role> Unscoped => RoleRules.All.Where(r => RoleRules.ScopeOf(r) == ScopeKind.Everything);

    private static async Task<int> RunAsync(string path, string role, string accountName, CancellationToken ct)
    {
        if (RoleRules.Named(role) is not { } named || RoleRules.ScopeOf(named) != ScopeKind.Everything)
            return Terminal.Fail(
                Terminal.Misuse,
                VerbTexts.Get("grant.unknown-role", role),
                VerbTexts.Get("grant.roles", string.Join(", ", Unscoped.Select(RoleRules.NameOf)))
            );
        try
        {
            using var folder = DataFolder.Open(path);
            if (folder.Problems.Count > 0)
                return Terminal.WrongSettings(folder.Problems);
            await using var app = Program.Build(new Dictionary<string, string?> { ["Storage:DataFolder"] = folder.Path });
            var granted = await new Offline(app).WriteAsync(
                (db, audit, now, unit) => CommitAsync(db, audit, named, accountName, now, unit),
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
        Role role,
        string accountName,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        if (await db.AccountByNameAsync(accountName, ct) is not { } account)
            return null;
        if ((await db.RoleGrantsOfAsync(account.Id, ct)).Any(g => g.Role == role && g.Holds(now)))
            return false;
        db.Add(new RoleGrant(Guid.CreateVersion7(now), account.Id, role, RoleScope.Everything, Actor.Operator.Name, now, null));
        var entry = new AuditEntry("role.granted", Actor.Operator)
        {
            AccountId = account.Id.Value,
            MemberId = account.MemberId.Value,
            Details = { ["account"] = account.Name, ["role"] = RoleRules.NameOf(role) },
        };
        await audit.AppendAsync(db, entry, now, ct);
        await db.SaveChangesAsync(ct);
        return true;
    }
}
