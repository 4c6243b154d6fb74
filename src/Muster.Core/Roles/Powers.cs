namespace Muster.Core.Roles;

/// <summary>All that one person may do at one moment: the sum of the roles that hold then.</summary>
public sealed class Powers
{
    private readonly IReadOnlyList<(Role Role, RoleScope Scope)> roles;

    public Powers(IEnumerable<(Role Role, RoleScope Scope)> roles) => this.roles = [.. roles];

    public static Powers None { get; } = new([]);

    public IReadOnlyList<(Role Role, RoleScope Scope)> Roles => roles;

    /// <summary>Whether the power is held for anything at all. A route asks this first; what it touches is asked with <see cref="Over"/>.</summary>
    public bool Any(Power power) => roles.Any(r => RoleRules.PowersOf(r.Role).Contains(power));

    /// <summary>Whether a role is held that is not limited to an institute, a group or a resource.</summary>
    public bool AreOverEverything => roles.Any(r => r.Scope.Kind == ScopeKind.Everything);

    /// <summary>Whether the power is held over this institute, group or resource.</summary>
    public bool Over(Power power, RoleScope scope) => roles.Any(r => RoleRules.PowersOf(r.Role).Contains(power) && r.Scope.Includes(scope));

    /// <summary>Ids of the scopes of one kind over which the power is held; those that hold it over everything are not listed one by one.</summary>
    public IReadOnlyList<string> ScopesOf(Power power, ScopeKind kind) =>
        [
            .. roles
                .Where(r => r.Scope.Kind == kind && RoleRules.PowersOf(r.Role).Contains(power))
                .Select(r => r.Scope.Id)
                .Distinct(StringComparer.Ordinal),
        ];
}
