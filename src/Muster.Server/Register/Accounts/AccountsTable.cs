using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Core.Registrations;
using Muster.Server.Register.Members;
using Muster.Server.Storage;

namespace Muster.Server.Register.Accounts;

/// <summary>What decides whether somebody gets in.</summary>
internal sealed record StateOfAccount(AccountState State, DateTimeOffset? ExpiredAt);

internal static class AccountsTable
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Account>(account =>
        {
            account.ToTable("accounts");
            account.HasKey(a => a.Id);
            account.Property(a => a.Id).HasConversion(id => id.Value, value => new AccountId(value));
            account.Property(a => a.MemberId).HasConversion(id => id.Value, value => new MemberId(value));
            account.Property(a => a.RegistrationId).HasConversion(id => id!.Value.Value, value => new RegistrationId(value)); // EF calls it for values only
            account.Property(a => a.State).HasConversion<string>();
            account.Ignore(a => a.IsUsable);
            account.Ignore(a => a.IsClosed);
            account.HasOne<Member>().WithMany().HasForeignKey(a => a.MemberId);
            account.HasIndex(a => a.Name).IsUnique();
            account.HasIndex(a => a.MemberId).IsUnique();
            account.HasIndex(a => a.EmailKey).IsUnique();
            account.HasIndex(a => a.NameKey);
            account.HasIndex(a => new { a.State, a.InitialPasswordLapsesAt });
        });
        model.Entity<Credential>(credential =>
        {
            credential.ToTable("credentials");
            credential.HasKey(c => c.Id);
            credential.HasIndex(c => c.NormalizedUserName).IsUnique();
            credential.Property(c => c.ConcurrencyStamp).IsConcurrencyToken();
        });
        model.Entity<IdentityUserClaim<Guid>>().ToTable("credential_claims").HasKey(c => c.Id);
        model.Entity<IdentityUserLogin<Guid>>().ToTable("credential_logins").HasKey(l => new { l.LoginProvider, l.ProviderKey });
        model
            .Entity<IdentityUserToken<Guid>>()
            .ToTable("credential_tokens")
            .HasKey(t => new
            {
                t.UserId,
                t.LoginProvider,
                t.Name,
            });
    }

    private static readonly Prepared<AccountId, Account?> byId = new((db, id, ct) => db.Set<Account>().SingleOrDefault(a => a.Id == id));
    private static readonly Prepared<string, Account?> byName = new(
        (db, name, ct) => db.Set<Account>().SingleOrDefault(a => a.Name == name)
    );
    private static readonly Prepared<string, Account?> byEmail = new(
        (db, key, ct) => db.Set<Account>().SingleOrDefault(a => a.EmailKey == key)
    );
    private static readonly Prepared<MemberId, Account?> ofMember = new(
        (db, id, ct) => db.Set<Account>().SingleOrDefault(a => a.MemberId == id)
    );
    private static readonly Prepared<string, bool> isTaken = new((db, name, ct) => db.Set<Account>().Any(a => a.Name == name));

    private static readonly Prepared<AccountId, StateOfAccount> stateOf = new(
        (db, id, ct) => db.Set<Account>().Where(a => a.Id == id).Select(a => new StateOfAccount(a.State, a.ExpiredAt)).Single()
    );
    private static readonly PreparedList<string, string> likeNamed = new(
        (db, key) => db.Set<Account>().Where(a => a.NameKey == key).Select(a => a.Name).Take(LikeNames)
    );

    /// <summary>So many of a like name are compared.</summary>
    private const int LikeNames = 5;

    public static Task<Account?> AccountAsync(this MusterDb db, AccountId id, CancellationToken ct) => byId.AskAsync(db, id, ct);

    public static Task<StateOfAccount> AccountStateAsync(this MusterDb db, AccountId id, CancellationToken ct) =>
        stateOf.AskAsync(db, id, ct);

    /// <summary>Names of some accounts whose holders have a like name.</summary>
    public static Task<List<string>> AccountNamesByNameAsync(this MusterDb db, string nameKey, CancellationToken ct) =>
        likeNamed.AskAsync(db, nameKey, ct);

    public static Task<Account?> AccountByNameAsync(this MusterDb db, string name, CancellationToken ct) => byName.AskAsync(db, name, ct);

    public static Task<Account?> AccountByEmailAsync(this MusterDb db, string emailKey, CancellationToken ct) =>
        byEmail.AskAsync(db, emailKey, ct);

    public static Task<Account?> AccountOfMemberAsync(this MusterDb db, MemberId member, CancellationToken ct) =>
        ofMember.AskAsync(db, member, ct);

    /// <summary>Of these members, the accounts that are in their grace or over.</summary>
    public static Task<Dictionary<MemberId, Account>> AccountsAfterMembershipAsync(
        this MusterDb db,
        List<MemberId> members,
        CancellationToken ct
    ) => db.Set<Account>().Where(a => a.GraceUntil != null && members.Contains(a.MemberId)).ToDictionaryAsync(a => a.MemberId, ct);

    /// <summary>The account of the member for whom this certificate subject stands.</summary>
    public static async Task<Account?> AccountByCertificateAsync(this MusterDb db, string certificateKey, CancellationToken ct) =>
        await db.HolderOfAsync(certificateKey, ct) is { } holder ? await db.AccountOfMemberAsync(holder, ct) : null;

    /// <summary>The first of the names that no account has; null when all are taken.</summary>
    public static async Task<AccountName?> FirstFreeAsync(this MusterDb db, IEnumerable<AccountName> names, CancellationToken ct)
    {
        foreach (var name in names)
            if (!await db.IsAccountNameTakenAsync(name.Value, ct))
                return name;
        return null;
    }

    public static Task<bool> IsAccountNameTakenAsync(this MusterDb db, string name, CancellationToken ct) => isTaken.AskAsync(db, name, ct);
}
