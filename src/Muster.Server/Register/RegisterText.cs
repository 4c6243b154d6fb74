namespace Muster.Server.Register;

/// <summary>Names the texts of what several pages of the register share.</summary>
internal sealed class RegisterText;
