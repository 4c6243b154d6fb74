using Microsoft.EntityFrameworkCore;
using Muster.Core.Accounts;
using Muster.Core.Guide;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Profiles;
using Muster.Core.Registrations;
using Muster.Core.Renewals;
using Muster.Core.Roles;
using Muster.Server.Audit;
using Muster.Server.Register.AcceptableUse;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Members;
using Muster.Server.Register.Profiles;
using Muster.Server.Register.Roles;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.IdentityProvider.SignIn;

/// <summary>Loads a copy: every table that holds something about one person, but for what only machines keep (hashes, numbers of links).</summary>
internal sealed class CopySections(MusterDb db, SignedIn me)
{
    public async Task<IReadOnlyList<CopySection>> LoadAsync(CancellationToken ct)
    {
        var account = (await db.AccountAsync(me.Id, ct))!; // the session is of it
        var member = (await db.MemberAsync(account.MemberId, ct))!; // an account has one
        var institutes = await db.Set<Institute>().ToDictionaryAsync(i => i.Id, i => i.Name, ct);
        var speaks = await db.Set<Representative>().Where(r => r.MemberId == member.Id).OrderBy(r => r.From).ToListAsync(ct);
        var history = await db.AboutAsync(me.Id.Value, member.Id.Value, account.RegistrationId?.Value, null, int.MaxValue, ct);
        return
        [
            new("person", [Person(member)]),
            new(
                "formerNames",
                Rows(member.FormerNames.OrderBy(n => n.Number), n => [("name", n.Display), ("native", n.Native), ("until", At(n.Until))])
            ),
            new("emails", Rows(member.Emails.OrderBy(e => e.Position), e => [("address", e.Address), ("confirmed", At(e.ConfirmedAt))])),
            new(
                "formerEmails",
                Rows(
                    member.FormerEmails.OrderBy(e => e.Number),
                    e => [("address", e.Address), ("confirmed", At(e.ConfirmedAt)), ("until", At(e.Until))]
                )
            ),
            .. await CopyOfAddresses.LoadAsync(db, member, ct),
            new("memberships", Rows(member.Memberships.OrderBy(m => m.From), m => Membership(m, institutes))),
            new(
                "speaksFor",
                Rows(
                    speaks,
                    r =>
                        [
                            ("institute", institutes.GetValueOrDefault(r.InstituteId)),
                            ("as", r.Kind.ToString()),
                            ("from", Days.Iso(r.From)),
                            ("lastDay", Days.LastIso(r.Until)),
                        ]
                )
            ),
            new(
                "certificates",
                Rows(
                    member.Certificates.OrderBy(c => c.AddedAt),
                    c =>
                        [
                            ("subject", c.Subject),
                            ("issuer", c.Issuer),
                            ("serial", c.Serial),
                            ("source", c.Source),
                            ("begins", At(c.NotBefore)),
                            ("ends", At(c.NotAfter)),
                            ("added", At(c.AddedAt)),
                            ("suspended", At(c.SuspendedAt)),
                        ]
                )
            ),
            new(
                "account",
                Rows(
                    [account],
                    a =>
                        [
                            ("name", a.Name),
                            ("shownAs", a.DisplayName),
                            ("given", a.Given),
                            ("family", a.Family),
                            ("native", a.Native),
                            ("state", a.State.ToString()),
                            ("since", At(a.StateSince)),
                            ("email", a.Email),
                            ("language", a.Language),
                            ("ordered", At(a.OrderedAt)),
                            ("provisioned", At(a.ProvisionedAt)),
                            ("initialPassword", At(a.InitialPasswordIssuedAt)),
                            ("initialPasswordLapses", At(a.InitialPasswordLapsesAt)),
                            ("passwordSet", At(a.PasswordSetAt)),
                            ("membershipEnds", Days.LastIso(a.MembershipEnd)),
                            ("worksUntil", Days.LastIso(a.GraceUntil)),
                            ("expired", At(a.ExpiredAt)),
                        ]
                )
            ),
            new(
                "conditions",
                Rows(
                    await db.AcceptancesOfAsync(me.Id.Value, ct),
                    a => [("version", a.Version), ("language", a.Language), ("sha256", a.TextHash), ("accepted", At(a.AcceptedAt))]
                )
            ),
            new(
                "sessions",
                Rows(
                    await db.Set<Session>().Where(s => s.AccountId == me.Id).OrderByDescending(s => s.CreatedAt).ToListAsync(ct),
                    s =>
                        [
                            ("from", s.Origin),
                            ("browser", s.Browser),
                            ("began", At(s.CreatedAt)),
                            ("ends", At(s.ExpiresAt)),
                            ("ended", At(s.EndedAt)),
                        ]
                )
            ),
            .. await MoreAsync(account, member, institutes, ct),
            .. await CopyOfDealings.LoadAsync(db, me, institutes, ct),
            new(
                "history",
                Rows(
                    history,
                    r =>
                        [
                            ("at", At(r.At)),
                            ("what", r.Action),
                            ("by", $"{r.ActorKind}:{r.ActorName}"),
                            ("from", r.Origin),
                            ("details", r.Details),
                        ]
                )
            ),
        ];
    }

