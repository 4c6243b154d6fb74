namespace Muster.Server.Register.Roles;

/// <summary>Names the texts of the pages in this folder.</summary>
internal sealed class RolesText;
