using Microsoft.EntityFrameworkCore;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Profiles;
using Muster.Core.Roles;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Register.Profiles;

internal static class ProfilesTable
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<MemberContact>(contact =>
        {
            contact.ToTable("member_contacts");
            contact.HasKey(c => c.MemberId);
            contact.Property(c => c.MemberId).HasConversion(id => id.Value, value => new MemberId(value)).ValueGeneratedNever();
            contact.Ignore(c => c.Details);
            contact.HasOne<Member>().WithOne().HasForeignKey<MemberContact>(c => c.MemberId);
        });
        model.Entity<PrivacyRule>(rule =>
        {
            rule.ToTable("privacy_rules");
            rule.HasKey(r => r.Field);
            rule.Property(r => r.Field).HasConversion<string>();
            rule.Property(r => r.Audience).HasConversion<string>();
            rule.Ignore(r => r.Rule);
        });
        model.Entity<PrivacyChoice>(choice =>
        {
            choice.ToTable("privacy_choices");
            choice.HasKey(c => new { c.MemberId, c.Field });
            choice.Property(c => c.MemberId).HasConversion(id => id.Value, value => new MemberId(value));
            choice.Property(c => c.Field).HasConversion<string>();
            choice.Property(c => c.Audience).HasConversion<string>();
            choice.HasOne<Member>().WithMany().HasForeignKey(c => c.MemberId);
        });
        model.Entity<ProfileLook>(look =>
        {
            look.ToTable("profile_looks");
            look.HasKey(l => new
            {
                l.MemberId,
                l.Day,
                l.AccountId,
            });
            look.Property(l => l.MemberId).HasConversion(id => id.Value, value => new MemberId(value));
            look.HasOne<Member>().WithMany().HasForeignKey(l => l.MemberId);
        });
    }

    public static async Task<PrivacySettings> PrivacySettingsAsync(this MusterDb db, CancellationToken ct) =>
        PrivacySettings.Shipped.With((await db.Set<PrivacyRule>().ToListAsync(ct)).Select(r => KeyValuePair.Create(r.Field, r.Rule)));

    public static Task<Dictionary<ProfileField, Audience>> PrivacyChoicesAsync(this MusterDb db, MemberId member, CancellationToken ct) =>
        db.Set<PrivacyChoice>().Where(c => c.MemberId == member).ToDictionaryAsync(c => c.Field, c => c.Audience, ct);

    public static async Task<ContactDetails> ContactAsync(this MusterDb db, MemberId member, CancellationToken ct) =>
        (await db.Set<MemberContact>().SingleOrDefaultAsync(c => c.MemberId == member, ct))?.Details ?? ContactDetails.None;

    /// <summary>What the account is to those it looks at, today.</summary>
    public static async Task<Viewer> ViewerAsync(this MusterDb db, SignedIn me, DateOnly today, CancellationToken ct) =>
        me.Has(Power.ReadRegister) ? Viewer.Desk
        : me.Has(Power.SpeakForInstitute) ? Viewer.Representative
        : await db.MembershipsOn(today).AnyAsync(m => m.MemberId == me.MemberId, ct) ? Viewer.Member
        : Viewer.Outsider;

    /// <summary>Profiles of those of the ids who have one for this viewer, in their order.</summary>
    public static async Task<List<Profile>> ProfilesAsync(
        this MusterDb db,
        IReadOnlyList<MemberId> ids,
        Viewer viewer,
        DateOnly today,
        CancellationToken ct
    )
    {
        if (ids.Count == 0)
            return [];
        var settings = await db.PrivacySettingsAsync(ct);
        var members = await db.Set<Member>().AsNoTracking().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, ct);
        var contacts = await db.Set<MemberContact>()
            .AsNoTracking()
            .Where(c => ids.Contains(c.MemberId))
            .ToDictionaryAsync(c => c.MemberId, ct);
        var choices = (await db.Set<PrivacyChoice>().AsNoTracking().Where(c => ids.Contains(c.MemberId)).ToListAsync(ct)).ToLookup(c =>
            c.MemberId
        );
        var places = members.Values.SelectMany(m => m.Memberships).Select(m => m.InstituteId).Distinct().ToList();
        var institutes = await db.Set<Institute>().AsNoTracking().Where(i => places.Contains(i.Id)).ToDictionaryAsync(i => i.Id, ct);
        return
        [
            .. ids.Select(id => members.GetValueOrDefault(id))
                .OfType<Member>()
                .Select(m => new ProfileRecord(
                    m,
                    contacts.GetValueOrDefault(m.Id)?.Details ?? ContactDetails.None,
                    choices[m.Id].ToDictionary(c => c.Field, c => c.Audience)
                ))
                .Select(r => PrivacyRules.Show(r, viewer, settings, institutes, today))
                .OfType<Profile>(),
        ];
    }
}
