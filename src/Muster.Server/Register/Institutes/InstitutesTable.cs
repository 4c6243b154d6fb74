using Microsoft.EntityFrameworkCore;
using Muster.Core.Institutes;
using Muster.Core.Members;
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
}
