namespace Muster.Server.Register.Home;

/// <summary>Names the texts of the desk's first page.</summary>
internal sealed class HomeText;
