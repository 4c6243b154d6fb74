using Microsoft.EntityFrameworkCore;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Renewals;
using Muster.Server.Register.Members;
using Muster.Server.Storage;

namespace Muster.Server.Enrolment.Renewals;

internal static class RenewalsTable
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<ConfirmationRound>(round =>
        {
            round.ToTable("confirmation_rounds");
            round.HasKey(r => r.Id);
            round.Ignore(r => r.FirstDay);
        });
        model.Entity<RoundInvitation>(invitation =>
        {
            invitation.ToTable("round_invitations");
            invitation.HasKey(i => i.Id);
            invitation.Property(i => i.InstituteId).HasConversion(id => id.Value, value => new InstituteId(value));
            invitation.Property(i => i.MemberId).HasConversion(id => id.Value, value => new MemberId(value));
            invitation.HasOne<ConfirmationRound>().WithMany().HasForeignKey(i => i.RoundId);
        });
        model.Entity<Confirmation>(confirmation =>
        {
            confirmation.ToTable("confirmations");
            confirmation.HasKey(c => new
            {
                c.RoundId,
                c.InstituteId,
                c.MemberId,
            });
            confirmation.Property(c => c.InstituteId).HasConversion(id => id.Value, value => new InstituteId(value));
            confirmation.Property(c => c.MemberId).HasConversion(id => id.Value, value => new MemberId(value));
            confirmation.Property(c => c.Answer).HasConversion<string>();
            confirmation.HasOne<ConfirmationRound>().WithMany().HasForeignKey(c => c.RoundId);
        });
    }

    /// <summary>The round that is open on the day; the one that ends first where there are several.</summary>
    public static Task<ConfirmationRound?> OpenRoundAsync(this MusterDb db, DateOnly day, CancellationToken ct) =>
        db.Set<ConfirmationRound>().Where(r => r.LastDay >= day).OrderBy(r => r.LastDay).FirstOrDefaultAsync(ct);

    /// <summary>People of the institute with a membership that stands on the representative's page, by name.</summary>
    public static async Task<List<Member>> PeopleToConfirmAsync(
        this MusterDb db,
        InstituteId institute,
        DateOnly today,
        CancellationToken ct
    )
    {
        var since = today.AddDays(-RenewalRules.RevivableDays);
        return await db.Set<Member>()
            .Where(m => m.Memberships.Any(s => s.InstituteId == institute && (s.Until == null || s.Until > since)))
            .OrderBy(m => m.SortKey)
            .ThenBy(m => m.Id)
            .ToListAsync(ct);
    }

    /// <summary>How far a round is at each institute that has people on the day: who is there, and of how many something was said.</summary>
    public static async Task<List<RoundProgress>> ProgressAsync(this MusterDb db, Guid round, DateOnly day, CancellationToken ct)
    {
        var present = await db.MembershipsOn(day)
            .Where(s => !db.Set<Member>().Any(m => m.Id == s.MemberId && m.DeceasedOn <= day)) // nobody is to say that the dead are here
            .Select(m => new { m.InstituteId, m.MemberId })
            .Distinct()
            .ToListAsync(ct);
        var said = (
            await db.Set<Confirmation>().Where(c => c.RoundId == round).Select(c => new { c.InstituteId, c.MemberId }).ToListAsync(ct)
        ).ToHashSet();
        // Who was said to have left counts as answered, though no longer present.
        var people = present.Concat(said).Distinct().ToLookup(p => p.InstituteId);
        var institutes = await db.Set<Institute>().AsNoTracking().ToListAsync(ct);
        return
        [
            .. institutes
                .Where(i => people.Contains(i.Id))
                .OrderBy(i => i.ShortName, StringComparer.InvariantCultureIgnoreCase)
                .Select(i => new RoundProgress(i, people[i.Id].Count(), people[i.Id].Count(said.Contains))),
        ];
    }
}

/// <param name="People">Who is there, and who was said to have left in this round.</param>
public sealed record RoundProgress(Institute Institute, int People, int Answered)
{
    public bool IsDone => Answered >= People;
}
