using Muster.Core;
using Muster.Core.Addresses;
using Muster.Core.Members;
using Muster.Server.Register.Accounts;

namespace Muster.Server.Register.Addresses;

/// <summary>
/// Another primary address. A member asks for it, and the old address is told and can stop it for a while; a registrar does it at once,
/// for a person whose old address is dead.
/// </summary>
internal static class ChangePrimary
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        AddressDoor.Map<EmailBody, DeskEmailBody>(
            routes,
            "/primary",
            "askForPrimary",
            "changePrimary",
            (door, ct) => door.IsDesk ? DecideAsync(door, ct) : AskAsync(door, ct)
        );
        AddressDoor.Map<ReasonBody>(routes, "/primary/withdraw", "withdrawMyPrimary", "withdrawPrimary", WithdrawAsync);
    }

    private static Task<IResult> AskAsync(AddressDoor door, CancellationToken ct) =>
        door.ActAsync(
            nameof(ChangePrimary),
            "primary-asked",
            async (db, member, account, now, unit) =>
            {
                var key = door.AddressKey;
                if (await db.OpenPrimaryChangeAsync(member.Id, unit) is { } open)
                    return open.AfterKey == key ? null : new Refusal("address.change-open");
                if (
                    !PrimaryChange
                        .Ask(Guid.CreateVersion7(now), member, key, door.Options.StopWithin, now)
                        .TryGet(out var change, out var why)
                )
                    return why;
                if (door.Options.IsOwn(EmailAddress.Parse(change.After).Value)) // is on record, so it is one
                    return new Refusal("address.own-domain") { Arguments = [door.Options.Domain] };
                if (await db.AccountByEmailAsync(key, unit) is { } holder && holder.MemberId != member.Id)
                    return new Refusal("address.of-another");
                db.Add(change);
                db.Add(AddressMails.ChangeAsked(change, member, account, now));
                await door.AppendAsync(
                    db,
                    "address.primary-asked",
                    member,
                    account,
                    now,
                    unit,
                    ("before", change.Before),
                    ("after", change.After)
                );
                return null;
            },
            ct
        );

    private static Task<IResult> DecideAsync(AddressDoor door, CancellationToken ct) =>
        door.ActAsync(
            nameof(DecideAsync),
            "",
            async (db, member, account, now, unit) =>
            {
                var key = door.AddressKey;
                var before = member.PrimaryEmail;
                if (await PrimaryWork.CarryOutAsync(db, member, account, key, door.Options, door.Reason, now, unit) is { } why)
                    return why;
                if (await db.OpenPrimaryChangeAsync(member.Id, unit) is { } open)
                    open.End(open.AfterKey == key ? PrimaryChangeOutcome.Registrar : PrimaryChangeOutcome.Withdrawn, now);
                await door.AppendAsync(
                    db,
                    "address.primary-changed",
                    member,
                    account,
                    now,
                    unit,
                    ("before", before),
                    ("after", member.PrimaryEmail)
                );
                return null;
            },
            ct
        );

    private static Task<IResult> WithdrawAsync(AddressDoor door, CancellationToken ct) =>
        door.ActAsync(
            nameof(WithdrawAsync),
            "primary-withdrawn",
            async (db, member, account, now, unit) =>
            {
                if (await db.OpenPrimaryChangeAsync(member.Id, unit) is not { } open)
                    return door.IsDesk ? new Refusal("address.change-over") : null; // twice is once
                open.End(PrimaryChangeOutcome.Withdrawn, now);
                await door.AppendAsync(db, "address.primary-withdrawn", member, account, now, unit, ("after", open.After));
                return null;
            },
            ct
        );
}
