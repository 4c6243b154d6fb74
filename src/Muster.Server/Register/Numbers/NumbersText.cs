namespace Muster.Server.Register.Numbers;

/// <summary>Names the texts of the pages of numbers.</summary>
internal sealed class NumbersText;
