using Muster.Core.Accounts;
using Muster.Core.Registrations;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Addresses;
using Muster.Server.Storage;

namespace Muster.Server.Enrolment.Registrations;

/// <summary>What an address already belongs to. The page must not show that it found something; only the address's owner is told.</summary>
internal sealed record HeldBack(string? AccountName, AccountState? AccountState, Registration? Registration)
{
    public static async Task<HeldBack?> FindAsync(MusterDb db, string emailKey, RegistrationId? except, CancellationToken ct)
    {
        if (await db.AccountByEmailAsync(emailKey, ct) is { } account)
            return new HeldBack(account.Name, account.State, null);
        if (await db.AccountByConfirmedEmailAsync(emailKey, ct) is { } another)
            return new HeldBack(another.Name, another.State, null);
        if (await db.OpenRegistrationByEmailAsync(emailKey, except, ct) is { } open)
            return new HeldBack(null, null, open);
        return null;
    }
}
