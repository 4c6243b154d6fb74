using Muster.Core;
using Muster.Core.Accounts;
using Muster.Core.Addresses;
using Muster.Core.Members;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Roles;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Register.Addresses;

/// <summary>
/// Another primary address. A member asks for it, and the old address is told and can stop it for a while; a registrar does it at once,
/// for a person whose old address is dead. Not on the own record, and not for those whose account could do more for a thief than a
/// member's: there a registrar asks, as the member would.
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
            (db, member, account, now, unit) => OpenAsync(door, db, member, account, now, unit),
            ct
        );

    private static async Task<Refusal?> OpenAsync(
        AddressDoor door,
        MusterDb db,
        Member member,
        Account? account,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var key = door.AddressKey;
        if (await db.OpenPrimaryChangeAsync(member.Id, ct) is { } open)
            return open.AfterKey == key ? null : new Refusal("address.change-open");
        if (!PrimaryChange.Ask(Guid.CreateVersion7(now), member, key, door.Options.StopWithin, now).TryGet(out var change, out var why))
            return why;
        if (door.Options.RefusesMailbox(EmailAddress.Parse(change.After).Value) is { } own) // is on record, so it is one
            return own;
        if (await db.AccountByEmailAsync(key, ct) is { } holder && holder.MemberId != member.Id)
            return new Refusal("address.of-another");
        var most = door.Options.MostPerDay;
        if (await db.PrimaryChangesSinceAsync(member.Id, now.AddDays(-1), ct) >= most)
            return new Refusal("address.too-many-changes") { Arguments = [$"{most}"] };
        db.Add(change);
        db.AddRange(AddressMails.ChangeAsked(change, member, account, now));
        await door.AppendAsync(db, "address.primary-asked", member, account, now, ct, ("before", change.Before), ("after", change.After));
        return null;
    }

    private static Task<IResult> DecideAsync(AddressDoor door, CancellationToken ct) =>
        door.ActAsync(
            nameof(DecideAsync),
            "",
            async (db, member, account, now, unit) =>
            {
                var key = door.AddressKey;
                var before = member.PrimaryEmail;
                if (member.Id == SignedIn.On(door.Http)!.MemberId) // the route needs it
                    return new Refusal("address.own-record");
                if (account is not null && (await db.PowersOfAsync(account.Id, member.Id, now, unit)).AreOverEverything)
                    return await OpenAsync(door, db, member, account, now, unit);
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
