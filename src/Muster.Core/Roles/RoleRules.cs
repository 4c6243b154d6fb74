using System.Collections.Frozen;

namespace Muster.Core.Roles;

/// <summary>The one table of who may do what.</summary>
public static class RoleRules
{
    /// <summary>Longest name of a group or resource that a role is limited to, in characters.</summary>
    public const int MaxScopeLength = 100;

    private static readonly FrozenDictionary<Role, (string Name, ScopeKind Scope, Power[] Powers)> table = new Dictionary<
        Role,
        (string, ScopeKind, Power[])
    >
    {
        [Role.Registrar] = (
            "registrar",
            ScopeKind.Everything,
            [
                Power.ReadRegister,
                Power.EditRegister,
                Power.DecideRegistrations,
                Power.DecideCertificates,
                Power.ExportAddresses,
                Power.ReissuePasswords,
                Power.SetPrivacy,
            ]
        ),
        [Role.Representative] = ("representative", ScopeKind.Institute, [Power.SpeakForInstitute]),
        [Role.Deputy] = ("deputy", ScopeKind.Institute, [Power.SpeakForInstitute]),
        [Role.Coordinator] = ("coordinator", ScopeKind.Group, [Power.CoordinateGroup]),
        [Role.ResourceOwner] = ("resource-owner", ScopeKind.Resource, [Power.GrantResource]),
        [Role.SecurityOfficer] = ("security-officer", ScopeKind.Everything, [Power.ReadRegister, Power.SuspendPeople]),
        [Role.Auditor] = ("auditor", ScopeKind.Everything, [Power.ReadRegister]),
        [Role.Administrator] = (
            "administrator",
            ScopeKind.Everything,
            [Power.ReadRegister, Power.ExportAddresses, Power.GrantRoles, Power.SetPrivacy]
        ),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Role> byName = table.ToFrozenDictionary(
        r => r.Value.Name,
        r => r.Key,
        StringComparer.Ordinal
    );

    /// <summary>Every role, in the order of the list.</summary>
    public static IReadOnlyList<Role> All { get; } = Enum.GetValues<Role>();

    /// <summary>Roles that are granted as such. Representatives and deputies are named at their institute instead.</summary>
    public static IReadOnlyList<Role> Grantable { get; } = [.. All.Where(r => ScopeOf(r) != ScopeKind.Institute)];

    public static IReadOnlyList<Power> PowersOf(Role role) => table[role].Powers;

    public static ScopeKind ScopeOf(Role role) => table[role].Scope;

    /// <summary>Lower case with hyphens, as in files, addresses and on the command line.</summary>
    public static string NameOf(Role role) => table[role].Name;

    /// <summary>The role of exactly this name, or null.</summary>
    public static Role? Named(string? name) => name is not null && byName.TryGetValue(name, out var role) ? role : null;

    /// <summary>The scope that a role is granted with.</summary>
    /// <returns><c>role.not-granted</c> for those that come with an institute; <c>role.scope-missing</c>, <c>role.scope-too-long</c> (bound).</returns>
    public static Result<RoleScope> ScopeFor(Role role, string? name)
    {
        var kind = ScopeOf(role);
        var tidy = name?.Trim() ?? "";
        return kind switch
        {
            ScopeKind.Everything => RoleScope.Everything,
            ScopeKind.Institute => new Refusal("role.not-granted", "role"),
            _ when tidy.Length == 0 => new Refusal("role.scope-missing", "scope"),
            _ when tidy.Length > MaxScopeLength => new Refusal("role.scope-too-long", "scope") { Arguments = [$"{MaxScopeLength}"] },
            _ => new RoleScope(kind, tidy),
        };
    }
}
