namespace Muster.Core.Roles;

/// <summary>What a person is to the collaboration; <see cref="RoleRules"/> says what each may do.</summary>
public enum Role
{
    Registrar,
    Representative,
    Deputy,
    Coordinator,
    ResourceOwner,
    SecurityOfficer,
    Auditor,
    Administrator,
}

/// <summary>What a role can be limited to.</summary>
public enum ScopeKind
{
    Everything,
    Institute,
    Group,
    Resource,
}

/// <summary>What a role is limited to: all, or the one institute, group or resource with this name or id.</summary>
/// <param name="Id">Compared letter by letter; empty where the kind is <see cref="ScopeKind.Everything"/>.</param>
public readonly record struct RoleScope(ScopeKind Kind, string Id)
{
    public static RoleScope Everything => new(ScopeKind.Everything, "");

    /// <summary>Whether who holds a power here holds it there too.</summary>
    public bool Includes(RoleScope other) => Kind == ScopeKind.Everything || this == other;
}
