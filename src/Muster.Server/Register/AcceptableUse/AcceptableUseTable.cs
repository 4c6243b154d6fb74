using Microsoft.EntityFrameworkCore;
using Muster.Core.AcceptableUse;
using Muster.Server.Storage;

namespace Muster.Server.Register.AcceptableUse;

internal static class AcceptableUseTable
{
    public static void Map(ModelBuilder model) =>
        model.Entity<AupAcceptance>(acceptance =>
        {
            acceptance.ToTable("aup_acceptances");
            acceptance.HasKey(a => a.Id);
            acceptance.HasIndex(a => a.RegistrationId);
            acceptance.HasIndex(a => a.AccountId);
        });

    private static readonly PreparedList<Guid, AupAcceptance> ofRegistration = new(
        (db, id) => db.Set<AupAcceptance>().Where(a => a.RegistrationId == id)
    );

    public static Task<List<AupAcceptance>> AcceptancesOfRegistrationAsync(this MusterDb db, Guid registrationId, CancellationToken ct) =>
        ofRegistration.AskAsync(db, registrationId, ct);

    public static async Task<List<AupAcceptance>> AcceptancesOfAsync(this MusterDb db, Guid accountId, CancellationToken ct) =>
        await db.Set<AupAcceptance>().Where(a => a.AccountId == accountId).OrderByDescending(a => a.AcceptedAt).ToListAsync(ct);
}
