using Muster.Core;
using Muster.Core.Addresses;
using Muster.Core.Members;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Register.Addresses;

/// <summary>
/// A new address: a link is mailed there, and nothing is so before whoever reads that mail says yes. What a registrar adds is listed at
/// once, unconfirmed, as an import would.
/// </summary>
internal static class AddAddress
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        AddressDoor.Map<EmailBody, DeskEmailBody>(routes, "", "addMyAddress", "addAddress", AddAsync);
        AddressDoor.Map<AddressRequestBody, DeskAddressRequestBody>(routes, "/resend", "resendMyLink", "resendLink", ResendAsync);
        AddressDoor.Map<AddressRequestBody, DeskAddressRequestBody>(
            routes,
            "/withdraw",
            "withdrawMyAddress",
            "withdrawAddress",
            WithdrawAsync
        );
    }

    private static Task<IResult> AddAsync(AddressDoor door, CancellationToken ct)
    {
        if (!EmailAddress.Parse(door.Fields.Text("email")).TryGet(out var address, out var wrong))
            return door.AnswerAsync(wrong.At("email"), "", ct);
        return door.ActAsync(
            nameof(AddAddress),
            "asked",
            async (db, member, account, now, unit) =>
            {
                var rules = door.Options.Requests;
                if (door.Options.RefusesMailbox(address) is { } own)
                    return own.At("email");
                var known = member.Emails.FirstOrDefault(e => e.Key == address.Key);
                if (known?.ConfirmedAt is not null)
                    return new Refusal("address.have-already", "email");
                // A member is not told whose address it is, nor that it is anybody's; a registrar may know.
                if (door.IsDesk && await db.OtherHolderAsync(address.Key, member.Id, unit) is not null)
                    return new Refusal("person.email-of-another", "email");
                var lately = await db.AddressRequestsAsync(member.Id, now, unit);
                var open = lately.Find(r => r.IsOpen && r.Key == address.Key);
                if (!door.IsDesk && now < open?.SentAt + rules.ResendPause)
                    return null; // pressed twice
                if (!door.IsDesk && rules.Refuses(lately.Where(r => r != open), now) is { } tooMany)
                    return tooMany.At("email");

                var isNew = door.IsDesk && known is null;
                if (isNew)
                {
                    if (AddressMails.Added(address.Value, member, account, now) is { } told)
                        db.Add(told);
                    member.AddEmail(address);
                    db.Add(member.Emails[^1]);
                }
                var made = await db.AddressRequestsForAsync(address.Key, now, unit);
                var noMail = rules.RefusesMail(made, member.Id, now);
                if (noMail is null && open is not null && !open.SendAgain(rules, now).TryGet(out _, out var why))
                    noMail = why;
                if (noMail is not null && !isNew)
                    return noMail.At("email");
                if (noMail is null)
                {
                    var request = open ?? AddressRequest.Open(Guid.CreateVersion7(now), member.Id, address, door.By, rules, now);
                    if (open is null)
                        db.Add(request);
                    db.Add(AddressMails.Confirm(request, member, account, now));
                }
                await door.AppendAsync(db, "address.asked", member, account, now, unit, ("address", address.Value));
                return null;
            },
            ct
        );
    }

    private static Task<IResult> ResendAsync(AddressDoor door, CancellationToken ct) =>
        door.ActAsync(
            nameof(ResendAsync),
            "asked",
            async (db, member, account, now, unit) =>
            {
                if (await FindAsync(door, db, member, unit) is not { } request)
                    return new Refusal("address.request-unknown");
                var made = await db.AddressRequestsForAsync(request.Key, now, unit);
                if (request.IsOpen && door.Options.Requests.RefusesMail(made, member.Id, now) is { } noMail)
                    return noMail;
                if (!request.SendAgain(door.Options.Requests, now).TryGet(out _, out var why))
                    return why;
                db.Add(AddressMails.Confirm(request, member, account, now));
                await door.AppendAsync(db, "address.sent-again", member, account, now, unit, ("address", request.Address));
                return null;
            },
            ct
        );

    private static Task<IResult> WithdrawAsync(AddressDoor door, CancellationToken ct) =>
        door.ActAsync(
            nameof(WithdrawAsync),
            "withdrawn",
            async (db, member, account, now, unit) =>
            {
                if (await FindAsync(door, db, member, unit) is not { } request)
                    return new Refusal("address.request-unknown");
                if (request.Withdraw(now)) // twice is once
                    await door.AppendAsync(db, "address.withdrawn", member, account, now, unit, ("address", request.Address));
                return null;
            },
            ct
        );

    /// <summary>Of this member and of nobody else.</summary>
    private static async Task<AddressRequest?> FindAsync(AddressDoor door, MusterDb db, Member member, CancellationToken ct) =>
        Guid.TryParse(door.Fields["request"].FirstOrDefault(), out var id)
        && await db.AddressRequestAsync(id, ct) is { } request
        && request.MemberId == member.Id
            ? request
            : null;
}
