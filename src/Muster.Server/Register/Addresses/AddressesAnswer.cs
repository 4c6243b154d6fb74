namespace Muster.Server.Register.Addresses;

/// <summary>Everything about the addresses of one person, for programs.</summary>
internal sealed record AddressesAnswer(
    IReadOnlyList<AddressAnswer> Addresses,
    IReadOnlyList<WaitingAddressAnswer> Waiting,
    PrimaryChangeAnswer? Change,
    IReadOnlyList<FormerAddressAnswer> Former,
    IReadOnlyList<CollaborationAddressAnswer> Collaboration
)
{
    public static AddressesAnswer Of(PersonAddresses known) =>
        new(
            [.. known.Emails.Select(e => new AddressAnswer(e.Address, e == known.Member.Primary, e.ConfirmedAt))],
            [.. known.Waiting.Select(r => new WaitingAddressAnswer(r.Id, r.Address, r.RequestedAt, r.SentAt, r.ExpiresAt))],
            known.Change is { } change ? new PrimaryChangeAnswer(change.Before, change.After, change.RequestedAt, change.DueAt) : null,
            [.. known.Former.Select(f => new FormerAddressAnswer(f.Address, f.Until))],
            [.. known.Own.Select(a => new CollaborationAddressAnswer(known.Whole(a), a.Kind.ToString(), a.IsShown, a.GivenAt, a.EndedAt))]
        );
}

internal sealed record AddressAnswer(string Email, bool IsPrimary, DateTimeOffset? ConfirmedAt);

/// <summary>Waits for a press on the link in its mail.</summary>
internal sealed record WaitingAddressAnswer(
    Guid Request,
    string Email,
    DateTimeOffset RequestedAt,
    DateTimeOffset SentAt,
    DateTimeOffset ExpiresAt
);

internal sealed record PrimaryChangeAnswer(string Before, string After, DateTimeOffset RequestedAt, DateTimeOffset DueAt);

internal sealed record FormerAddressAnswer(string Email, DateTimeOffset Until);

internal sealed record CollaborationAddressAnswer(
    string Address,
    string Kind,
    bool IsShown,
    DateTimeOffset GivenAt,
    DateTimeOffset? EndedAt
);
