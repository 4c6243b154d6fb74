using Muster.Core;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Core.X509;
using Muster.Server.Audit;
using Muster.Server.Enrolment.Registrations;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Members;
using Muster.Server.Storage;

namespace Muster.Server.Enrolment.Certificates;

/// <summary>The part that both ways of adding a certificate share: load whose it is, decide, and write.</summary>
internal sealed class LinkCertificate(AuditTrail audit, NoteRenewal renewals)
{
    /// <summary>Within a unit of work; the caller saves.</summary>
    /// <param name="shown">The certificate itself, where it was presented; null where only its subject is known.</param>
    /// <returns>Refusals of <see cref="CertificateLinking.Decide"/>; <c>certificate.linked-to</c> names whose it is when <paramref name="mayKnow"/>.</returns>
    public async Task<Result<LinkStep>> CommitAsync(
        MusterDb db,
        Account account,
        DistinguishedName subject,
        ShownCertificate? shown,
        string source,
        Actor by,
        string? origin,
        bool mayKnow,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        if (await db.MemberAsync(account.MemberId, ct) is not { } member)
            return new Refusal("account.unknown");
        var holder = await db.HolderOfAsync(subject.Key, ct);
        var isRegistering = await db.OpenRegistrationByCertificateAsync(subject.Key, ct) is not null;
        if (!CertificateLinking.Decide(member.Id, holder, member.Certificates.Count, isRegistering).TryGet(out var step, out var why))
            return mayKnow && holder is { } other ? await LinkedToAsync(db, other, ct) : why;

        if (step == LinkStep.Add)
        {
            var certificate = new MemberCertificate(member.Id, subject.Key, subject.Slash, source, now);
            member.AddCertificate(certificate);
            db.Add(certificate);
            db.Add(CertificateMails.Added(account, subject.Key, subject.Slash, now));
            await audit.AppendAsync(db, Entry("certificate.added", account, subject, by, origin), now, ct);
        }
        var held = member.Certificates.Single(c => string.Equals(c.Key, subject.Key, StringComparison.Ordinal));
        if (held.SuspendedAt is not null)
            return new Refusal("certificate.suspended");
        if (shown is not null && step == LinkStep.Add)
            held.Seen(shown.Facts, now);
        else if (shown is not null)
            await renewals.CommitAsync(db, held, shown.Facts, by, origin, now, ct);
        return step;
    }

    private static AuditEntry Entry(string action, Account account, DistinguishedName subject, Actor by, string? origin) =>
        new(action, by)
        {
            AccountId = account.Id.Value,
            MemberId = account.MemberId.Value,
            Origin = origin,
            Details = { ["subject"] = subject.Slash },
        };

    private static async Task<Refusal> LinkedToAsync(MusterDb db, MemberId holder, CancellationToken ct)
    {
        var name = (await db.AccountOfMemberAsync(holder, ct))?.Name ?? (await db.MemberAsync(holder, ct))?.DisplayName;
        return name is null ? new Refusal("certificate.linked-elsewhere") : Refusal.With("certificate.linked-to", name);
    }
}
