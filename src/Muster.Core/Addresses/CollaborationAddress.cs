using Muster.Core.Members;

namespace Muster.Core.Addresses;

/// <summary>Why somebody has an address of the collaboration.</summary>
public enum AddressKind
{
    /// <summary>Made of the name that the person bears or bore.</summary>
    Name,

    /// <summary>Given by a registrar.</summary>
    Alias,
}

/// <summary>
/// One local part that was given to one member, for ever: it may end, and is never given to anybody else. There is one record for
/// each local part that was ever given.
/// </summary>
public sealed class CollaborationAddress
{
    private CollaborationAddress() { }

    internal CollaborationAddress(LocalPart local, MemberId member, AddressKind kind, string by, string? reason, DateTimeOffset now)
    {
        LocalPart = local.Value;
        MemberId = member;
        Kind = kind;
        GivenAt = now;
        GivenBy = by;
        Reason = reason;
    }

    /// <summary>As of <see cref="Addresses.LocalPart"/>.</summary>
    public string LocalPart { get; private set; } = "";
    public MemberId MemberId { get; private set; }
    public AddressKind Kind { get; private set; }
    public DateTimeOffset GivenAt { get; private set; }

    /// <summary>Account, rule or part of the system.</summary>
    public string GivenBy { get; private set; } = "";
    public string? Reason { get; private set; }

    /// <summary>Nothing is delivered from then on; null while it holds.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>The one that is shown where there is room for one.</summary>
    public bool IsShown { get; private set; }

    public bool Holds => EndedAt is null;

    internal void Show(bool isShown) => IsShown = isShown;

    internal void End(DateTimeOffset now) => EndedAt = now;

    internal void Resume() => EndedAt = null;
}
