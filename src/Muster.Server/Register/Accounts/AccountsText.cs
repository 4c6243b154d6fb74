namespace Muster.Server.Register.Accounts;

/// <summary>Names the texts of the pages in this folder.</summary>
internal sealed class AccountsText;
