using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Core.Accounts;
using Muster.Server.Audit;
using Muster.Server.Storage;

namespace Muster.Server.Register.Accounts;

/// <summary>The clock of the initial password: reminders on the way, the lock at the end.</summary>
internal static class InitialPasswordDeadlines
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private const int AtOnce = 500;

    public static async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        var rules = services.GetRequiredService<IOptions<AccountsOptions>>().Value.InitialPassword;
        var audit = services.GetRequiredService<AuditTrail>();
        var writer = services.GetRequiredService<Writer>();
        await writer.WriteAsync("LapseInitialPasswords", (db, unit) => LapseAsync(db, audit, clock.GetUtcNow(), unit), ct);
        await writer.WriteAsync("RemindInitialPasswords", (db, unit) => RemindAsync(db, audit, rules, clock.GetUtcNow(), unit), ct);
    }

    private static async Task<int> LapseAsync(MusterDb db, AuditTrail audit, DateTimeOffset now, CancellationToken ct)
    {
        var due = await db.Set<Account>()
            .Where(a => a.State == AccountState.InitialPassword && a.InitialPasswordLapsesAt <= now)
            .OrderBy(a => a.InitialPasswordLapsesAt)
            .Take(AtOnce)
            .ToListAsync(ct);
        foreach (var account in due.Where(a => a.LapseInitialPassword(now)))
        {
            db.Add(AccountOrders.Apply(account, now));
            if (account.ExpiredAt is null) // else no link would help
                db.Add(AccountOrders.Mail(account, "account-locked", $"account-locked:{account.Id}:{account.LinkSerial}", null, now));
            await AppendAsync(db, audit, "account.locked", account, now, ct);
        }
        await db.SaveChangesAsync(ct);
        return due.Count;
    }

    private static async Task<int> RemindAsync(
        MusterDb db,
        AuditTrail audit,
        InitialPasswordRules rules,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        if (rules.Reminders.Count == 0)
            return 0;
        var issuedBefore = now - rules.Reminders.Min();
        var due = await db.Set<Account>()
            .Where(a =>
                a.State == AccountState.InitialPassword
                && a.ExpiredAt == null
                && a.InitialPasswordIssuedAt <= issuedBefore
                && a.RemindersSent < rules.Reminders.Count
            )
            .OrderBy(a => a.InitialPasswordIssuedAt)
            .Take(AtOnce)
            .ToListAsync(ct);
        var reminded = 0;
        foreach (var account in due.Where(a => a.TakeDueReminder(rules, now)))
        {
            reminded++;
            db.Add(AccountOrders.PasswordLinkMail(account, "initial-password-reminder", now));
            await AppendAsync(db, audit, "account.reminded", account, now, ct);
        }
        await db.SaveChangesAsync(ct);
        return reminded;
    }

    private static async Task AppendAsync(
        MusterDb db,
        AuditTrail audit,
        string action,
        Account account,
        DateTimeOffset now,
        CancellationToken ct
    ) =>
        await audit.AppendAsync(
            db,
            new AuditEntry(action, Actor.System("deadlines")) { AccountId = account.Id.Value, MemberId = account.MemberId.Value },
            now,
            ct
        );
}
