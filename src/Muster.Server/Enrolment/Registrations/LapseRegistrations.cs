using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Core.Registrations;
using Muster.Server.Audit;
using Muster.Server.Storage;

namespace Muster.Server.Enrolment.Registrations;

/// <summary>Ends registrations on which nobody acted in the configured time, and tells the applicant.</summary>
internal static class LapseRegistrations
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    public static async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        var deadlines = services.GetRequiredService<IOptions<RegistrationsOptions>>().Value.Deadlines;
        var audit = services.GetRequiredService<AuditTrail>();
        await services
            .GetRequiredService<Writer>()
            .WriteAsync(
                nameof(LapseRegistrations),
                async (db, unit) =>
                {
                    var now = clock.GetUtcNow();
                    var oldest = now - (deadlines.Draft < deadlines.Decision ? deadlines.Draft : deadlines.Decision);
                    var lapsed = 0;
                    foreach (var registration in await db.StillOpen().Where(r => r.StateSince <= oldest).Take(500).ToListAsync(unit))
                    {
                        if (!registration.Lapse(deadlines, now))
                            continue;
                        lapsed++;
                        if (!registration.IsHeldBack)
                            db.Add(RegistrationMails.Lapsed(registration, now));
                        var entry = new AuditEntry("registration.lapsed", Actor.System("deadlines"))
                        {
                            RegistrationId = registration.Id.Value,
                        };
                        await audit.AppendAsync(db, entry, now, unit);
                    }
                    await db.SaveChangesAsync(unit);
                    return lapsed;
                },
                ct
            );
    }
}
