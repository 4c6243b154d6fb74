using Muster.Core.Members;
using Muster.Core.X509;
using Muster.Server.Audit;
using Muster.Server.Register.Accounts;
using Muster.Server.Storage;

namespace Muster.Server.Register.Members;

/// <summary>
/// A certificate that is presented anywhere is seen: from then on warnings are about it and no longer about the one before. Written only when it
/// is another than the recorded one, so that what people do every day costs one read.
/// </summary>
internal sealed class NoteRenewal(Writer writer, AuditTrail audit, TimeProvider clock)
{
    /// <returns>The record of the presented subject; null where it is nobody's.</returns>
    public async Task<MemberCertificate?> OfAsync(MusterDb db, ClientCertificate presented, string? origin, CancellationToken ct)
    {
        var key = presented.Subject.Key;
        var seen = Facts(presented);
        var held = await db.CertificateAsync(key, ct);
        // On the word of a suspended one nothing is done, not even this.
        if (held is not { SuspendedAt: null } || !held.IsSucceededBy(seen, clock.GetUtcNow()))
            return held;
        return await writer.WriteAsync(
            nameof(NoteRenewal),
            async (unitDb, unit) =>
            {
                var certificate = await unitDb.CertificateAsync(key, unit);
                if (certificate is { SuspendedAt: null })
                {
                    await CommitAsync(unitDb, certificate, seen, Actor.Certificate(certificate.Subject), origin, clock.GetUtcNow(), unit);
                    await unitDb.SaveChangesAsync(unit);
                }
                return certificate;
            },
            ct
        );
    }

    /// <summary>Within a unit of work; the caller saves.</summary>
    public async Task CommitAsync(
        MusterDb db,
        MemberCertificate held,
        SeenCertificate seen,
        Actor by,
        string? origin,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var isKnown = held.Serial is not null;
        if (!held.Seen(seen, now))
            return;
        await audit.AppendAsync(
            db,
            new AuditEntry(isKnown ? "certificate.renewed" : "certificate.seen", by)
            {
                AccountId = (await db.AccountOfMemberAsync(held.MemberId, ct))?.Id.Value,
                MemberId = held.MemberId.Value,
                Origin = origin,
                Details =
                {
                    ["subject"] = held.Subject,
                    ["issuer"] = seen.Issuer,
                    ["serial"] = seen.Serial,
                },
            },
            now,
            ct
        );
    }

    internal static SeenCertificate Facts(ClientCertificate certificate) =>
        new(certificate.Issuer.Slash, certificate.SerialHex, certificate.NotBefore, certificate.NotAfter);
}
