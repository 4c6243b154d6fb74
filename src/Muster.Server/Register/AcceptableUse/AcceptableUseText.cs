namespace Muster.Server.Register.AcceptableUse;

/// <summary>Names the texts of the pages in this folder.</summary>
internal sealed class AcceptableUseText;
