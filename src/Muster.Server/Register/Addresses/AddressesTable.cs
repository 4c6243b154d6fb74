using Microsoft.EntityFrameworkCore;
using Muster.Core.Addresses;
using Muster.Core.Members;
using Muster.Server.Storage;

namespace Muster.Server.Register.Addresses;

internal static class AddressesTable
{
    /// <summary>Local parts that are asked about at once: most names are free, some are borne by many.</summary>
    private const int CandidatesAtOnce = 8;

    public static void Map(ModelBuilder model)
    {
        model.Entity<AddressRequest>(request =>
        {
            request.ToTable("address_requests");
            request.HasKey(r => r.Id);
            request.Ignore(r => r.IsOpen);
            request.Property(r => r.Id).ValueGeneratedNever();
            request.Property(r => r.MemberId).HasConversion(id => id.Value, value => new MemberId(value));
            request.HasOne<Member>().WithMany().HasForeignKey(r => r.MemberId);
        });
        model.Entity<PrimaryChange>(change =>
        {
            change.ToTable("primary_changes");
            change.HasKey(c => c.Id);
            change.Ignore(c => c.IsOpen);
            change.Property(c => c.Id).ValueGeneratedNever();
            change.Property(c => c.Outcome).HasConversion<string>();
            change.Property(c => c.MemberId).HasConversion(id => id.Value, value => new MemberId(value));
            change.HasOne<Member>().WithMany().HasForeignKey(c => c.MemberId);
        });
        model.Entity<CollaborationAddress>(address =>
        {
            address.ToTable("collaboration_addresses");
            address.HasKey(a => a.LocalPart);
            address.Ignore(a => a.Holds);
            address.Property(a => a.Kind).HasConversion<string>();
            // No reference: the record of an address outlives that of the member.
            address.Property(a => a.MemberId).HasConversion(id => id.Value, value => new MemberId(value));
        });
    }

    public static Task<AddressRequest?> AddressRequestAsync(this MusterDb db, Guid id, CancellationToken ct) =>
        db.Set<AddressRequest>().SingleOrDefaultAsync(r => r.Id == id, ct);

    /// <summary>Those that wait, and all of the last day; oldest first.</summary>
    public static Task<List<AddressRequest>> AddressRequestsAsync(
        this MusterDb db,
        MemberId member,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var lately = now.AddDays(-1);
        return db.Set<AddressRequest>()
            .Where(r => r.MemberId == member && (r.RequestedAt > lately || (r.ConfirmedAt == null && r.WithdrawnAt == null)))
            .OrderBy(r => r.RequestedAt)
            .ThenBy(r => r.Id)
            .ToListAsync(ct);
    }

    /// <returns>How many.</returns>
    public static Task<int> ForgetAddressRequestsAsync(this MusterDb db, DateTimeOffset before, CancellationToken ct) =>
        db.Set<AddressRequest>()
            .Where(r => r.ExpiresAt < before || r.ConfirmedAt < before || r.WithdrawnAt < before)
            .ExecuteDeleteAsync(ct);

    public static Task<PrimaryChange?> PrimaryChangeAsync(this MusterDb db, Guid id, CancellationToken ct) =>
        db.Set<PrimaryChange>().SingleOrDefaultAsync(c => c.Id == id, ct);

    /// <summary>The one that is open, or null.</summary>
    public static Task<PrimaryChange?> OpenPrimaryChangeAsync(this MusterDb db, MemberId member, CancellationToken ct) =>
        db.Set<PrimaryChange>().SingleOrDefaultAsync(c => c.MemberId == member && c.EndedAt == null, ct);

    public static Task<List<Guid>> DuePrimaryChangesAsync(this MusterDb db, DateTimeOffset now, int limit, CancellationToken ct) =>
        db.Set<PrimaryChange>()
            .Where(c => c.EndedAt == null && c.DueAt <= now)
            .OrderBy(c => c.DueAt)
            .Select(c => c.Id)
            .Take(limit)
            .ToListAsync(ct);

    public static async Task<OwnAddresses> OwnAddressesAsync(this MusterDb db, MemberId member, CancellationToken ct) =>
        new(member, await db.Set<CollaborationAddress>().Where(a => a.MemberId == member).ToListAsync(ct));

    public static Task<CollaborationAddress?> CollaborationAddressAsync(this MusterDb db, string local, CancellationToken ct) =>
        db.Set<CollaborationAddress>().SingleOrDefaultAsync(a => a.LocalPart == local, ct);

    /// <summary>The first that nobody ever had, or that this member had.</summary>
    public static async Task<LocalPart> FirstForAsync(
        this MusterDb db,
        MemberId member,
        IEnumerable<LocalPart> candidates,
        CancellationToken ct
    )
    {
        // What this unit has given and not saved yet is given too.
        var unsaved = db.ChangeTracker.Entries<CollaborationAddress>().Select(e => e.Entity).ToLookup(a => a.LocalPart, a => a.MemberId);
        foreach (var some in candidates.Chunk(CandidatesAtOnce))
        {
            var texts = some.Select(c => c.Value).ToList();
            var holders = await db.Set<CollaborationAddress>()
                .AsNoTracking()
                .Where(a => texts.Contains(a.LocalPart))
                .Select(a => new { a.LocalPart, a.MemberId })
                .ToDictionaryAsync(a => a.LocalPart, a => a.MemberId, StringComparer.Ordinal, ct);
            if (
                some.FirstOrDefault(c =>
                    (!holders.TryGetValue(c.Value, out var holder) || holder == member) && unsaved[c.Value].All(m => m == member)
                ) is
                { } found
            )
                return found;
        }
        throw new InvalidOperationException("Ten thousand people have one name.");
    }

    /// <summary>Another member who has the address now; null when nobody has.</summary>
    public static Task<Member?> OtherHolderAsync(this MusterDb db, string emailKey, MemberId member, CancellationToken ct) =>
        db.Set<Member>()
            .Where(m =>
                m.Id == db.Set<MemberEmail>().Where(e => e.Key == emailKey && e.MemberId != member).Select(e => e.MemberId).FirstOrDefault()
            )
            .SingleOrDefaultAsync(ct);
}
