using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Muster.Core;
using Muster.Core.Addresses;
using Muster.Core.Members;
using Muster.Core.Roles;
using Muster.Server.Storage;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Addresses;

/// <summary>The table of addresses and the mailboxes behind them, for a mail server; asked for again, it is sent only if it has changed.</summary>
internal static class MailTable
{
    public const string Api = "/api/virtual-aliases";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(Api, HandleAsync)
            .RequirePower(Power.ExportAddresses)
            .AnswersFile("exportMailTable", ["text/plain"], o => o with { AlsoRefuses = [StatusCodes.Status404NotFound] });

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        Desk desk,
        IOptions<AddressesOptions> options,
        MailTableWords words,
        CancellationToken ct
    )
    {
        if (!options.Value.GivesAddresses)
            return Problems.Answer(http, new Refusal("address.no-domain"), StatusCodes.Status404NotFound);
        await using var db = await desk.ReadAsync(ct);
        var table = Encoding.UTF8.GetBytes(await db.MailTableAsync(options.Value, words.Comment, desk.Today, ct));
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(table))}\"");
        return Results.File(table, "text/plain; charset=utf-8", entityTag: tag);
    }

    /// <summary>
    /// Every address that holds, of members whose primary address is confirmed: as long as a membership lasts, and for the grace after it.
    /// </summary>
    public static async Task<string> MailTableAsync(
        this MusterDb db,
        AddressesOptions options,
        IEnumerable<string> comment,
        DateOnly today,
        CancellationToken ct
    )
    {
        var gone = today.AddDays(-options.GraceDays); // whose last day lies before the day before this one
        var rows = await (
            from a in db.Set<CollaborationAddress>()
            join m in db.Set<Member>().IgnoreAutoIncludes() on a.MemberId equals m.Id
            join e in db.Set<MemberEmail>() on m.Id equals e.MemberId
            where
                a.EndedAt == null
                && e.ConfirmedAt != null
                && !db.Set<MemberEmail>().Any(o => o.MemberId == m.Id && o.Position < e.Position)
                && (m.DeceasedOn == null || m.DeceasedOn >= gone)
                && db.Set<Membership>().Any(s => s.MemberId == m.Id && (s.Until == null || s.Until > gone))
            select new { a.LocalPart, e.Address }
        ).ToListAsync(ct);
        return VirtualAliasTable.Write(
            options.AsciiDomain,
            comment,
            rows.Select(r => (r.LocalPart, EmailAddress.Parse(r.Address).Value)) // is on record, so it is one
        );
    }
}
