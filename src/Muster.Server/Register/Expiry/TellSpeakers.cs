using Microsoft.EntityFrameworkCore;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Server.Audit;
using Muster.Server.Outbox;
using Muster.Server.Register.Institutes;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Register.Expiry;

/// <summary>Those who speak for an institute hear of the ends that its people were warned of: one mail for all of a turn.</summary>
internal static class TellSpeakers
{
    public static async Task RunAsync(Desk desk, ILogger log, CancellationToken ct)
    {
        List<InstituteId> waiting;
        await using (var db = await desk.ReadAsync(ct))
            waiting = [.. (await db.UntoldEndingsAsync(null, ct)).Select(e => e.Institute).Distinct()];
        foreach (var institute in waiting)
            try
            {
                await desk.Writer.WriteAsync(nameof(TellSpeakers), (db, unit) => TellAsync(db, desk, institute, unit), ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.SpeakersNotTold(log, institute.Value, e);
            }
    }

    /// <summary>Where nobody speaks yet it stays to be told.</summary>
    private static async Task<int> TellAsync(MusterDb db, Desk desk, InstituteId id, CancellationToken ct)
    {
        var now = desk.Now;
        var speakers = await db.SpeakersAsync(id, desk.Today, ct);
        if (speakers.Count == 0 || await db.InstituteAsync(id, ct) is not { } institute)
            return 0;
        var endings = await db.UntoldEndingsAsync(id, ct);
        var mails = speakers.Select(s => Mail(s, institute, endings, now)).OfType<OutboxOrder>().ToList();
        if (mails.Count == 0)
            return 0;
        db.AddRange(mails);
        var told = await db.Set<EndingNotice>().Where(n => n.InstituteId == id).ToDictionaryAsync(n => n.AccountId, ct);
        foreach (var ending in endings)
        {
            if (!told.TryGetValue(ending.Account, out var notice))
                db.Add(told[ending.Account] = notice = new EndingNotice(ending.Account, id));
            notice.Tell(ending.End, ending.Days);
        }
        var entry = new AuditEntry("institute.endings-told", Actor.System("memberships"))
        {
            InstituteId = id.Value,
            Details = { ["people"] = $"{endings.Count}", ["mails"] = $"{mails.Count}" },
        };
        await desk.Audit.AppendAsync(db, entry, now, ct);
        await db.SaveChangesAsync(ct);
        return mails.Count;
    }

    private static OutboxOrder? Mail(Member speaker, Institute institute, List<Ending> endings, DateTimeOffset now) =>
        speaker.PrimaryEmail is not { } address
            ? null
            : new MailOrder(
                "people-ending",
                address,
                speaker.DisplayName,
                "en",
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["name"] = speaker.DisplayName,
                    ["institute"] = institute.Name,
                    ["people"] = string.Join(
                        '\n',
                        endings.Select(e => $"{Days.LastIso(e.End)}  {e.Name} ({e.Position})").Distinct(StringComparer.Ordinal)
                    ),
                },
                null
            ).ToOrder($"people-ending:{institute.Id}:{speaker.Id}:{now.ToUnixTimeSeconds()}", now);
}
