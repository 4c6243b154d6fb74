using Muster.Core;
using Muster.Core.Members;
using Muster.Core.X509;
using Muster.Server.Audit;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Certificates;

/// <summary>Asks for a subject that this browser cannot present; a registrar decides.</summary>
internal static class AskForCertificate
{
    public const string Path = MyCertificates.Path + "/ask";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, HandleAsync).RequireSignIn().RequireFormToken();

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        MyCertificates.Loader page,
        Writer writer,
        AuditTrail audit,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var form = await http.Request.ReadFormAsync(ct);
        var (typed, purpose) = (form.Text("subject")?.Trim(), form.Words("purpose", CertificateRequest.LongestText));
        // What is kept is the slash form; a name that it cannot carry unchanged would be another name when it is decided about.
        if (
            typed is null
            || !DistinguishedName.ParseText(typed).TryGet(out var subject, out _)
            || !DistinguishedName.ParseSlash(subject.Slash).TryGet(out var again, out _)
            || !again.Equals(subject)
        )
            return await page.RefusedAsync(http, new Refusal("certificate.subject-unreadable", "subject"), typed, purpose, ct);
        if (purpose is null)
            return await page.RefusedAsync(http, new Refusal("certificate.purpose-missing", "purpose"), typed, purpose, ct);
        var me = SignedIn.On(http)!; // the route needs it
        var origin = http.Connection.RemoteIpAddress?.ToString();

        var result = await writer.WriteAsync<Result<LinkStep>>(
            nameof(AskForCertificate),
            async (db, unit) =>
            {
                var now = clock.GetUtcNow();
                if (await db.AccountAsync(me.Id, unit) is not { } account || await db.MemberAsync(account.MemberId, unit) is not { } member)
                    return new Refusal("account.unknown");
                // Whose it is otherwise, only the registrar is told.
                var holder = await db.HolderOfAsync(subject.Key, unit);
                if (holder == member.Id || await db.IsAskedForAsync(member.Id, subject.Key, unit))
                    return LinkStep.Nothing;
                var open = await db.OpenCertificateRequestsAsync(member.Id, unit);
                if (member.Certificates.Count + open >= CertificateLinking.MostPerMember)
                    return new Refusal("certificate.too-many", "subject");

                db.Add(new CertificateRequest(Guid.CreateVersion7(now), member.Id, subject.Key, subject.Slash, purpose, now));
                await audit.AppendAsync(
                    db,
                    new AuditEntry("certificate.requested", Actor.Account(me.Name))
                    {
                        AccountId = account.Id.Value,
                        MemberId = member.Id.Value,
                        Origin = origin,
                        Details = { ["subject"] = subject.Slash, ["purpose"] = purpose },
                    },
                    now,
                    unit
                );
                await db.SaveChangesAsync(unit);
                return LinkStep.Add;
            },
            ct
        );

        return result.TryGet(out var step, out var why)
            ? Results.Redirect($"{MyCertificates.Path}?done={(step == LinkStep.Add ? "asked" : "nothing")}")
            : await page.RefusedAsync(http, why, typed, purpose, ct);
    }
}
