namespace Muster.Server.Register.Institutes;

/// <summary>Names the texts of the pages in this folder.</summary>
internal sealed class InstitutesText;
