using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Core.Accounts;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Renewals;
using Muster.Server.Audit;
using Muster.Server.Outbox;
using Muster.Server.Register;
using Muster.Server.Register.Institutes;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Renewals;

/// <summary>
/// Everybody who speaks for an institute hears of the open round once, whoever is named later too, and is reminded as its end comes near,
/// as long as somebody of the institute is without an answer.
/// </summary>
internal static class InviteRepresentatives
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(30);

    public static async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        var desk = services.GetRequiredService<Desk>();
        var thresholds = services.GetRequiredService<IOptions<RenewalsOptions>>().Value.Thresholds;
        await desk.Writer.WriteAsync(
            nameof(InviteRepresentatives),
            async (db, unit) =>
            {
                if (await db.OpenRoundAsync(desk.Today, unit) is not { } round)
                    return 0;
                var sent = await InviteAsync(db, round, desk.Today, desk.Now, unit);
                await db.SaveChangesAsync(unit);
                sent += await RemindAsync(db, desk, round, thresholds, unit);
                await db.SaveChangesAsync(unit);
                return sent;
            },
            ct
        );
    }

    /// <returns>How many were invited now.</returns>
    public static async Task<int> InviteAsync(
        MusterDb db,
        ConfirmationRound round,
        DateOnly today,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var invited = (
            await db.Set<RoundInvitation>().Where(i => i.RoundId == round.Id).Select(i => new { i.InstituteId, i.MemberId }).ToListAsync(ct)
        ).ToHashSet();
        var sent = 0;
        foreach (var (institute, speaker) in await SpeakersAsync(db, today, ct))
        {
            if (!invited.Add(new { InstituteId = institute.Id, MemberId = speaker.Id }))
                continue;
            var invitation = new RoundInvitation(Guid.CreateVersion7(now), round.Id, institute.Id, speaker.Id, now);
            if (Mail("confirm-people", $"{invitation.Id}", round, institute, speaker, invitation, now) is not { } mail)
                continue;
            db.Add(invitation);
            db.Add(mail);
            sent++;
        }
        return sent;
    }

    private static async Task<int> RemindAsync(
        MusterDb db,
        Desk desk,
        ConfirmationRound round,
        IReadOnlyList<int> thresholds,
        CancellationToken ct
    )
    {
        var open = (await db.ProgressAsync(round.Id, desk.Today, ct)).Where(p => !p.IsDone).ToDictionary(p => p.Institute.Id);
        var speakers = (await SpeakersAsync(db, desk.Today, ct)).ToDictionary(s => (s.Institute.Id, s.Speaker.Id), s => s.Speaker);
        var sent = 0;
        foreach (var invitation in await db.Set<RoundInvitation>().Where(i => i.RoundId == round.Id).ToListAsync(ct))
        {
            if (
                !open.TryGetValue(invitation.InstituteId, out var progress)
                || !speakers.TryGetValue((invitation.InstituteId, invitation.MemberId), out var speaker)
                || round.DueReminder(thresholds, invitation.RemindedDays, desk.Today) is not { } days
            )
                continue;
            invitation.Remind(days);
            if (
                Mail("confirm-people-reminder", $"{invitation.Id}:{days}", round, progress.Institute, speaker, invitation, desk.Now) is
                { } mail
            )
                db.Add(mail);
            var entry = new AuditEntry("round.reminded", Actor.System("deadlines"))
            {
                MemberId = speaker.Id.Value,
                InstituteId = progress.Institute.Id.Value,
                Details = { ["round"] = round.Name, ["days"] = $"{days}" },
            };
            await desk.Audit.AppendAsync(db, entry, desk.Now, ct);
            sent++;
        }
        return sent;
    }

    /// <summary>Without those whose account is closed, for whom no link would open; they hear of the round when they are back.</summary>
    private static async Task<List<(Institute Institute, Member Speaker)>> SpeakersAsync(MusterDb db, DateOnly today, CancellationToken ct)
    {
        var named = await db.SpeakingOn(today)
            .Where(r => !db.Set<Account>().Any(a => a.MemberId == r.MemberId && (a.State == AccountState.Suspended || a.ExpiredAt != null)))
            .Select(r => new { r.InstituteId, r.MemberId })
            .Distinct()
            .ToListAsync(ct);
        var ids = named.Select(n => n.MemberId).Distinct().ToList();
        var members = await db.Set<Member>().AsNoTracking().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, ct);
        var institutes = await db.Set<Institute>().AsNoTracking().ToDictionaryAsync(i => i.Id, ct);
        return [.. named.Where(n => institutes[n.InstituteId].Covers(today)).Select(n => (institutes[n.InstituteId], members[n.MemberId]))];
    }

    private static OutboxOrder? Mail(
        string template,
        string key,
        ConfirmationRound round,
        Institute institute,
        Member speaker,
        RoundInvitation invitation,
        DateTimeOffset now
    ) =>
        speaker.PrimaryEmail is not { } address
            ? null
            : new MailOrder(
                template,
                address,
                speaker.DisplayName,
                "en",
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["name"] = speaker.DisplayName,
                    ["institute"] = institute.Name,
                    ["round"] = round.Name,
                    ["until"] = Days.Iso(round.LastDay),
                },
                new MailLink(ShowMyInstitute.LinkPath, ShowMyInstitute.Purpose, invitation.Id, 0)
            ).ToOrder($"{template}:{key}", now);
}
