namespace Muster.Server.Register.Addresses;

/// <summary>What the two doors take, as the description of the interface shows it; at the registrar's a reason goes with everything.</summary>
internal sealed record EmailBody(string Email);

internal sealed record DeskEmailBody(string Email, string Reason);

internal sealed record AddressRequestBody(Guid Request);

internal sealed record DeskAddressRequestBody(Guid Request, string Reason);

internal sealed record AliasBody(string Alias);

internal sealed record DeskAliasBody(string Alias, string Reason);

internal sealed record ReasonBody(string Reason);
