using Muster.Core;
using Muster.Core.Members;
using Muster.Server.Audit;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Certificates;

/// <summary>Nothing is done on the word of a suspended certificate, until its member resumes it.</summary>
internal static class SuspendCertificate
{
    public const string SuspendPath = MyCertificates.Path + "/suspend";
    public const string ResumePath = MyCertificates.Path + "/resume";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost(SuspendPath, (HttpContext http, Parts parts, CancellationToken ct) => HandleAsync(http, parts, true, ct))
            .RequireSignIn()
            .RequireFormToken();
        routes
            .MapPost(ResumePath, (HttpContext http, Parts parts, CancellationToken ct) => HandleAsync(http, parts, false, ct))
            .RequireSignIn()
            .RequireFormToken();
    }

    private static async Task<IResult> HandleAsync(HttpContext http, Parts parts, bool suspend, CancellationToken ct)
    {
        var key = (await http.Request.ReadFormAsync(ct)).Text("key");
        var me = SignedIn.On(http)!; // the route needs it
        var origin = http.Connection.RemoteIpAddress?.ToString();

        var result = await parts.Writer.WriteAsync<Result<MemberCertificate>>(
            nameof(SuspendCertificate),
            async (db, unit) =>
            {
                var now = parts.Clock.GetUtcNow();
                if (await db.AccountAsync(me.Id, unit) is not { } account || await db.MemberAsync(account.MemberId, unit) is not { } member)
                    return new Refusal("account.unknown");
                if (member.Certificates.FirstOrDefault(c => string.Equals(c.Key, key, StringComparison.Ordinal)) is not { } certificate)
                    return new Refusal("certificate.not-yours");
                if (!(suspend ? certificate.Suspend(now) : certificate.Resume()))
                    return certificate; // twice is once

                db.Add(CertificateMails.Suspended(account, certificate, now));
                await parts.Audit.AppendAsync(
                    db,
                    new AuditEntry(suspend ? "certificate.suspended" : "certificate.resumed", Actor.Account(me.Name))
                    {
                        AccountId = account.Id.Value,
                        MemberId = member.Id.Value,
                        Origin = origin,
                        Details = { ["subject"] = certificate.Subject },
                    },
                    now,
                    unit
                );
                await db.SaveChangesAsync(unit);
                return certificate;
            },
            ct
        );

        return result.TryGet(out _, out var why)
            ? Results.Redirect($"{MyCertificates.Path}?done={(suspend ? "suspended" : "resumed")}")
            : await parts.Page.RefusedAsync(http, why, null, null, ct);
    }

    /// <summary>What both directions need.</summary>
    internal sealed record Parts(Writer Writer, AuditTrail Audit, TimeProvider Clock, MyCertificates.Loader Page);
}
