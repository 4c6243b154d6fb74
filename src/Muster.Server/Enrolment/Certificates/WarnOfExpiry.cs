using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Server.Audit;
using Muster.Server.Outbox;
using Muster.Server.Register.Accounts;
using Muster.Server.Storage;

namespace Muster.Server.Enrolment.Certificates;

/// <summary>Tells holders in time that a certificate ends; each threshold once.</summary>
internal static class WarnOfExpiry
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(10);
    private const int AtOnce = 200;

    public static async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        var audit = services.GetRequiredService<AuditTrail>();
        var thresholds = services.GetRequiredService<IOptions<CertificatesOptions>>().Value.Thresholds;
        await services
            .GetRequiredService<Writer>()
            .WriteAsync(nameof(WarnOfExpiry), (db, unit) => WarnAsync(db, audit, thresholds, clock.GetUtcNow(), unit), ct);
    }

    private static async Task<int> WarnAsync(
        MusterDb db,
        AuditTrail audit,
        IReadOnlyList<int> thresholds,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var warned = 0;
        // Each threshold by itself, so that who was warned already does not stand in the way of who was not.
        foreach (var days in thresholds.Order())
        {
            var horizon = now.AddDays(days);
            var due = await (
                from certificate in db.Set<MemberCertificate>()
                join account in db.Set<Account>() on certificate.MemberId equals account.MemberId
                where certificate.NotAfter != null && certificate.NotAfter >= now && certificate.NotAfter <= horizon
                where certificate.SuspendedAt == null && (certificate.WarnedDays == null || certificate.WarnedDays > days)
                where account.State == AccountState.Active && account.ExpiredAt == null
                orderby certificate.NotAfter
                select new { certificate, account }
            )
                .Take(AtOnce)
                .ToListAsync(ct);
            foreach (var one in due)
            {
                if (one.certificate.TakeDueWarning(thresholds, now) is not { } threshold)
                    continue;
                var mail = CertificateMails.Expiring(one.account, one.certificate, threshold, now);
                // Certificates of one subject with the same end may take turns; what was sent about that end was sent.
                if (await db.Set<OutboxOrder>().AnyAsync(o => o.Key == mail.Key, ct))
                    continue;
                warned++;
                db.Add(mail);
                await audit.AppendAsync(
                    db,
                    new AuditEntry("certificate.expiry-warned", Actor.System("deadlines"))
                    {
                        AccountId = one.account.Id.Value,
                        MemberId = one.account.MemberId.Value,
                        Details = { ["subject"] = one.certificate.Subject, ["days"] = $"{threshold}" },
                    },
                    now,
                    ct
                );
            }
            await db.SaveChangesAsync(ct);
        }
        return warned;
    }
}
