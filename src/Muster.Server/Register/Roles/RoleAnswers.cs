using Muster.Core.Roles;

namespace Muster.Server.Register.Roles;

internal sealed record RoleHolderAnswer(
    Guid? Id,
    string Role,
    string? Scope,
    string? Institute,
    string? Account,
    string Name,
    string? GrantedBy,
    DateTimeOffset From,
    DateTimeOffset? Until,
    bool Holds
)
{
    public static RoleHolderAnswer Of(RoleHolder h, DateTimeOffset now) =>
        new(
            h.GrantId,
            RoleRules.NameOf(h.Role),
            h.Scope.Length > 0 ? h.Scope : null,
            h.InstituteId,
            h.AccountName,
            h.DisplayName,
            h.GrantedBy,
            h.From,
            h.Until,
            h.Holds(now)
        );
}

internal sealed record RoleBody(string Account, string Role, string? Scope = null, DateOnly? Until = null);
