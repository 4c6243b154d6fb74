using Microsoft.EntityFrameworkCore;
using Muster.Core.Imports;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Profiles;
using Muster.Core.Renewals;
using Muster.Server.Outbox;
using Muster.Server.Register.Expiry;
using Muster.Server.Register.Imports;
using Muster.Server.Register.Profiles;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.IdentityProvider.SignIn;

/// <summary>What was done with the record: files that changed it, mails and orders about it, and whom the member looked at.</summary>
internal static class CopyOfDealings
{
    public static async Task<IReadOnlyList<CopySection>> LoadAsync(
        MusterDb db,
        SignedIn me,
        Dictionary<InstituteId, string> institutes,
        CancellationToken ct
    )
    {
        var (id, account) = (me.MemberId, me.Id.Value);
        var imports = await (
            from change in db.Set<ImportChange>()
            where change.MemberId == id.Value
            join batch in db.Set<ImportBatch>() on change.ImportId equals batch.Id
            orderby batch.DecidedAt
            select new { Change = change, Batch = batch }
        ).ToListAsync(ct);
        var invitations = await db.Set<RoundInvitation>().Where(i => i.MemberId == id).OrderBy(i => i.SentAt).ToListAsync(ct);
        var notices = await db.Set<EndingNotice>().Where(n => n.AccountId == me.Id).OrderBy(n => n.End).ToListAsync(ct);
        var orders = await db.Set<OutboxOrder>().Where(o => o.AccountId == account).OrderBy(o => o.Id).ToListAsync(ct);
        var looks = await db.Set<ProfileLook>().Where(l => l.AccountId == account).OrderByDescending(l => l.Day).ToListAsync(ct);
        var lookedAt = looks.Select(l => l.MemberId).Distinct().ToList();
        var names = await db.Set<Member>()
            .Where(m => lookedAt.Contains(m.Id))
            .Select(m => new { m.Id, m.DisplayName })
            .ToDictionaryAsync(m => m.Id, m => m.DisplayName, ct);
        return
        [
            new(
                "imports",
                CopySections.Rows(
                    imports,
                    i =>
                        [
                            ("file", i.Batch.FileName),
                            ("at", CopySections.At(i.Batch.DecidedAt)),
                            ("by", i.Batch.DecidedBy),
                            ("withdrawn", CopySections.At(i.Batch.RolledBackAt)),
                            ("changed", i.Change.What),
                            ("before", i.Change.Before),
                            ("after", i.Change.After),
                        ]
                )
            ),
            new(
                "invitations",
                CopySections.Rows(
                    invitations,
                    i => [("institute", institutes.GetValueOrDefault(i.InstituteId)), ("at", CopySections.At(i.SentAt))]
                )
            ),
            new(
                "endingNotices",
                CopySections.Rows(
                    notices,
                    n =>
                        [
                            ("institute", institutes.GetValueOrDefault(n.InstituteId)),
                            ("lastDay", Days.LastIso(n.End)),
                            ("daysBefore", $"{n.Days}"),
                        ]
                )
            ),
            new(
                "orders",
                CopySections.Rows(
                    orders,
                    o => [("kind", o.Kind), ("ordered", CopySections.At(o.CreatedAt)), ("done", CopySections.At(o.DoneAt))]
                )
            ),
            new(
                "looked",
                CopySections.Rows(
                    looks,
                    l => [("day", Days.Iso(l.Day)), ("at", names.GetValueOrDefault(l.MemberId)), ("times", $"{l.Times}")]
                )
            ),
        ];
    }
}
