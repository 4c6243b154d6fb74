using Microsoft.Extensions.Options;
using Muster.Core.Accounts;
using Muster.Core.Addresses;
using Muster.Core.Members;
using Muster.Server.Audit;
using Muster.Server.Register.Accounts;
using Muster.Server.Storage;

namespace Muster.Server.Register.Addresses;

/// <summary>Gives a member the address that the name makes, in the unit of whoever admits or renames the member.</summary>
internal sealed class AddressGiving(IOptions<AddressesOptions> options, AuditTrail audit)
{
    /// <summary>Nothing where the collaboration gives no addresses, or the member has this one and shows it.</summary>
    /// <returns>The one that is shown now in place of another; null where nothing changed.</returns>
    public async Task<LocalPart?> GiveAsync(
        MusterDb db,
        Member member,
        Account? account,
        Actor by,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        if (!options.Value.GivesAddresses)
            return null;
        var own = await db.OwnAddressesAsync(member.Id, ct);
        var before = own.Shown?.LocalPart;
        var local = await db.FirstForAsync(member.Id, LocalPartProposal.For(member.Name, options.Value.Rules), ct);
        if (before == local.Value)
            return null;
        if (own.TakeName(local, $"{by.Kind}:{by.Name}", now) is { } made)
            db.Add(made);
        await audit.AppendAsync(db, Entry(member, account, local, before, by), now, ct);
        return local;
    }

    /// <summary>
    /// Who bears another name than before gets the address that it makes, and keeps the one before; who has none stays without. A change
    /// that makes no other address leaves alone what the member has chosen.
    /// </summary>
    public async Task FollowNameAsync(MusterDb db, Member member, PersonName before, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        if (!options.Value.GivesAddresses || LocalPartProposal.AreSame(before, member.Name, options.Value.Rules))
            return;
        if ((await db.OwnAddressesAsync(member.Id, ct)).Shown is null)
            return;
        var account = await db.AccountOfMemberAsync(member.Id, ct);
        if (
            await GiveAsync(db, member, account, by, now, ct) is { } shown
            && AddressMails.AliasGiven($"{shown}@{options.Value.Domain}", member, account, now) is { } mail
        )
            db.Add(mail);
    }

    public static AuditEntry Entry(Member member, Account? account, LocalPart local, string? before, Actor by) =>
        new("address.given", by)
        {
            MemberId = member.Id.Value,
            AccountId = account?.Id.Value,
            Details = { ["address"] = local.Value, ["before"] = before },
        };
}
