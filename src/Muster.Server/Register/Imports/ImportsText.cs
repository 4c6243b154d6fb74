namespace Muster.Server.Register.Imports;

/// <summary>Names the texts of the import.</summary>
internal sealed class ImportsText;
