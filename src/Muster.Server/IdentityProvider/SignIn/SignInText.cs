namespace Muster.Server.IdentityProvider.SignIn;

/// <summary>Names the texts of the pages in this folder.</summary>
internal sealed class SignInText;
