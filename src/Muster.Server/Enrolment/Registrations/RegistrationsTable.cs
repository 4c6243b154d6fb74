using Microsoft.EntityFrameworkCore;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Core.Registrations;
using Muster.Server.Storage;

namespace Muster.Server.Enrolment.Registrations;

internal static class RegistrationsTable
{
    private static readonly RegistrationState[] Open =
    [
        RegistrationState.Draft,
        RegistrationState.EmailConfirmed,
        RegistrationState.AwaitingEndorsement,
        RegistrationState.AwaitingVetting,
        RegistrationState.AwaitingDecision,
    ];

    public static void Map(ModelBuilder model) =>
        model.Entity<Registration>(registration =>
        {
            registration.ToTable("registrations");
            registration.HasKey(r => r.Id);
            registration.Property(r => r.Id).HasConversion(id => id.Value, value => new RegistrationId(value));
            registration.Property(r => r.MemberId).HasConversion(id => id!.Value.Value, value => new MemberId(value)); // EF calls it for values only
            registration.Property(r => r.AccountId).HasConversion(id => id!.Value.Value, value => new AccountId(value)); // EF calls it for values only
            registration.Property(r => r.Route).HasConversion<string>();
            registration.Property(r => r.State).HasConversion<string>();
            registration.Property(r => r.NameOrder).HasConversion<string>();
            registration.Ignore(r => r.Name);
            registration.Ignore(r => r.IsOpen);
            registration.HasIndex(r => r.Reference).IsUnique();
            registration.HasIndex(r => r.FormKey).IsUnique();
            registration.HasIndex(r => r.CertificateKey);
            registration.HasIndex(r => r.EmailKey);
            registration.HasIndex(r => r.NameKey);
            registration.HasIndex(r => new { r.State, r.StateSince });
            registration.HasIndex(r => r.AccountId);
        });

    private static readonly Prepared<RegistrationId, Registration?> byId = new(
        (db, id, ct) => db.Set<Registration>().SingleOrDefault(r => r.Id == id)
    );
    private static readonly Prepared<string, Registration?> byReference = new(
        (db, reference, ct) => db.Set<Registration>().SingleOrDefault(r => r.Reference == reference)
    );
    private static readonly Prepared<string, Registration?> openByCertificate = new(
        (db, key, ct) =>
            db.Set<Registration>().Where(r => r.CertificateKey == key && Open.Contains(r.State)).OrderBy(r => r.CreatedAt).FirstOrDefault()
    );

    public static Task<Registration?> RegistrationAsync(this MusterDb db, RegistrationId id, CancellationToken ct) =>
        byId.AskAsync(db, id, ct);

    public static Task<Registration?> RegistrationAsync(this MusterDb db, string reference, CancellationToken ct) =>
        byReference.AskAsync(db, reference, ct);

    public static Task<Registration?> OpenRegistrationByCertificateAsync(this MusterDb db, string key, CancellationToken ct) =>
        openByCertificate.AskAsync(db, key, ct);

    /// <summary>Open registrations of this address that count: one held back for this very address does not stand in its own way.</summary>
    public static async Task<Registration?> OpenRegistrationByEmailAsync(
        this MusterDb db,
        string emailKey,
        RegistrationId? except,
        CancellationToken ct
    ) =>
        await db.Set<Registration>()
            .Where(r => r.EmailKey == emailKey && !r.IsHeldBack && Open.Contains(r.State) && r.Id != except)
            .OrderBy(r => r.CreatedAt)
            .FirstOrDefaultAsync(ct);

    /// <summary>The registrar's queue, the longest wait first.</summary>
    public static IQueryable<Registration> AwaitingDecision(this MusterDb db) =>
        db.Set<Registration>().Where(r => r.State == RegistrationState.AwaitingDecision).OrderBy(r => r.StateSince).ThenBy(r => r.Id);

    public static IQueryable<Registration> StillOpen(this MusterDb db) => db.Set<Registration>().Where(r => Open.Contains(r.State));
}
