using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Core.Registrations;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Members;
using Muster.Server.Storage;

namespace Muster.Server.Enrolment.Registrations;

/// <summary>Loads what the registration rules look at.</summary>
internal static class FactsTable
{
    public static async Task<RegistrationFacts> LoadAsync(
        MusterDb db,
        Registration registration,
        Refusal? certificateProblem,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var bySubject = await db.MemberByCertificateAsync(registration.CertificateKey, ct);
        var byEmail = await db.MembersByEmailAsync(registration.EmailKey, ct);
        var member = bySubject ?? (byEmail is [var only] ? only : null);
        return new RegistrationFacts
        {
            CertificateProblem = certificateProblem,
            MemberBySubject = bySubject,
            MembersByEmail = byEmail,
            Duplicates = await DuplicatesAsync(db, registration, member, ct),
            CertificateName = registration.ProposedName,
            Today = DateOnly.FromDateTime(now.UtcDateTime),
        };
    }

    /// <summary>Everything that may be the same person: by member, by address, by certificate, and by a like name.</summary>
    public static async Task<List<Duplicate>> DuplicatesAsync(MusterDb db, Registration registration, Member? member, CancellationToken ct)
    {
        var found = new List<Duplicate>();
        if (member is not null && await db.AccountOfMemberAsync(member.Id, ct) is { } ofMember)
            found.Add(new Duplicate(DuplicateBy.Member, ofMember.Name, null));
        if (await db.AccountByEmailAsync(registration.EmailKey, ct) is { } ofEmail)
            found.Add(new Duplicate(DuplicateBy.Email, ofEmail.Name, null));
        if (await db.OpenRegistrationByEmailAsync(registration.EmailKey, registration.Id, ct) is { } open)
            found.Add(new Duplicate(DuplicateBy.Email, null, open.Id));
        if (await db.OpenRegistrationByCertificateAsync(registration.CertificateKey, ct) is { } first && first.Id != registration.Id)
            found.Add(new Duplicate(DuplicateBy.Certificate, null, first.Id));

        var alike = await db.AccountNamesByNameAsync(registration.NameKey, ct);
        found.AddRange(alike.Select(name => new Duplicate(DuplicateBy.SimilarName, name, null)));
        var others = await db.OpenRegistrationsByNameAsync(registration.NameKey, registration.Id, ct);
        found.AddRange(others.Select(id => new Duplicate(DuplicateBy.SimilarName, null, id)));
        return found;
    }
}
