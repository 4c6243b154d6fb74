namespace Muster.Server.Web.Api;

/// <summary>Names the texts of the page and the description in this folder.</summary>
internal sealed class ApiText;
