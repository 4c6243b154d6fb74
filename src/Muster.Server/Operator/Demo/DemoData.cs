using Microsoft.EntityFrameworkCore;
using Muster.Core.Accounts;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Roles;
using Muster.Core.X509;
using Muster.Server.Audit;
using Muster.Server.Register.Accounts;
using Muster.Server.Storage;

namespace Muster.Server.Operator.Demo;

/// <summary>Brings the demo collaboration into an empty database: one transaction, so that it is there whole or not at all.</summary>
internal static class DemoData
{
    /// <summary>The registrar's account of the demo, for the desk.</summary>
    public const string RegistrarName = "registrar";

    /// <returns>False when members were there already; nothing is touched then.</returns>
    public static async Task<bool> LoadAsync(
        MusterDb db,
        AuditTrail audit,
        DemoCollaboration demo,
        string registrarPasswordHash,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        if (await db.Set<Member>().AnyAsync(ct))
            return false;
        var institutes = demo.Institutes.ToDictionary(i => i.Key, i => new InstituteId(Guid.CreateVersion7(now)), StringComparer.Ordinal);
        foreach (var institute in demo.Institutes)
            db.Add(new Institute(institutes[institute.Key], institute.Name, institute.ShortName, institute.Country, institute.Since));

        var members = new Dictionary<int, Member>();
        foreach (var person in demo.Members)
        {
            var member = Enter(person, institutes[person.InstituteKey], now);
            members.Add(person.Number, member);
            db.Add(member);
        }
        foreach (var r in demo.Representatives)
            db.Add(
                new Representative(
                    institutes[r.InstituteKey],
                    members[r.MemberNumber].Id,
                    r.Deputy ? RepresentativeKind.Deputy : RepresentativeKind.Representative,
                    r.Since
                )
            );

        await AddRegistrarAsync(db, audit, members, demo, registrarPasswordHash, now, ct);
        var entry = new AuditEntry("members.loaded", Actor.Operator)
        {
            Details =
            {
                ["members"] = $"{demo.Members.Count}",
                ["institutes"] = $"{demo.Institutes.Count}",
                ["source"] = "demo",
            },
        };
        await audit.AppendAsync(db, entry, now, ct);
        await db.SaveChangesAsync(ct);
        return true;
    }

    private static Member Enter(DemoMember person, InstituteId institute, DateTimeOffset now)
    {
        var order = person.FamilyFirst ? NameOrder.FamilyFirst : NameOrder.GivenFirst;
        var member = Member.Enter(
            new MemberId(Guid.CreateVersion7(now)),
            PersonName.Create(person.Given, person.Family, order, person.Native).Value,
            person.Orcid,
            now
        );
        member.AddEmail(EmailAddress.Parse(person.Email).Value);
        if (person.CertificateSubject is { } subject)
            member.AddCertificate(new MemberCertificate(member.Id, DistinguishedName.ParseSlash(subject).Value.Key, subject, "list", now));
        _ = member
            .Join(
                institute,
                new MembershipTerms(person.Position, MembershipCategory.Full, 100, person.From, person.Until, person.From, person.Until)
            )
            .Value;
        return member;
    }

    /// <summary>A representative without a demo certificate does the registrar's work.</summary>
    private static async Task AddRegistrarAsync(
        MusterDb db,
        AuditTrail audit,
        Dictionary<int, Member> members,
        DemoCollaboration demo,
        string passwordHash,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var holder = members[demo.Representatives.First(r => !r.Deputy).MemberNumber];
        var name = AccountName
            .Parse(RegistrarName, new AccountNameRules { MaxLength = 16, Reserved = new HashSet<string>(StringComparer.Ordinal) })
            .Value;
        holder.ConfirmEmail(EmailAddress.Parse(holder.PrimaryEmail).Value, now); // entered with one
        var account = Account.OrderFor(new AccountId(Guid.CreateVersion7(now)), name, holder, "en", now);
        account.MarkProvisioned(InitialPasswordRules.Default, now);
        account.SetPassword(account.LinkSerial, now);
        db.Add(account);
        db.Add(
            new Credential
            {
                Id = account.Id.Value,
                UserName = account.Name,
                NormalizedUserName = account.Name,
                PasswordHash = passwordHash,
                SecurityStamp = account.Id.ToString(),
            }
        );
        db.Add(AccountOrders.Apply(account, now));
        foreach (var role in (Role[])[Role.Registrar, Role.Administrator])
        {
            db.Add(new RoleGrant(Guid.CreateVersion7(now), account.Id, role, RoleScope.Everything, Actor.Operator.Name, now, null));
            var entry = new AuditEntry("role.granted", Actor.Operator)
            {
                AccountId = account.Id.Value,
                MemberId = holder.Id.Value,
                Details = { ["account"] = account.Name, ["role"] = RoleRules.NameOf(role) },
            };
            await audit.AppendAsync(db, entry, now, ct);
        }
    }
}
