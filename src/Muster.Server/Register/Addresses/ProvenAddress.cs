using Muster.Core.Addresses;
using Muster.Core.Members;
using Muster.Server.Audit;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Members;
using Muster.Server.Storage;

namespace Muster.Server.Register.Addresses;

/// <summary>Whoever reads the mail of an address has it; a list that gave it to somebody else was wrong.</summary>
internal static class ProvenAddress
{
    /// <summary>Others who were listed with the address, unconfirmed, keep it as a former one.</summary>
    /// <param name="owner">Has confirmed it.</param>
    public static async Task EndListingsAsync(
        MusterDb db,
        AuditTrail audit,
        EmailAddress address,
        MemberId owner,
        Actor by,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        foreach (var listed in (await db.MembersByEmailAsync(address.Key, ct)).Where(m => m.Id != owner))
        {
            if (listed.GiveUpListing(address.Key, now) is not { } former)
                continue;
            db.Add(former);
            var account = await db.AccountOfMemberAsync(listed.Id, ct);
            if (account is not null && AddressMails.NoLongerListed(address.Value, listed, account, now) is { } told)
                db.Add(told);
            var entry = new AuditEntry("address.removed", by)
            {
                MemberId = listed.Id.Value,
                AccountId = account?.Id.Value,
                Details = { ["address"] = address.Value },
            };
            await audit.AppendAsync(db, entry, now, ct);
        }
    }
}
