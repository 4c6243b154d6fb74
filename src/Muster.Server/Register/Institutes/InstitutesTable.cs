using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Server.Register.Members;
using Muster.Server.Storage;

namespace Muster.Server.Register.Institutes;

internal static class InstitutesTable
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Institute>(institute =>
        {
            institute.ToTable("institutes");
            institute.HasKey(i => i.Id);
            institute.Property(i => i.Id).HasConversion(id => id.Value, value => new InstituteId(value));
            institute.Ignore(i => i.Facts);
        });
        model.Entity<InstituteSuccession>(succession =>
        {
            succession.ToTable("institute_successions");
            succession.HasKey(s => new { s.PredecessorId, s.SuccessorId });
            succession.Property(s => s.PredecessorId).HasConversion(id => id.Value, value => new InstituteId(value));
            succession.Property(s => s.SuccessorId).HasConversion(id => id.Value, value => new InstituteId(value));
            succession.HasOne<Institute>().WithMany().HasForeignKey(s => s.PredecessorId);
            succession.HasOne<Institute>().WithMany().HasForeignKey(s => s.SuccessorId);
        });
        model.Entity<Representative>(representative =>
        {
            representative.ToTable("representatives");
            representative.HasKey(r => new
            {
                r.InstituteId,
                r.MemberId,
                r.From,
            });
            representative.Property(r => r.InstituteId).HasConversion(id => id.Value, value => new InstituteId(value));
            representative.Property(r => r.Kind).HasConversion<string>();
            representative.Property(r => r.MemberId).HasConversion(id => id.Value, value => new MemberId(value));
            representative.HasOne<Institute>().WithMany().HasForeignKey(r => r.InstituteId);
            representative.HasOne<Member>().WithMany().HasForeignKey(r => r.MemberId);
        });
    }

    /// <summary>The institute of the member's membership that covers <paramref name="day"/>, or else of the latest one.</summary>
    public static async Task<Institute?> InstituteOfAsync(this MusterDb db, Member member, DateOnly day, CancellationToken ct)
    {
        var membership =
            member.Memberships.FirstOrDefault(m => m.Covers(day)) ?? member.Memberships.OrderByDescending(m => m.From).FirstOrDefault();
        return membership is null ? null : await db.Set<Institute>().SingleOrDefaultAsync(i => i.Id == membership.InstituteId, ct);
    }

    public static Task<Institute?> InstituteAsync(this MusterDb db, InstituteId id, CancellationToken ct) =>
        id == default ? Task.FromResult<Institute?>(null) : db.Set<Institute>().SingleOrDefaultAsync(i => i.Id == id, ct);

    /// <summary>For an id as somebody sent it.</summary>
    public static Task<Institute?> InstituteAsync(this MusterDb db, Guid id, CancellationToken ct) =>
        id == Guid.Empty ? Task.FromResult<Institute?>(null) : db.InstituteAsync(new InstituteId(id), ct);

    /// <summary>Whoever speaks for an institute on the day, as each was named; the dead do not.</summary>
    public static IQueryable<Representative> SpeakingOn(this MusterDb db, DateOnly day) =>
        db.Set<Representative>()
            .Where(r => r.From <= day && (r.Until == null || r.Until > day))
            .Where(r => !db.Set<Member>().Any(m => m.Id == r.MemberId && m.DeceasedOn <= day));

    /// <summary>Institutes that are in on the day, or will be, by short name.</summary>
    public static Task<List<Institute>> OpenInstitutesAsync(this MusterDb db, DateOnly day, CancellationToken ct) =>
        db.Set<Institute>().AsNoTracking().Where(i => i.Until == null || i.Until > day).OrderBy(i => i.ShortName).ToListAsync(ct);

    /// <summary>Everybody who speaks for the institute on the day.</summary>
    public static Task<List<Member>> SpeakersAsync(this MusterDb db, InstituteId institute, DateOnly day, CancellationToken ct) =>
        db.Set<Member>()
            .AsNoTracking()
            .Where(m => db.SpeakingOn(day).Where(r => r.InstituteId == institute).Select(r => r.MemberId).Contains(m.Id))
            .ToListAsync(ct);

    /// <summary>Every institute, ever, with its numbers of the day, by short name.</summary>
    public static async Task<List<InstituteLine>> InstituteLinesAsync(this MusterDb db, DateOnly day, CancellationToken ct)
    {
        var institutes = await db.Set<Institute>().AsNoTracking().ToListAsync(ct);
        // Nobody is twice at one place on one day, so rows are people.
        var people = await db.MembershipsOn(day)
            .GroupBy(m => m.InstituteId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var speakers = (
            await (
                from r in db.SpeakingOn(day)
                join m in db.Set<Member>().IgnoreAutoIncludes() on r.MemberId equals m.Id
                orderby r.Kind == RepresentativeKind.Representative descending, m.SortKey
                select new { r.InstituteId, m.DisplayName }
            ).ToListAsync(ct)
        ).ToLookup(s => s.InstituteId, s => s.DisplayName);
        return
        [
            .. institutes
                .OrderBy(i => i.ShortName, StringComparer.InvariantCultureIgnoreCase)
                .Select(i => new InstituteLine(i, people.GetValueOrDefault(i.Id), [.. speakers[i.Id].Distinct(StringComparer.Ordinal)])),
        ];
    }

    /// <summary>Records who goes on as whom; the caller saves.</summary>
    /// <returns>Why not, as <see cref="InstituteSuccession.Check"/> tells it.</returns>
    public static async Task<Refusal?> SucceedAsync(
        this MusterDb db,
        Institute institute,
        Institute next,
        DateOnly on,
        CancellationToken ct
    )
    {
        var known = await db.Set<InstituteSuccession>().AsNoTracking().ToListAsync(ct);
        if (InstituteSuccession.Check(institute.Id, next.Id, known) is { } refused)
            return refused;
        db.Add(new InstituteSuccession(institute.Id, next.Id, on));
        return null;
    }

    /// <summary>How many institutes are in on the day with fewer people who speak for them than are wanted.</summary>
    public static async Task<int> UnspokenCountAsync(this MusterDb db, DateOnly day, CancellationToken ct)
    {
        var speakers = await db.SpeakingOn(day)
            .GroupBy(r => r.InstituteId)
            .Select(g => new { g.Key, Count = g.Select(r => r.MemberId).Distinct().Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var present = await db.Set<Institute>()
            .Where(i => i.Since <= day && (i.Until == null || i.Until > day))
            .Select(i => i.Id)
            .ToListAsync(ct);
        return present.Count(i => speakers.GetValueOrDefault(i) < Representative.Wanted);
    }

    /// <summary>Everybody who ever spoke for the institute, those of now first.</summary>
    public static async Task<List<Speaking>> SpeakingAsync(this MusterDb db, InstituteId institute, CancellationToken ct)
    {
        var named = await db.Set<Representative>().AsNoTracking().Where(r => r.InstituteId == institute).ToListAsync(ct);
        var ids = named.Select(n => n.MemberId).ToList();
        var members = await db.Set<Member>().AsNoTracking().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, ct);
        return
        [
            .. named
                .OrderBy(n => n.Until is not null)
                .ThenByDescending(n => n.From)
                .Select(n => new Speaking(n, members[n.MemberId].DisplayName, members[n.MemberId].PrimaryEmail)),
        ];
    }
}
