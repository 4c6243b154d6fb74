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

    private static readonly Prepared<string, Registration?> byForm = new(
        (db, key, ct) => db.Set<Registration>().SingleOrDefault(r => r.FormKey == key)
    );
    private static readonly Prepared<string, RegistrationId?, Registration?> openByEmail = new(
        (db, key, except, ct) =>
            db.Set<Registration>()
                .Where(r => r.EmailKey == key && !r.IsHeldBack && Open.Contains(r.State) && r.Id != except)
                .OrderBy(r => r.CreatedAt)
                .FirstOrDefault()
    );
    private static readonly PreparedList<string, RegistrationId> openByName = new(
        (db, key) =>
            db.Set<Registration>()
                .Where(r => r.NameKey == key && !r.IsHeldBack && Open.Contains(r.State))
                .OrderBy(r => r.CreatedAt)
                .Select(r => r.Id)
                .Take(LikeNames + 1) // the one that is asked for may be among them
    );

    /// <summary>So many of a like name are compared.</summary>
    private const int LikeNames = 5;

    public static Task<Registration?> RegistrationAsync(this MusterDb db, RegistrationId id, CancellationToken ct) =>
        byId.AskAsync(db, id, ct);

    public static Task<Registration?> RegistrationAsync(this MusterDb db, string reference, CancellationToken ct) =>
        byReference.AskAsync(db, reference, ct);

    public static Task<Registration?> OpenRegistrationByCertificateAsync(this MusterDb db, string key, CancellationToken ct) =>
        openByCertificate.AskAsync(db, key, ct);

    /// <summary>Open registrations of this address that count: one held back for this very address does not stand in its own way.</summary>
    public static Task<Registration?> OpenRegistrationByEmailAsync(
        this MusterDb db,
        string emailKey,
        RegistrationId? except,
        CancellationToken ct
    ) => openByEmail.AskAsync(db, emailKey, except, ct);

    /// <summary>What the same form led to, if it was sent before.</summary>
    public static Task<Registration?> RegistrationByFormAsync(this MusterDb db, string formKey, CancellationToken ct) =>
        byForm.AskAsync(db, formKey, ct);

    /// <summary>Some other open registrations of a like name.</summary>
    public static async Task<IEnumerable<RegistrationId>> OpenRegistrationsByNameAsync(
        this MusterDb db,
        string nameKey,
        RegistrationId except,
        CancellationToken ct
    ) => (await openByName.AskAsync(db, nameKey, ct)).Where(id => id != except).Take(LikeNames);

    /// <summary>The registrar's queue, the longest wait first.</summary>
    public static IQueryable<Registration> AwaitingDecision(this MusterDb db) =>
        db.Set<Registration>().Where(r => r.State == RegistrationState.AwaitingDecision).OrderBy(r => r.StateSince).ThenBy(r => r.Id);

    public static IQueryable<Registration> StillOpen(this MusterDb db) => db.Set<Registration>().Where(r => Open.Contains(r.State));
}
