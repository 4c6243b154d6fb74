using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Core.AcceptableUse;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Core.Registrations;
using Muster.Core.X509;
using Muster.Server.Audit;
using Muster.Server.Register.AcceptableUse;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Addresses;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Registrations;

/// <summary>What an approval writes, whoever gave it: registration, account, certificate on the list, agreement, orders, audit.</summary>
internal sealed class RegistrationApproval(AuditTrail audit, AddressGiving addresses, IOptions<AccountsOptions> accounts)
{
    /// <summary>Candidates tried before a name is given up; far beyond what any collaboration needs.</summary>
    private const int CandidatesTried = 500;

    public async Task CommitAsync(
        MusterDb db,
        Registration registration,
        MemberId memberId,
        Actor by,
        string? note,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var name = await FreeNameAsync(db, registration, ct);
        var account = Account.Order(new AccountId(Guid.CreateVersion7(now)), name, memberId, registration, now);
        if (!registration.Approve(memberId, account.Id, $"{by.Kind}:{by.Name}", note, now).TryGet(out _, out var why))
            throw new InvalidOperationException($"Approval of {registration.Reference} was refused after it was decided: {why.Code}.");

        var member = await db.MemberAsync(memberId, ct) ?? throw new InvalidOperationException($"Member {memberId} is gone.");
        var certificate = new MemberCertificate(
            memberId,
            registration.CertificateKey,
            registration.CertificateSubject,
            "registration",
            now
        );
        if (member.AddCertificate(certificate))
            db.Add(certificate);
        member.Certificates.Single(c => c.Key == registration.CertificateKey).Seen(Facts(registration), now);

        // Mail of the account goes there, and a link was followed there.
        var address = EmailAddress.Parse(registration.Email).Value; // checked when it was typed
        var email = member.ConfirmEmail(address, registration.EmailConfirmedAt ?? now);
        await ProvenAddress.EndListingsAsync(db, audit, address, memberId, by, now, ct);
        if (db.Entry(email).State == EntityState.Detached)
            db.Add(email);
        member.MakePrimary(email.Key, needsConfirmation: true);

        db.Add(account);
        db.Add(AccountOrders.Apply(account, now));
        foreach (var acceptance in await db.AcceptancesOfRegistrationAsync(registration.Id.Value, ct))
            acceptance.BelongsTo(account.Id.Value);
        await audit.AppendAsync(db, Entry("registration.approved", registration, account, by, note), now, ct);
        await audit.AppendAsync(db, Entry("account.ordered", registration, account, by, null), now, ct);
        await addresses.GiveAsync(db, member, account, by, now, ct);
    }

    private static SeenCertificate Facts(Registration registration)
    {
        var presented = PresentedChain.FromBytes(registration.CertificateChain);
        return NoteRenewal.Facts(ClientCertificate.Parse(presented.Leaf).Value); // was judged and accepted
    }

    private async Task<AccountName> FreeNameAsync(MusterDb db, Registration registration, CancellationToken ct)
    {
        var rules = accounts.Value.NameRules;
        var wished = AccountName.Parse(registration.AccountName, rules);
        var candidates = AccountNameProposal.For(registration.Name, rules).Take(CandidatesTried);
        return await db.FirstFreeAsync(wished.IsSuccess ? candidates.Prepend(wished.Value) : candidates, ct)
            ?? throw new InvalidOperationException($"No account name is free for {registration.Reference}.");
    }

    private static AuditEntry Entry(string action, Registration registration, Account account, Actor by, string? note) =>
        new(action, by)
        {
            RegistrationId = registration.Id.Value,
            AccountId = account.Id.Value,
            MemberId = account.MemberId.Value,
            Details =
            {
                ["account"] = account.Name,
                ["certificate"] = registration.CertificateSubject,
                ["note"] = note,
                ["reference"] = registration.Reference,
                ["rule"] = by.Kind == "rule" ? by.Name : null,
            },
        };
}
