using Muster.Core;
using Muster.Core.Addresses;
using Muster.Core.Members;
using Muster.Server.Web;

namespace Muster.Server.Register.Addresses;

/// <summary>Addresses of the collaboration: a registrar gives and ends them, never to a second person; a member chooses the one to show.</summary>
internal static class ChangeAliases
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        AddressDoor.MapDesk<DeskAliasBody>(routes, "/aliases", "giveAlias", AddAsync);
        AddressDoor.MapDesk<DeskAliasBody>(routes, "/aliases/end", "endAlias", EndAsync);
        AddressDoor.Map<AliasBody, DeskAliasBody>(routes, "/shown", "chooseMyAlias", "chooseAlias", ShowAsync);
    }

    private static Task<IResult> AddAsync(AddressDoor door, CancellationToken ct)
    {
        if (!LocalPart.Parse(door.Fields.Text("alias"), door.Options.Rules).TryGet(out var local, out var wrong))
            return door.AnswerAsync(wrong.At("alias"), "", ct);
        return door.ActAsync(
            nameof(ChangeAliases),
            "",
            async (db, member, account, now, unit) =>
            {
                if (!door.Options.GivesAddresses)
                    return new Refusal("address.no-domain");
                if (await db.CollaborationAddressAsync(local.Value, unit) is { } known && known.MemberId != member.Id)
                    return new Refusal("alias.taken", "alias") { Arguments = [local.Value] };
                var own = await db.OwnAddressesAsync(member.Id, unit);
                if (!own.AddAlias(local, $"account:{door.By}", door.Reason!, now).TryGet(out var given, out var why)) // the door asked for one
                    return why.At("alias");
                if (db.Entry(given).State == Microsoft.EntityFrameworkCore.EntityState.Detached)
                    db.Add(given);
                if (AddressMails.AliasGiven(Whole(door, given), member, account, now) is { } told)
                    db.Add(told);
                await door.AppendAsync(db, "alias.given", member, account, now, unit, ("address", given.LocalPart));
                return null;
            },
            ct
        );
    }

    private static Task<IResult> EndAsync(AddressDoor door, CancellationToken ct) =>
        door.ActAsync(
            nameof(EndAsync),
            "",
            async (db, member, account, now, unit) =>
            {
                var own = await db.OwnAddressesAsync(member.Id, unit);
                if (!own.End(door.Fields.Text("alias"), now).TryGet(out var ended, out var why))
                    return why;
                if (AddressMails.AliasEnded(Whole(door, ended), door.Reason!, member, account, now) is { } told) // the door asked for one
                    db.Add(told);
                await door.AppendAsync(db, "alias.ended", member, account, now, unit, ("address", ended.LocalPart));
                return null;
            },
            ct
        );

    private static Task<IResult> ShowAsync(AddressDoor door, CancellationToken ct) =>
        door.ActAsync(
            nameof(ShowAsync),
            "shown",
            async (db, member, account, now, unit) =>
            {
                var own = await db.OwnAddressesAsync(member.Id, unit);
                var before = own.Shown?.LocalPart;
                if (!own.Show(door.Fields.Text("alias")).TryGet(out var shown, out var why))
                    return why;
                if (shown.LocalPart != before) // twice is once
                    await door.AppendAsync(db, "alias.shown", member, account, now, unit, ("before", before), ("after", shown.LocalPart));
                return null;
            },
            ct
        );

    private static string Whole(AddressDoor door, CollaborationAddress address) => $"{address.LocalPart}@{door.Options.Domain}";
}
