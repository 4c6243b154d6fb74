using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Addresses;
using Muster.Core.Members;
using Muster.Server.Audit;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Register.Addresses;

/// <summary>
/// The link in the mail to a new address, in whatever browser it is opened. The page asks for a press, so that what only looks at links
/// confirms nothing.
/// </summary>
internal static class ConfirmAddress
{
    public const string DonePath = "/addresses/confirmed";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AddressMails.ConfirmPath + "{token}", OpenAsync).OpenToEveryone();
        routes.MapPost(AddressMails.ConfirmPath + "{token}", PressAsync).OpenToEveryone().TakesFormOrJson();
        routes.MapGet(DonePath, (HttpContext http) => Pages.Show<AddressConfirmedPage>(http, new { })).OpenToEveryone();
    }

    private static async Task<IResult> OpenAsync(HttpContext http, string token, Desk desk, OneTimeLinks links, CancellationToken ct)
    {
        if (links.Read(OneTimeLinks.ConfirmAddress, token) is not var (id, serial))
            return Problems.Answer(http, new Refusal("link.unknown"), StatusCodes.Status404NotFound);
        await using var db = await desk.ReadAsync(ct);
        if (await db.AddressRequestAsync(id, ct) is not { } request || await db.MemberAsync(request.MemberId, ct) is not { } member)
            return Problems.Answer(http, new Refusal("link.unknown"), StatusCodes.Status404NotFound);
        return request.CheckLink(serial, desk.Now).TryGet(out _, out var why)
            ? Pages.Show<ConfirmAddressPage>(
                http,
                new
                {
                    Token = token,
                    request.Address,
                    Name = member.DisplayName,
                }
            )
            : Problems.Answer(http, why, StatusCodes.Status410Gone);
    }

    private static async Task<IResult> PressAsync(HttpContext http, string token, Desk desk, OneTimeLinks links, CancellationToken ct)
    {
        if (links.Read(OneTimeLinks.ConfirmAddress, token) is not var (id, serial))
            return Problems.Answer(http, new Refusal("link.unknown"), StatusCodes.Status404NotFound);
        var origin = http.Connection.RemoteIpAddress?.ToString();
        var result = await desk.Writer.WriteAsync<Result<AddressRequest>>(
            nameof(ConfirmAddress),
            async (db, unit) =>
            {
                var now = desk.Now;
                if (await db.AddressRequestAsync(id, unit) is not { } request)
                    return new Refusal("link.unknown");
                if (!request.CheckLink(serial, now).TryGet(out _, out var why))
                    return why;
                var refused = await TakeAsync(db, desk.Audit, request, serial, origin, now, unit);
                await db.SaveChangesAsync(unit);
                return refused is null ? request : refused;
            },
            ct
        );
        if (!result.TryGet(out var confirmed, out var no))
            return Problems.Answer(http, no, no.Code == "address.of-another" ? StatusCodes.Status409Conflict : StatusCodes.Status410Gone);
        return Problems.WantsJson(http) ? Results.Json(new { address = confirmed.Address }) : Results.Redirect(DonePath);
    }

    /// <summary>The address becomes the member's; or, where another has it, the request ends and its holder is told.</summary>
    private static async Task<Refusal?> TakeAsync(
        MusterDb db,
        AuditTrail audit,
        AddressRequest request,
        int serial,
        string? origin,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var address = EmailAddress.Parse(request.Address).Value; // was one when it was asked for
        var member =
            await db.MemberAsync(request.MemberId, ct) ?? throw new InvalidOperationException($"Member {request.MemberId} is gone.");
        var account = await db.AccountOfMemberAsync(member.Id, ct);
        AuditEntry Entry(string action, MemberId of) =>
            new(action, Actor.Mailbox(address.Masked))
            {
                MemberId = of.Value,
                Origin = origin,
                Details = { ["address"] = address.Value },
            };

        if (await db.OtherOwnerAsync(address.Key, member.Id, ct) is { } holder)
        {
            request.Withdraw(now);
            if (AddressMails.OfAnother(request, holder, await db.AccountOfMemberAsync(holder.Id, ct), now) is { } told)
                db.Add(told);
            await audit.AppendAsync(db, Entry("address.refused", member.Id), now, ct);
            await audit.AppendAsync(db, Entry("address.claimed", holder.Id), now, ct);
            return new Refusal("address.of-another");
        }

        request.Confirm(serial, now);
        var email = member.ConfirmEmail(address, now);
        if (db.Entry(email).State == EntityState.Detached)
            db.Add(email);
        await ProvenAddress.EndListingsAsync(db, audit, address, member.Id, Actor.Mailbox(address.Masked), now, ct);
        if (member.Primary != email && AddressMails.Added(address.Value, member, account, now) is { } added)
            db.Add(added);
        await audit.AppendAsync(db, Entry("address.confirmed", member.Id) with { AccountId = account?.Id.Value }, now, ct);
        return null;
    }
}
