using Muster.Core.Addresses;
using Muster.Core.Members;
using Muster.Server.Storage;

namespace Muster.Server.Register.Addresses;

/// <summary>Everything about the addresses of one person, for the pages of the member and of the registrar.</summary>
public sealed record PersonAddresses(Member Member, string Domain, DateTimeOffset Now)
{
    /// <summary>The primary one first.</summary>
    public IReadOnlyList<MemberEmail> Emails => [.. Member.Emails.OrderBy(e => e.Position)];

    /// <summary>The last first.</summary>
    public IReadOnlyList<FormerEmail> Former => [.. Member.FormerEmails.OrderByDescending(e => e.Number)];
    public IReadOnlyList<AddressRequest> Waiting { get; init; } = [];
    public PrimaryChange? Change { get; init; }

    /// <summary>Of the collaboration, the one shown first.</summary>
    public IReadOnlyList<CollaborationAddress> Own { get; init; } = [];

    public bool GivesAddresses => Domain.Length > 0;

    public string Whole(CollaborationAddress address) => $"{address.LocalPart}@{Domain}";

    internal static async Task<PersonAddresses> LoadAsync(
        MusterDb db,
        Member member,
        AddressesOptions options,
        DateTimeOffset now,
        CancellationToken ct
    ) =>
        new(member, options.Domain, now)
        {
            Waiting = [.. (await db.AddressRequestsAsync(member.Id, now, ct)).Where(r => r.IsOpen)],
            Change = await db.OpenPrimaryChangeAsync(member.Id, ct),
            Own = (await db.OwnAddressesAsync(member.Id, ct)).All,
        };
}
