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

    internal object Json() =>
        new
        {
            addresses = Emails.Select(e => new
            {
                email = e.Address,
                isPrimary = e == Member.Primary,
                confirmedAt = e.ConfirmedAt,
            }),
            waiting = Waiting.Select(r => new
            {
                request = r.Id,
                email = r.Address,
                requestedAt = r.RequestedAt,
                sentAt = r.SentAt,
                expiresAt = r.ExpiresAt,
            }),
            change = Change is null
                ? null
                : new
                {
                    before = Change.Before,
                    after = Change.After,
                    requestedAt = Change.RequestedAt,
                    dueAt = Change.DueAt,
                },
            former = Former.Select(f => new { email = f.Address, until = f.Until }),
            collaboration = Own.Select(a => new
            {
                address = Whole(a),
                kind = a.Kind.ToString(),
                isShown = a.IsShown,
                givenAt = a.GivenAt,
                endedAt = a.EndedAt,
            }),
        };
}
