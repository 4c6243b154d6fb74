namespace Muster.Server.Register.Addresses;

/// <summary>Names the texts of the pages in this folder.</summary>
internal sealed class AddressesText;
