using Muster.Core.Addresses;
using Muster.Core.Members;

namespace Muster.Server.Register.Addresses;

/// <summary>Takes an address away; the person stays findable by it.</summary>
internal static class RemoveAddress
{
    public static void Map(IEndpointRouteBuilder routes) =>
        AddressDoor.Map<EmailBody, DeskEmailBody>(routes, "/remove", "removeMyAddress", "removeAddress", RemoveAsync);

    private static Task<IResult> RemoveAsync(AddressDoor door, CancellationToken ct) =>
        door.ActAsync(
            nameof(RemoveAddress),
            "removed",
            async (db, member, account, now, unit) =>
            {
                var key = door.AddressKey;
                if (!door.IsDesk && member.FormerEmails.Any(e => e.Key == key) && member.Emails.All(e => e.Key != key))
                    return null; // twice is once
                if (!member.RemoveEmail(key, now).TryGet(out var former, out var why))
                    return why;
                db.Add(former);
                if (await db.OpenPrimaryChangeAsync(member.Id, unit) is { } change && change.AfterKey == key)
                    change.End(PrimaryChangeOutcome.Withdrawn, now);
                foreach (var request in (await db.AddressRequestsAsync(member.Id, now, unit)).Where(r => r.Key == key))
                    request.Withdraw(now); // else its link would bring the address back
                db.AddRange(AddressMails.Removed(former.Address, door.Reason, member, account, now));
                await door.AppendAsync(db, "address.removed", member, account, now, unit, ("address", former.Address));
                return null;
            },
            ct
        );
}
