namespace Muster.Server.Register.Profiles;

/// <summary>Names the texts of the pages in this folder.</summary>
internal sealed class ProfilesText;
