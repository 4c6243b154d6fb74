namespace Muster.Core.Members;

/// <summary>People paste an identifier as the address that shows it.</summary>
internal static class IdentifierText
{
    /// <summary>What follows <paramref name="host"/>, without blanks and a last slash, or the text itself; scheme and <c>www.</c> make no difference.</summary>
    public static string WithoutHost(string? text, string host)
    {
        var trimmed = (text ?? "").Trim().TrimEnd('/');
        var rest = After(trimmed, "https://") ?? After(trimmed, "http://") ?? trimmed;
        return After(After(rest, "www.") ?? rest, host + "/") ?? trimmed;
    }

    private static string? After(string text, string beginning) =>
        text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase) ? text[beginning.Length..] : null;
}
