using Muster.Core;
using Muster.Core.Addresses;
using Muster.Core.Members;
using Muster.Server.Audit;
using Muster.Server.Web;

namespace Muster.Server.Register.Addresses;

/// <summary>
/// The link in the mails about another primary address: whoever reads the old one agrees to the change at once, or stops it; whoever reads
/// another confirmed one can stop it.
/// </summary>
internal static class AnswerChange
{
    public const string DonePath = "/addresses/answered";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AddressMails.ChangePath + "{token}", OpenAsync).OpenToEveryone();
        routes.MapPost(AddressMails.ChangePath + "{token}", PressAsync).OpenToEveryone().TakesFormOrJson();
        routes
            .MapGet(
                DonePath,
                (HttpContext http) => Pages.Show<ChangeAnsweredPage>(http, new { IsStopped = http.Request.Query.ContainsKey("stopped") })
            )
            .OpenToEveryone();
    }

    private static async Task<IResult> OpenAsync(HttpContext http, string token, Desk desk, OneTimeLinks links, CancellationToken ct)
    {
        if (links.Read(OneTimeLinks.ChangePrimary, token) is not var (id, end))
            return Problems.Answer(http, new Refusal("link.unknown"), StatusCodes.Status404NotFound);
        await using var db = await desk.ReadAsync(ct);
        if (await db.PrimaryChangeAsync(id, ct) is not { } change)
            return Problems.Answer(http, new Refusal("link.unknown"), StatusCodes.Status404NotFound);
        return change.IsOpen
            ? Pages.Show<AnswerChangePage>(
                http,
                new
                {
                    Token = token,
                    Change = change,
                    MayAgree = end == AddressMails.OldEnd,
                }
            )
            : Problems.Answer(http, new Refusal("address.change-over"), StatusCodes.Status410Gone);
    }

    private static async Task<IResult> PressAsync(
        HttpContext http,
        string token,
        Desk desk,
        OneTimeLinks links,
        Microsoft.Extensions.Options.IOptions<AddressesOptions> options,
        CancellationToken ct
    )
    {
        if (links.Read(OneTimeLinks.ChangePrimary, token) is not var (id, end))
            return Problems.Answer(http, new Refusal("link.unknown"), StatusCodes.Status404NotFound);
        PrimaryChangeOutcome outcome;
        switch (Posted.Fields(http).Text("answer"))
        {
            case "agree" when end != AddressMails.OldEnd:
                return Problems.Answer(http, new Refusal("address.old-one-agrees"), StatusCodes.Status422UnprocessableEntity);
            case "agree":
                outcome = PrimaryChangeOutcome.Agreed;
                break;
            case "stop":
                outcome = PrimaryChangeOutcome.Stopped;
                break;
            default:
                return Problems.Answer(http, new Refusal("address.answer-missing"), StatusCodes.Status422UnprocessableEntity);
        }
        var origin = http.Connection.RemoteIpAddress?.ToString();
        var why = await desk.Writer.WriteAsync<Refusal?>(
            nameof(AnswerChange),
            async (db, unit) =>
            {
                if (await db.PrimaryChangeAsync(id, unit) is not { } change)
                    return new Refusal("link.unknown");
                if (!change.IsOpen)
                    return new Refusal("address.change-over");
                var mailbox = await db.ToldMailboxAsync(id, end, unit) ?? change.Before;
                var by = Actor.Mailbox(EmailAddress.Parse(mailbox).Value.Masked); // was on record
                var refused = await PrimaryWork.EndAsync(db, desk.Audit, change, outcome, by, origin, options.Value, desk.Now, unit);
                await db.SaveChangesAsync(unit);
                return refused;
            },
            ct
        );
        if (why is not null)
            return Problems.Answer(http, why, StatusCodes.Status410Gone);
        return Problems.WantsJson(http)
            ? Results.Json(new { outcome = outcome.ToString() })
            : Results.Redirect(DonePath + (outcome == PrimaryChangeOutcome.Stopped ? "?stopped" : ""));
    }
}
