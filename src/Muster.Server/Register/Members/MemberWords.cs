using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using Muster.Core.Accounts;
using Muster.Core.Addresses;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Search;
using Muster.Core.X509;
using Muster.Server.Register.Addresses;
using Muster.Server.Storage;

namespace Muster.Server.Register.Members;

/// <summary>
/// Keeps the words that a member is found by, whoever changes the member: it looks at every save and writes in the same transaction, so
/// that the search can never tell of something else than the register.
/// </summary>
internal sealed class MemberWords(IOptions<AddressesOptions> addresses) : SaveChangesInterceptor
{
    private const int AskedAtOnce = 500;

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is MusterDb db && db.ChangeTracker.Entries().Any(e => IsOfMembers(e.Entity)))
        {
            db.ChangeTracker.DetectChanges();
            await KeepAsync(db, cancellationToken);
        }
        return result;
    }

    private static bool IsOfMembers(object entity) =>
        entity
            is Member
                or MemberEmail
                or FormerEmail
                or MemberCertificate
                or Membership
                or FormerName
                or CollaborationAddress
                or Account
                or Institute;

    private async Task KeepAsync(MusterDb db, CancellationToken ct)
    {
        var added = new Dictionary<MemberId, string?>(); // members that get an account, with its name
        var changed = new HashSet<MemberId>();
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted))
                continue;
            switch (entry.Entity)
            {
                case Account account when entry.State == EntityState.Added:
                    added[account.MemberId] = account.Name;
                    changed.Add(account.MemberId);
                    break;
                case Institute institute when entry.State == EntityState.Modified && entry.Property(nameof(Institute.ShortName)).IsModified:
                    changed.UnionWith(
                        await db.Set<Membership>().Where(m => m.InstituteId == institute.Id).Select(m => m.MemberId).ToListAsync(ct)
                    );
                    break;
                // What else belongs to a member has words only as long as it is there; nothing in it that changes is one.
                case not (Account or Institute)
                    when IdOf(entry.Entity) is { } id && (entry.State != EntityState.Modified || entry.Entity is Member):
                    changed.Add(id);
                    break;
            }
        }
        if (changed.Count > 0)
            await WriteAsync(db, changed, added, ct);
    }

    private static MemberId? IdOf(object entity) =>
        entity switch
        {
            Member member => member.Id,
            MemberEmail email => email.MemberId,
            FormerEmail email => email.MemberId,
            CollaborationAddress address => address.MemberId,
            MemberCertificate certificate => certificate.MemberId,
            Membership membership => membership.MemberId,
            FormerName name => name.MemberId,
            _ => null,
        };

    private async Task WriteAsync(MusterDb db, HashSet<MemberId> changed, Dictionary<MemberId, string?> accounts, CancellationToken ct)
    {
        var tracked = db.ChangeTracker.Entries<Member>().ToDictionary(e => e.Entity.Id);
        var members = new List<Member>(changed.Count);
        foreach (var id in changed)
            if (
                (
                    tracked.GetValueOrDefault(id)?.Entity ?? await db.Set<Member>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct)
                ) is
                { } member
            )
                members.Add(member);
        var institutes = await ShortNamesAsync(db, members, ct);
        var names = new Dictionary<MemberId, string?>(accounts);
        var known = changed.Where(id => tracked.GetValueOrDefault(id)?.State != EntityState.Added).ToList();
        foreach (var some in known.Where(id => !accounts.ContainsKey(id)).Chunk(AskedAtOnce))
        {
            var found = db.Set<Account>().Where(a => some.Contains(a.MemberId)).Select(a => new { a.MemberId, a.Name });
            foreach (var account in await found.ToListAsync(ct))
                names[account.MemberId] = account.Name;
        }
        var locals = await LocalPartsAsync(db, known, ct);

        await db.Database.OpenConnectionAsync(ct); // as the save that follows will; counted, so closed as often
        try
        {
            using var sink = new WordSink(db);
            foreach (var member in members)
            {
                var state = tracked.GetValueOrDefault(member.Id)?.State;
                var isGone = state == EntityState.Deleted; // a batch that entered somebody was taken back
                var words = isGone
                    ? []
                    : Of(member, names.GetValueOrDefault(member.Id), institutes, locals[member.Id], addresses.Value.Domain);
                await sink.WriteAsync(member.Id, isNew: state == EntityState.Added, words, ct);
            }
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>All that were ever given to these people; those that are being given now are not in the table yet.</summary>
    private static async Task<ILookup<MemberId, string>> LocalPartsAsync(MusterDb db, List<MemberId> of, CancellationToken ct)
    {
        var found = db.ChangeTracker.Entries<CollaborationAddress>().Select(e => (e.Entity.MemberId, e.Entity.LocalPart)).ToHashSet();
        foreach (var some in of.Chunk(AskedAtOnce))
        {
            var given = db.Set<CollaborationAddress>().Where(a => some.Contains(a.MemberId)).Select(a => new { a.MemberId, a.LocalPart });
            foreach (var address in await given.ToListAsync(ct))
                found.Add((address.MemberId, address.LocalPart));
        }
        return found.ToLookup(a => a.MemberId, a => a.LocalPart);
    }

    /// <summary>Of the institutes where these people are or were; one that is being written now has its new name.</summary>
    private static async Task<Dictionary<InstituteId, string>> ShortNamesAsync(MusterDb db, List<Member> members, CancellationToken ct)
    {
        var names = db.ChangeTracker.Entries<Institute>().ToDictionary(e => e.Entity.Id, e => e.Entity.ShortName);
        var wanted = members
            .SelectMany(m => m.Memberships)
            .Select(m => m.InstituteId)
            .Distinct()
            .Where(i => !names.ContainsKey(i))
            .ToList();
        if (wanted.Count > 0)
            foreach (
                var one in await db.Set<Institute>()
                    .Where(i => wanted.Contains(i.Id))
                    .Select(i => new { i.Id, i.ShortName })
                    .ToListAsync(ct)
            )
                names[one.Id] = one.ShortName;
        return names;
    }

    /// <summary>Names and addresses of now and before, ORCID iD, account, certificate names, institutes.</summary>
    private static HashSet<string> Of(
        Member member,
        string? account,
        Dictionary<InstituteId, string> institutes,
        IEnumerable<string> locals,
        string domain
    )
    {
        var mailboxes = member.Emails.Select(e => e.Key).Concat(member.FormerEmails.Select(e => e.Key)).ToList();
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (
            var text in (IEnumerable<string?>)
                [
                    member.DisplayName,
                    member.Native,
                    member.PublicationName,
                    .. member.FormerNames.SelectMany(n => (string?[])[n.Display, n.Native]),
                    .. mailboxes.Select(key => key[..Math.Max(0, key.IndexOf('@', StringComparison.Ordinal))]),
                    .. locals,
                    .. member.Certificates.SelectMany(CommonNames),
                    .. member.Memberships.Select(m => institutes.GetValueOrDefault(m.InstituteId)),
                ]
        )
            words.UnionWith(SearchText.Words(text));
        words.UnionWith(mailboxes.Concat(locals.Select(l => $"{l}@{domain}")).Select(SearchText.Whole));
        words.UnionWith(((string?[])[member.Orcid, account]).OfType<string>().Select(SearchText.Whole));
        return words;
    }

    private static IEnumerable<string> CommonNames(MemberCertificate certificate) =>
        DistinguishedName.ParseSlash(certificate.Subject).TryGet(out var subject, out _) ? subject.CommonNames : [];

    /// <summary>Writes words, each statement made once.</summary>
    private sealed class WordSink(MusterDb db) : IDisposable
    {
        private readonly WordRows insert = new(db, "member_words", "word", "member_id");
        private readonly DbCommand delete = db.Command(
            "delete from member_words where word = @word and member_id = @member",
            "@word",
            "@member"
        );
        private readonly DbCommand present = db.Command("select word from member_words where member_id = @member", "@member");
        private readonly DbCommand known = db.Command("insert into known_words (word) values (@word) on conflict do nothing", "@word");
        private readonly WordRows misspelt = new(db, "misspelt_words", "form", "word");

        public async Task WriteAsync(MemberId member, bool isNew, HashSet<string> words, CancellationToken ct)
        {
            var old = isNew ? [] : await present.ListAsync(r => r.GetString(0), ct, member.Value);
            foreach (var gone in old.Where(o => !words.Contains(o)))
                await delete.RunAsync(ct, gone, member.Value);
            var added = words.Except(old, StringComparer.Ordinal).ToList();
            await insert.AddAsync(added, member.Value, ct);
            foreach (var word in added)
                if (await known.RunAsync(ct, word) == 1)
                    await misspelt.AddAsync(Misspelling.Forms(word), word, ct);
        }

        public void Dispose()
        {
            foreach (var command in (IDisposable[])[insert, delete, present, known, misspelt])
                command.Dispose();
        }
    }
}
