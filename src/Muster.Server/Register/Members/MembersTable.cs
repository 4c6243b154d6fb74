using Microsoft.EntityFrameworkCore;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Server.Storage;

namespace Muster.Server.Register.Members;

internal static class MembersTable
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Member>(member =>
        {
            member.ToTable("members");
            member.HasKey(m => m.Id);
            member.Property(m => m.Id).HasConversion(id => id.Value, value => new MemberId(value));
            member.Property(m => m.NameOrder).HasConversion<string>();
            member.Ignore(m => m.Name);
            member.Ignore(m => m.PrimaryEmail);
            member.Ignore(m => m.Primary);
            member.HasMany(m => m.Emails).WithOne().HasForeignKey(e => e.MemberId);
            member.HasMany(m => m.Certificates).WithOne().HasForeignKey(c => c.MemberId);
            member.HasMany(m => m.Memberships).WithOne().HasForeignKey(m => m.MemberId);
            member.HasMany(m => m.FormerEmails).WithOne().HasForeignKey(e => e.MemberId);
            member.HasMany(m => m.FormerNames).WithOne().HasForeignKey(n => n.MemberId);
            // A member is loaded whole. In one query: a person has an address or two, a certificate or two, so the product stays small.
            member.Navigation(m => m.Emails).AutoInclude();
            member.Navigation(m => m.Certificates).AutoInclude();
            member.Navigation(m => m.Memberships).AutoInclude();
            member.Navigation(m => m.FormerNames).AutoInclude();
            member.Navigation(m => m.FormerEmails).AutoInclude();
            member.HasIndex(m => m.NameKey);
        });
        model.Entity<MemberEmail>(email =>
        {
            email.ToTable("member_emails");
            email.HasKey(e => new { e.MemberId, e.Key });
            email.Property(e => e.MemberId).HasConversion(id => id.Value, value => new MemberId(value));
            email.HasIndex(e => e.Key);
        });
        model.Entity<FormerEmail>(email =>
        {
            email.ToTable("former_emails");
            email.HasKey(e => new { e.MemberId, e.Number });
            email.Property(e => e.MemberId).HasConversion(id => id.Value, value => new MemberId(value));
        });
        model.Entity<FormerName>(name =>
        {
            name.ToTable("former_names");
            name.HasKey(n => new { n.MemberId, n.Number });
            name.Property(n => n.MemberId).HasConversion(id => id.Value, value => new MemberId(value));
        });
        model.Entity<MemberCertificate>(certificate =>
        {
            certificate.ToTable("member_certificates");
            certificate.HasKey(c => c.Key);
            certificate.Property(c => c.MemberId).HasConversion(id => id.Value, value => new MemberId(value));
        });
        model.Entity<CertificateRequest>(request =>
        {
            request.ToTable("certificate_requests");
            request.HasKey(r => r.Id);
            request.Property(r => r.MemberId).HasConversion(id => id.Value, value => new MemberId(value));
            request.HasOne<Member>().WithMany().HasForeignKey(r => r.MemberId);
        });
        model.Entity<Membership>(membership =>
        {
            membership.ToTable("memberships");
            membership.HasKey(m => new
            {
                m.MemberId,
                m.InstituteId,
                m.From,
            });
            membership.Property(m => m.MemberId).HasConversion(id => id.Value, value => new MemberId(value));
            membership.Property(m => m.Category).HasConversion<string>();
            membership.Ignore(m => m.Terms);
            membership.Ignore(m => m.TermsBeforeLeft);
            membership.Property(m => m.InstituteId).HasConversion(id => id.Value, value => new InstituteId(value));
            membership.HasOne<Institute>().WithMany().HasForeignKey(m => m.InstituteId);
        });
    }

    private static readonly Prepared<string, Member?> byCertificate = new(
        (db, key, ct) =>
            db.Set<Member>()
                // Asked so, the engine finds the holder first, by key; with Any() it would look at every member.
                .SingleOrDefault(m => m.Id == db.Set<MemberCertificate>().Where(c => c.Key == key).Select(c => c.MemberId).FirstOrDefault())
    );

    private static readonly Prepared<MemberId, Member?> byId = new((db, id, ct) => db.Set<Member>().SingleOrDefault(m => m.Id == id));

    private static readonly Prepared<string, MemberId?> holder = new(
        (db, key, ct) => db.Set<MemberCertificate>().Where(c => c.Key == key).Select(c => (MemberId?)c.MemberId).SingleOrDefault()
    );

    private static readonly Prepared<string, MemberCertificate?> certificate = new(
        (db, key, ct) => db.Set<MemberCertificate>().SingleOrDefault(c => c.Key == key)
    );

    private static readonly Prepared<string, bool> isSuspended = new(
        (db, key, ct) => db.Set<MemberCertificate>().Any(c => c.Key == key && c.SuspendedAt != null)
    );

    private static readonly PreparedList<string, MemberId> byEmail = new(
        (db, key) =>
            db.Set<MemberEmail>().AsNoTracking().Where(e => e.Key == key).Select(e => e.MemberId).Distinct().OrderBy(id => id).Take(3)
    );

    /// <summary>The member whose recorded subject has this canonical key, whole; tracked as the context tracks.</summary>
    public static Task<Member?> MemberByCertificateAsync(this MusterDb db, string certificateKey, CancellationToken ct) =>
        byCertificate.AskAsync(db, certificateKey, ct);

    /// <summary>Who holds the certificate with this canonical subject.</summary>
    public static Task<MemberId?> HolderOfAsync(this MusterDb db, string certificateKey, CancellationToken ct) =>
        holder.AskAsync(db, certificateKey, ct);

    /// <summary>What is recorded of the certificate with this canonical subject; tracked as the context tracks.</summary>
    public static Task<MemberCertificate?> CertificateAsync(this MusterDb db, string certificateKey, CancellationToken ct) =>
        certificate.AskAsync(db, certificateKey, ct);

    /// <summary>Whether the subject is of a member who, for now, does not want anything done on its word.</summary>
    public static Task<bool> IsCertificateSuspendedAsync(this MusterDb db, string certificateKey, CancellationToken ct) =>
        isSuspended.AskAsync(db, certificateKey, ct);

    /// <summary>Whether the member waits for a decision about this subject.</summary>
    public static Task<bool> IsAskedForAsync(this MusterDb db, MemberId member, string certificateKey, CancellationToken ct) =>
        db.Set<CertificateRequest>().AnyAsync(r => r.MemberId == member && r.Key == certificateKey && r.DecidedAt == null, ct);

    public static Task<int> OpenCertificateRequestsAsync(this MusterDb db, MemberId member, CancellationToken ct) =>
        db.Set<CertificateRequest>().CountAsync(r => r.MemberId == member && r.DecidedAt == null, ct);

    /// <summary>Requests of one member that wait, and those decided last.</summary>
    public static Task<List<CertificateRequest>> CertificateRequestsOfAsync(this MusterDb db, MemberId member, CancellationToken ct) =>
        db.Set<CertificateRequest>().Where(r => r.MemberId == member).OrderByDescending(r => r.RequestedAt).Take(20).ToListAsync(ct);

    /// <summary>Members with this address, at most three: one is the rule, more are a fault of the list.</summary>
    public static async Task<List<Member>> MembersByEmailAsync(this MusterDb db, string emailKey, CancellationToken ct)
    {
        // Two steps, each by an index: asked in one, the engine looks at every member.
        var ids = await byEmail.AskAsync(db, emailKey, ct);
        var members = new List<Member>(ids.Count);
        foreach (var id in ids)
            if (await db.MemberAsync(id, ct) is { } member)
                members.Add(member);
        return members;
    }

    public static Task<Member?> MemberAsync(this MusterDb db, MemberId id, CancellationToken ct) => byId.AskAsync(db, id, ct);

    /// <summary>For an id as somebody sent it.</summary>
    public static Task<Member?> MemberAsync(this MusterDb db, Guid id, CancellationToken ct) =>
        id == Guid.Empty ? Task.FromResult<Member?>(null) : db.MemberAsync(new MemberId(id), ct);

    /// <summary>Memberships that cover the day.</summary>
    public static IQueryable<Membership> MembershipsOn(this MusterDb db, DateOnly day) =>
        db.Set<Membership>().Where(m => m.From <= day && (m.Until == null || m.Until > day));

    /// <summary>Members with a like name, for the registrar to compare; at most <paramref name="limit"/>.</summary>
    public static async Task<List<Member>> MembersByNameKeyAsync(this MusterDb db, string nameKey, int limit, CancellationToken ct) =>
        await db.Set<Member>().Where(m => m.NameKey == nameKey).OrderBy(m => m.Id).Take(limit).ToListAsync(ct);

    /// <summary>Who has this ORCID iD, in groups.</summary>
    public static Task<MemberId?> MemberByOrcidAsync(this MusterDb db, string orcid, CancellationToken ct) =>
        db.Set<Member>().Where(m => m.Orcid == orcid).Select(m => (MemberId?)m.Id).FirstOrDefaultAsync(ct);
}
