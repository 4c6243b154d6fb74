using Muster.Core.Members;

namespace Muster.Core.Addresses;

/// <summary>All local parts that one member ever had, and what can become of them.</summary>
public sealed class OwnAddresses
{
    private readonly MemberId member;
    private readonly List<CollaborationAddress> all;

    /// <param name="all">Of this member, whole.</param>
    public OwnAddresses(MemberId member, IEnumerable<CollaborationAddress> all)
    {
        this.member = member;
        this.all = [.. all];
    }

    /// <summary>The one shown first, then the others that hold, then those that ended; each by name.</summary>
    public IReadOnlyList<CollaborationAddress> All =>
        [.. all.OrderByDescending(a => a.IsShown).ThenByDescending(a => a.Holds).ThenBy(a => a.LocalPart, StringComparer.Ordinal)];

    /// <summary>Null where the member has none that holds.</summary>
    public CollaborationAddress? Shown => all.Find(a => a.IsShown);

    /// <summary>
    /// The address that the name of the member makes, and shows it. A new one where there is none of it yet; one that was ended stays so.
    /// </summary>
    /// <param name="local">The first that is free or that this member has.</param>
    /// <returns>The new record; null where the member had it.</returns>
    public CollaborationAddress? TakeName(LocalPart local, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(local);
        var known = Find(local.Value);
        if (known is { Holds: false })
            return null;
        var given = known ?? Add(new CollaborationAddress(local, member, AddressKind.Name, by, null, now));
        ShowOnly(given);
        return known is null ? given : null;
    }

    /// <summary>One more, beside what the member has.</summary>
    /// <param name="local">Free, or given to this member before.</param>
    /// <returns>The record, new or taken up again; <c>alias.have-already</c>.</returns>
    public Result<CollaborationAddress> AddAlias(LocalPart local, string by, string reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(local);
        var known = Find(local.Value);
        if (known is { Holds: true })
            return new Refusal("alias.have-already");
        known?.Resume();
        var given = known ?? Add(new CollaborationAddress(local, member, AddressKind.Alias, by, reason, now));
        if (Shown is null)
            given.Show(true);
        return given;
    }

    /// <summary>Nothing is delivered there any more, and nobody else ever gets it.</summary>
    /// <returns><c>alias.unknown</c>, <c>alias.ended</c>; <c>alias.shown-first</c> while another could be shown in its place.</returns>
    public Result<CollaborationAddress> End(string? local, DateTimeOffset now)
    {
        if (Find(local) is not { } found)
            return new Refusal("alias.unknown");
        if (!found.Holds)
            return new Refusal("alias.ended");
        if (found.IsShown && all.Any(a => a != found && a.Holds))
            return new Refusal("alias.shown-first");
        found.Show(false);
        found.End(now);
        return found;
    }

    /// <returns><c>alias.unknown</c>, <c>alias.ended</c>.</returns>
    public Result<CollaborationAddress> Show(string? local)
    {
        if (Find(local) is not { } found)
            return new Refusal("alias.unknown");
        if (!found.Holds)
            return new Refusal("alias.ended");
        ShowOnly(found);
        return found;
    }

    private CollaborationAddress? Find(string? local) => all.Find(a => string.Equals(a.LocalPart, local, StringComparison.Ordinal));

    private CollaborationAddress Add(CollaborationAddress given)
    {
        all.Add(given);
        return given;
    }

    private void ShowOnly(CollaborationAddress shown)
    {
        foreach (var one in all)
            one.Show(one == shown);
    }
}
