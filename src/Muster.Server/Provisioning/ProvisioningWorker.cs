using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Core.Accounts;
using Muster.Core.Provisioning;
using Muster.Core.Registrations;
using Muster.Server.Audit;
using Muster.Server.Outbox;
using Muster.Server.Provisioning.Targets.Directory;
using Muster.Server.Register.Accounts;
using Muster.Server.Storage;

namespace Muster.Server.Provisioning;

/// <summary>Makes accounts true in the connected systems, and tells the person when theirs is ready.</summary>
internal sealed class ProvisioningWorker(
    IDbContextFactory<MusterDb> contexts,
    Writer writer,
    CommitSignal signal,
    ProvisioningRules rules,
    TimeProvider clock,
    ILogger<ProvisioningWorker> log
) : OutboxWorker(Lanes.Provisioning, contexts, writer, signal, clock, log)
{
    private static readonly Prepared<AccountId, Registration?> registrationOf = new(
        (db, id, ct) => db.Set<Registration>().SingleOrDefault(r => r.AccountId == id)
    );

    protected override Task<Func<MusterDb, DateTimeOffset, CancellationToken, Task>?> PerformAsync(OutboxOrder order, CancellationToken ct)
    {
        var id = new AccountId(Guid.Parse(order.Payload));
        return Task.FromResult<Func<MusterDb, DateTimeOffset, CancellationToken, Task>?>((db, now, unit) => MarkAsync(db, id, now, unit));
    }

    private async Task MarkAsync(MusterDb db, AccountId id, DateTimeOffset now, CancellationToken ct)
    {
        var account = await db.AccountAsync(id, ct) ?? throw new InvalidOperationException($"Account {id} is gone.");
        await DirectoryTarget.ApplyAsync(db, ProvisioningPlan.For(account), now, ct);
        if (!account.MarkProvisioned(rules.InitialPassword, now))
            return;

        if (await registrationOf.AskAsync(db, id, ct) is { } registration)
            registration.MarkProvisioned(now);
        db.Add(AccountOrders.PasswordLinkMail(account, "account-ready", now));
        await rules.Audit.AppendAsync(
            db,
            new AuditEntry("account.provisioned", Actor.System("provisioning"))
            {
                AccountId = id.Value,
                MemberId = account.MemberId.Value,
                RegistrationId = account.RegistrationId?.Value,
                Details =
                {
                    ["account"] = account.Name,
                    ["target"] = "directory",
                    ["until"] = account.InitialPasswordLapsesAt?.ToString("O"),
                },
            },
            now,
            ct
        );
    }
}

/// <summary>What the worker needs beside the outbox.</summary>
internal sealed class ProvisioningRules(IOptions<AccountsOptions> accounts, AuditTrail audit)
{
    public InitialPasswordRules InitialPassword => accounts.Value.InitialPassword;
    public AuditTrail Audit => audit;
}
