using Microsoft.EntityFrameworkCore;
using Muster.Core.Accounts;
using Muster.Core.Addresses;
using Muster.Core.Imports;
using Muster.Core.Members;
using Muster.Server.Storage;

namespace Muster.Server.Register.Imports;

/// <summary>Addresses that a file brought and that are more than a line of a list by now: taking the file back would break what rests on them.</summary>
internal static class AddressesInUse
{
    /// <returns>Ids of those who would lose one that is confirmed, an account's, or asked about at this moment.</returns>
    public static async Task<HashSet<Guid>> OfAsync(
        MusterDb db,
        IReadOnlyList<ImportChange> changes,
        IReadOnlyDictionary<MemberId, Member> members,
        CancellationToken ct
    )
    {
        var going = changes.SelectMany(c => Going(c, members)).ToList();
        if (going.Count == 0)
            return [];
        var keys = going.Select(e => e.Key).Distinct(StringComparer.Ordinal).ToList();
        var accounts = await db.Set<Account>()
            .Where(a => keys.Contains(a.EmailKey))
            .Select(a => new { a.MemberId, Key = a.EmailKey })
            .ToListAsync(ct);
        var requests = await db.Set<AddressRequest>()
            .Where(r => keys.Contains(r.Key) && r.ConfirmedAt == null && r.WithdrawnAt == null)
            .Select(r => new { r.MemberId, r.Key })
            .ToListAsync(ct);
        var primaries = await db.Set<PrimaryChange>()
            .Where(c => keys.Contains(c.AfterKey) && c.EndedAt == null)
            .Select(c => new { c.MemberId, Key = c.AfterKey })
            .ToListAsync(ct);
        var used = accounts.Concat(requests).Concat(primaries).Select(u => (u.MemberId, u.Key)).ToHashSet();
        return [.. going.Where(e => e.ConfirmedAt is not null || used.Contains((e.MemberId, e.Key))).Select(e => e.MemberId.Value)];
    }

    /// <summary>What the person has and had not before.</summary>
    private static IEnumerable<MemberEmail> Going(ImportChange change, IReadOnlyDictionary<MemberId, Member> members)
    {
        if (!members.TryGetValue(new MemberId(change.MemberId), out var member))
            return [];
        var before = change.Before is { } written ? ImportWords.Record(written).Emails : [];
        return member.Emails.Where(e => !before.Contains(e.Key, StringComparer.Ordinal));
    }
}
