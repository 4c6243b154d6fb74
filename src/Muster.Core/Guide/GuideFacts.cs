using Muster.Core.AcceptableUse;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Core.Registrations;

namespace Muster.Core.Guide;

/// <summary>What the connection shows of a certificate.</summary>
public enum PresentedState
{
    /// <summary>Asked for and not given, or not asked for here.</summary>
    None,

    /// <summary>Given, and something is wrong with it.</summary>
    Refused,
    Accepted,
}

/// <summary>All that is known of a visitor of the guide. Empty for a stranger.</summary>
public sealed record GuideFacts
{
    public PresentedState Presented { get; init; }

    /// <summary>Of the account, or the one that this browser made.</summary>
    public Registration? Registration { get; init; }

    /// <summary>Of who is signed in, or what came of the registration.</summary>
    public Account? Account { get; init; }

    /// <summary>Only then can be remembered what the member says is done.</summary>
    public bool IsSignedIn { get; init; }

    public Member? Member { get; init; }
    public AupAcceptance? Acceptance { get; init; }

    /// <summary>Own steps that the member has ticked, by id.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Ticks { get; init; } =
        new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);

    public bool IsStranger => Account is null && Registration is null;
}
