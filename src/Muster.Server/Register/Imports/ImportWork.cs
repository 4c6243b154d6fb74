using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Imports;
using Muster.Core.Members;
using Muster.Server.Audit;
using Muster.Server.Register.Addresses;
using Muster.Server.Storage;

namespace Muster.Server.Register.Imports;

/// <summary>
/// Carries out a plan, or takes it back, inside one unit of the writer: some people at a time, so that the context stays small and is
/// not searched for changes again at every record of the trail.
/// </summary>
internal sealed class ImportWork(AuditTrail audit, AddressGiving addresses)
{
    private const int AtOnce = 250;

    /// <param name="entry">Of the trail, about one person.</param>
    public async Task CarryOutAsync(
        MusterDb db,
        Guid import,
        ImportPlan plan,
        Func<PersonStep, Guid, AuditEntry> entry,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var number = 0;
        foreach (var steps in plan.Steps.Chunk(AtOnce))
            await SavedAsync(
                db,
                async () =>
                {
                    var known = await MembersAsync(db, steps.Select(s => s.Member).OfType<MemberId>(), ct);
                    foreach (var step in steps)
                    {
                        var name = step.Member is { } id ? known[id].Name : null;
                        var (member, before) = Take(db, step, known, now);
                        await FollowNameAsync(db, member, name, entry(step, member.Id.Value).Actor, now, ct);
                        db.Add(
                            new ImportChange
                            {
                                ImportId = import,
                                Number = ++number,
                                MemberId = member.Id.Value,
                                Name = member.DisplayName,
                                Kind = step.Kind,
                                What = ImportWords.Of(step),
                                Before = before,
                                After = ImportWords.Record(member),
                            }
                        );
                        await audit.AppendAsync(db, entry(step, member.Id.Value), now, ct);
                    }
                },
                ct
            );
    }

    /// <returns>Names of those whose record is not as the import left it; nothing is taken back while there is one.</returns>
    public static async Task<List<string>> ChangedSinceAsync(MusterDb db, Guid import, CancellationToken ct)
    {
        var names = new List<string>();
        await foreach (var changes in ChunksAsync(db, import, ct))
        {
            var members = await MembersAsync(db, changes.Select(c => new MemberId(c.MemberId)), ct);
            var touched = await TouchedAsync(db, changes, ct);
            touched.UnionWith(await AddressesInUse.OfAsync(db, changes, members, ct));
            var orcids = changes.Select(c => c.Before is { } before ? ImportWords.Record(before).Orcid : null).OfType<string>().ToList();
            var holders = (
                await db.Set<Member>().Where(m => orcids.Contains(m.Orcid!)).Select(m => new { m.Id, m.Orcid }).ToListAsync(ct)
            ).ToLookup(h => h.Orcid, h => h.Id.Value);
            foreach (var change in changes)
            {
                var isAsLeft =
                    members.GetValueOrDefault(new MemberId(change.MemberId)) is { } member && ImportWords.Record(member) == change.After;
                var orcid = change.Before is { } before ? ImportWords.Record(before).Orcid : null;
                if (!isAsLeft || touched.Contains(change.MemberId) || (orcid is not null && holders[orcid].Any(h => h != change.MemberId)))
                    names.Add(change.Name);
            }
            db.ChangeTracker.Clear();
        }
        return names;
    }

    /// <param name="entry">Of the trail, about one person.</param>
    public async Task TakeBackAsync(
        MusterDb db,
        Guid import,
        Func<ImportChange, AuditEntry> entry,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        await foreach (var changes in ChunksAsync(db, import, ct))
            await SavedAsync(
                db,
                async () =>
                {
                    var members = await MembersAsync(db, changes.Select(c => new MemberId(c.MemberId)), ct);
                    foreach (var change in changes)
                    {
                        var member = members[new MemberId(change.MemberId)]; // was there a moment ago, in this unit
                        var name = member.Name;
                        if (change.Before is { } before)
                            member.Restore(ImportWords.Record(before));
                        else
                            db.Remove(member);
                        await FollowNameAsync(db, member, name, entry(change).Actor, now, ct);
                        await audit.AppendAsync(db, entry(change), now, ct);
                    }
                },
                ct
            );
    }

    /// <summary>The address follows the name, also where a file changes it or gives it back.</summary>
    private async Task FollowNameAsync(MusterDb db, Member member, PersonName? before, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        if (before is not null && before != member.Name)
            await addresses.FollowNameAsync(db, member, before, by, now, ct);
    }

    private static (Member Member, string? Before) Take(
        MusterDb db,
        PersonStep step,
        Dictionary<MemberId, Member> known,
        DateTimeOffset now
    )
    {
        if (step.Member is not { } id)
        {
            var entered = step.Enter(new MemberId(Guid.CreateVersion7(now)), now).Value; // the plan was made in this unit, and is good
            db.Add(entered);
            return (entered, null);
        }
        var member = known[id];
        var before = ImportWords.Record(member);
        var (emails, certificates, memberships, names) = (
            member.Emails.Count,
            member.Certificates.Count,
            member.Memberships.Count,
            member.FormerNames.Count
        );
        if (step.Take(member, now) is { } why)
            throw new InvalidOperationException($"A plan of this moment does not fit: {why.Code}.");
        db.AddRange(member.Emails.Skip(emails));
        db.AddRange(member.Certificates.Skip(certificates));
        db.AddRange(member.Memberships.Skip(memberships));
        db.AddRange(member.FormerNames.Skip(names));
        return (member, before);
    }

    /// <summary>Who was entered by it and has had to do with anything since: they stay, and so does the whole import.</summary>
    private static async Task<HashSet<Guid>> TouchedAsync(MusterDb db, List<ImportChange> changes, CancellationToken ct)
    {
        var entered = changes.Where(c => c.Before is null).Select(c => (Guid?)c.MemberId).ToList();
        var touched = await db.Set<AuditRecord>()
            .Where(r => entered.Contains(r.MemberId) && r.Action != ApplyImport.PersonAction)
            .Select(r => r.MemberId)
            .Distinct()
            .ToListAsync(ct);
        return [.. touched.OfType<Guid>()];
    }

    private static async IAsyncEnumerable<List<ImportChange>> ChunksAsync(
        MusterDb db,
        Guid import,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        for (var after = 0; ; )
        {
            var changes = await db.ImportChangesAsync(import, after, AtOnce, ct);
            if (changes.Count == 0)
                yield break;
            yield return changes;
            after = changes[^1].Number;
        }
    }

    private static Task<Dictionary<MemberId, Member>> MembersAsync(MusterDb db, IEnumerable<MemberId> of, CancellationToken ct)
    {
        var ids = of.ToList();
        return db.Set<Member>().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, ct);
    }

    private static async Task SavedAsync(MusterDb db, Func<Task> work, CancellationToken ct)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            await work();
            db.ChangeTracker.DetectChanges();
            await db.SaveChangesAsync(ct);
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = true;
        }
        db.ChangeTracker.Clear();
    }
}
