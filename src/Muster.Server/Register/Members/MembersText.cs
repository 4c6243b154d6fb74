namespace Muster.Server.Register.Members;

/// <summary>Names the texts of the pages in this folder.</summary>
internal sealed class MembersText;
