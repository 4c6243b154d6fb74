namespace Muster.Server.Register.AuthorLists;

/// <summary>Names the texts of the pages in this folder.</summary>
internal sealed class AuthorListsText;