    private async Task<IReadOnlyList<CopySection>> MoreAsync(
        Account account,
        Member member,
        Dictionary<InstituteId, string> institutes,
        CancellationToken ct
    )
    {
        var id = member.Id;
        var contact = await db.Set<MemberContact>().Where(c => c.MemberId == id).ToListAsync(ct);
        var choices = await db.Set<PrivacyChoice>().Where(c => c.MemberId == id).OrderBy(c => c.Field).ToListAsync(ct);
        // Only what became the account: another's registration may have been held to be the member's, and was not.
        var registrations = await db.Set<Registration>().Where(r => r.AccountId == me.Id).OrderBy(r => r.CreatedAt).ToListAsync(ct);
        var requests = await db.Set<CertificateRequest>().Where(r => r.MemberId == id).OrderBy(r => r.RequestedAt).ToListAsync(ct);
        var confirmations = await db.Set<Confirmation>().Where(c => c.MemberId == id).OrderBy(c => c.AnsweredAt).ToListAsync(ct);
        var ticks = await db.Set<GuideTick>().Where(t => t.AccountId == account.Id.Value).OrderBy(t => t.DoneAt).ToListAsync(ct);
        return
        [
            new(
                "contact",
                Rows(
                    contact,
                    c =>
                        [("languages", c.Languages), ("phone", c.Phone), ("office", c.Office), ("web", c.Web), ("changed", At(c.ChangedAt))]
                )
            ),
            new("privacy", Rows(choices, c => [("field", c.Field.ToString()), ("audience", c.Audience.ToString())])),
            new(
                "looks",
                Rows(
                    await db.ProfileLooksAsync(id, int.MaxValue, ct),
                    l => [("day", Days.Iso(l.Day)), ("by", l.Account), ("times", $"{l.Times}")]
                )
            ),
            new("registrations", Rows(registrations, Registration)),
            new(
                "certificateRequests",
                Rows(
                    requests,
                    r =>
                        [
                            ("subject", r.Subject),
                            ("purpose", r.Purpose),
                            ("requested", At(r.RequestedAt)),
                            ("decided", At(r.DecidedAt)),
                            ("by", r.DecidedBy),
                            ("approved", r.IsApproved is { } approved ? (approved ? "yes" : "no") : null),
                            ("words", r.Words),
                        ]
                )
            ),
            new(
                "roles",
                Rows(
                    (await db.RoleGrantsOfAsync(me.Id, ct)).OrderBy(g => g.From),
                    g =>
                        [
                            ("role", RoleRules.NameOf(g.Role)),
                            ("over", g.ScopeId.Length > 0 ? g.ScopeId : null),
                            ("by", g.GrantedBy),
                            ("from", At(g.From)),
                            ("until", At(g.Until)),
                            ("endedBy", g.EndedBy),
                        ]
                )
            ),
            new(
                "confirmations",
                Rows(
                    confirmations,
                    c =>
                        [
                            ("institute", institutes.GetValueOrDefault(c.InstituteId)),
                            ("answer", c.Answer.ToString()),
                            ("by", c.AnsweredBy),
                            ("at", At(c.AnsweredAt)),
                        ]
                )
            ),
            new("guide", Rows(ticks, t => [("step", t.StepId), ("at", At(t.DoneAt))])),
        ];
    }

    private static (string, string?)[] Registration(Registration r) =>
        [
            ("reference", r.Reference),
            ("state", r.State.ToString()),
            ("given", r.Given),
            ("family", r.Family),
            ("native", r.Native),
            ("proposedName", r.ProposedName),
            ("email", r.Email),
            ("accountName", r.AccountName),
            ("language", r.Language),
            ("shownAs", r.DisplayName),
            ("order", r.NameOrder.ToString()),
            ("asksForRegistrar", r.AsksForRegistrar ? "yes" : null),
            ("heldBack", r.IsHeldBack ? "yes" : null),
            ("subject", r.CertificateSubject),
            ("issuer", r.CertificateIssuer),
            ("serial", r.CertificateSerial),
            ("ends", At(r.CertificateNotAfter)),
            ("certificateNames", r.CertificateNames.Length > 0 ? r.CertificateNames : null),
            ("chain", r.CertificateChain.Length > 0 ? Convert.ToBase64String(r.CertificateChain) : null),
            ("created", At(r.CreatedAt)),
            ("confirmed", At(r.EmailConfirmedAt)),
            ("reasons", r.WaitReasons.Length > 0 ? r.WaitReasons : null),
            ("decided", At(r.DecidedAt)),
            ("by", r.DecidedBy),
            ("words", r.DecisionNote),
            ("provisioned", At(r.ProvisionedAt)),
        ];

    private static Dictionary<string, string?> Person(Member member) =>
        Row([
            ("given", member.Given),
            ("family", member.Family),
            ("order", member.NameOrder.ToString()),
            ("native", member.Native),
            ("publicationName", member.PublicationName),
            ("orcid", member.Orcid),
            ("deceased", member.DeceasedOn is { } day ? Days.Iso(day) : null),
            ("entered", At(member.CreatedAt)),
        ]);

    private static (string, string?)[] Membership(Membership m, Dictionary<InstituteId, string> institutes) =>
        [
            ("institute", institutes.GetValueOrDefault(m.InstituteId)),
            ("position", m.Position),
            ("category", m.Category.ToString()),
            ("percent", $"{m.Percent}"),
            ("from", Days.Iso(m.From)),
            ("lastDay", Days.LastIso(m.Until)),
            ("authorFrom", m.AuthorFrom is { } first ? Days.Iso(first) : null),
            ("authorLastDay", Days.LastIso(m.AuthorUntil)),
        ];

    internal static List<Dictionary<string, string?>> Rows<T>(IEnumerable<T> of, Func<T, (string, string?)[]> facts) =>
        [.. of.Select(one => Row(facts(one)))];

    private static Dictionary<string, string?> Row((string Name, string? Value)[] facts) =>
        facts.Where(f => f.Value is not null).ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);

    internal static string? At(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
}
