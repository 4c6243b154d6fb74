using Microsoft.EntityFrameworkCore;
using Muster.Core.Accounts;
using Muster.Core.Addresses;
using Muster.Core.Members;
using Muster.Server.Outbox;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Members;
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

    /// <summary>Requests of anybody for this address of which a mail went out within the last day, closed ones among them.</summary>
    public static Task<List<AddressRequest>> AddressRequestsForAsync(
        this MusterDb db,
        string emailKey,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var lately = now.AddDays(-1);
        return db.Set<AddressRequest>().Where(r => r.Key == emailKey && r.SentAt > lately).ToListAsync(ct);
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

    /// <summary>How many this member has asked for since then, withdrawn ones among them.</summary>
    public static Task<int> PrimaryChangesSinceAsync(this MusterDb db, MemberId member, DateTimeOffset since, CancellationToken ct) =>
        db.Set<PrimaryChange>().CountAsync(c => c.MemberId == member && c.RequestedAt > since, ct);

    /// <summary>When the mail to the old address went out; null while it has not.</summary>
    public static Task<DateTimeOffset?> OldEndToldAtAsync(this MusterDb db, Guid change, CancellationToken ct)
    {
        var key = AddressMails.ChangeKey(change, AddressMails.OldEnd);
        return db.Set<OutboxOrder>().Where(o => o.Key == key).Select(o => o.DoneAt).SingleOrDefaultAsync(ct);
    }

    /// <summary>Where the mail with the link of this number went; null where there was none.</summary>
    public static async Task<string?> ToldMailboxAsync(this MusterDb db, Guid change, int end, CancellationToken ct)
    {
        var key = AddressMails.ChangeKey(change, end);
        return await db.Set<OutboxOrder>().SingleOrDefaultAsync(o => o.Key == key, ct) is { } order ? MailOrder.From(order).To : null;
    }

    /// <returns>How many that ended before then.</returns>
    public static Task<int> ForgetPrimaryChangesAsync(this MusterDb db, DateTimeOffset before, CancellationToken ct) =>
        db.Set<PrimaryChange>().Where(c => c.EndedAt < before).ExecuteDeleteAsync(ct);

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

    /// <summary>The first that nobody ever had, or that this member has; one that was ended stays so.</summary>
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
                .Select(a => new
                {
                    a.LocalPart,
                    a.MemberId,
                    a.EndedAt,
                })
                .ToDictionaryAsync(a => a.LocalPart, StringComparer.Ordinal, ct);
            if (
                some.FirstOrDefault(c =>
                    (!holders.TryGetValue(c.Value, out var holder) || (holder.MemberId == member && holder.EndedAt is null))
                    && unsaved[c.Value].All(m => m == member)
                ) is
                { } found
            )
                return found;
        }
        throw new InvalidOperationException("Ten thousand people have one name.");
    }

    /// <summary>Another member whose address it is, confirmed or of the account; null when nobody's. A list that names it proves nothing.</summary>
    public static async Task<Member?> OtherOwnerAsync(this MusterDb db, string emailKey, MemberId member, CancellationToken ct) =>
        await db.FirstWithAsync(db.Set<MemberEmail>().Where(e => e.Key == emailKey && e.MemberId != member && e.ConfirmedAt != null), ct)
        ?? (
            await db.AccountByEmailAsync(emailKey, ct) is { } used && used.MemberId != member
                ? await db.MemberAsync(used.MemberId, ct)
                : null
        );

    /// <summary>The account of the member who has confirmed the address, the primary one or another; null where nobody has, or without account.</summary>
    public static Task<Account?> AccountByConfirmedEmailAsync(this MusterDb db, string emailKey, CancellationToken ct) =>
        (
            from e in db.Set<MemberEmail>()
            join a in db.Set<Account>() on e.MemberId equals a.MemberId
            where e.Key == emailKey && e.ConfirmedAt != null
            select a
        ).FirstOrDefaultAsync(ct);

    /// <summary>Mailboxes that are said to lie in this domain, by address; files of before brought them.</summary>
    /// <param name="domain">As of <see cref="EmailAddress.Domain"/>.</param>
    public static Task<List<MemberEmail>> OwnDomainEmailsAsync(this MusterDb db, string domain, CancellationToken ct)
    {
        var ending = "%@" + domain;
        return db.Set<MemberEmail>().AsNoTracking().Where(e => EF.Functions.Like(e.Key, ending)).OrderBy(e => e.Key).ToListAsync(ct);
    }

    /// <summary>Another member who has the address now or is listed with it; null when nobody is.</summary>
    public static Task<Member?> OtherHolderAsync(this MusterDb db, string emailKey, MemberId member, CancellationToken ct) =>
        db.FirstWithAsync(db.Set<MemberEmail>().Where(e => e.Key == emailKey && e.MemberId != member), ct);

    private static Task<Member?> FirstWithAsync(this MusterDb db, IQueryable<MemberEmail> emails, CancellationToken ct) =>
        db.Set<Member>().Where(m => m.Id == emails.Select(e => e.MemberId).FirstOrDefault()).SingleOrDefaultAsync(ct);
}
