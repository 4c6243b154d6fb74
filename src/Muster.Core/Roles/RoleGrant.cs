using Muster.Core.Accounts;

namespace Muster.Core.Roles;

/// <summary>An account holds a role, for all or for one group or resource, from a moment until before another, granted by someone.</summary>
public sealed class RoleGrant
{
    private RoleGrant() { }

    /// <exception cref="ArgumentException">It would end before it begins.</exception>
    public RoleGrant(Guid id, AccountId account, Role role, RoleScope scope, string grantedBy, DateTimeOffset from, DateTimeOffset? until)
    {
        if (until <= from)
            throw new ArgumentException("A grant ends after it begins.", nameof(until));
        Id = id;
        AccountId = account;
        Role = role;
        ScopeKind = scope.Kind;
        ScopeId = scope.Id;
        GrantedBy = grantedBy;
        From = from;
        Until = until;
    }

    public Guid Id { get; private set; }
    public AccountId AccountId { get; private set; }
    public Role Role { get; private set; }
    public ScopeKind ScopeKind { get; private set; }
    public string ScopeId { get; private set; } = "";
    public string GrantedBy { get; private set; } = "";
    public DateTimeOffset From { get; private set; }

    /// <summary>First moment at which it holds no more; null while it is open.</summary>
    public DateTimeOffset? Until { get; private set; }
    public string? EndedBy { get; private set; }

    public RoleScope Scope => new(ScopeKind, ScopeId);

    public bool Holds(DateTimeOffset now) => From <= now && (Until is null || now < Until);

    /// <summary>Ends it now; one that had not begun never holds.</summary>
    /// <returns>False when it had ended before.</returns>
    public bool End(string by, DateTimeOffset now)
    {
        if (Until <= now)
            return false;
        Until = now > From ? now : From;
        EndedBy = by;
        return true;
    }
}
