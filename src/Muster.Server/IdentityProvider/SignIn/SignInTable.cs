using Microsoft.EntityFrameworkCore;
using Muster.Core.Accounts;
using Muster.Server.Storage;

namespace Muster.Server.IdentityProvider.SignIn;

internal static class SignInTable
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Session>(session =>
        {
            session.ToTable("sessions");
            session.HasKey(s => s.Id);
            session.Property(s => s.AccountId).HasConversion(id => id.Value, value => new AccountId(value));
            session.HasIndex(s => s.AccountId);
            session.HasIndex(s => s.ExpiresAt);
        });
        model.Entity<SignInAttempts>(attempts =>
        {
            attempts.ToTable("sign_in_attempts");
            attempts.HasKey(a => a.Key);
            attempts.Ignore(a => a.IsWritten);
            attempts.HasIndex(a => a.LastAt);
        });
    }

    public static async Task<List<Session>> SessionsOfAsync(
        this MusterDb db,
        AccountId account,
        DateTimeOffset now,
        CancellationToken ct
    ) =>
        await db.Set<Session>()
            .Where(s => s.AccountId == account && s.EndedAt == null && s.ExpiresAt > now)
            .OrderByDescending(s => s.CreatedAt)
            .ToListAsync(ct);
}
