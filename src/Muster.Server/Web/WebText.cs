namespace Muster.Server.Web;

/// <summary>Names the texts of the pages and components in this folder.</summary>
internal sealed class WebText;
