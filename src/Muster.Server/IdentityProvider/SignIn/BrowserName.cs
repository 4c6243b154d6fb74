using System.Text.RegularExpressions;

namespace Muster.Server.IdentityProvider.SignIn;

/// <summary>
/// What people call the browser behind a User-Agent (RFC 9110 §10.1.5), for them to recognise it. Browsers name those they are like, so the most
/// particular mark is looked for first. No security hangs on it.
/// </summary>
internal static partial class BrowserName
{
    private static readonly (string Mark, string Name)[] Programs =
    [
        ("Edg", "Edge"),
        ("EdgA", "Edge"),
        ("EdgiOS", "Edge"),
        ("OPR", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("FxiOS", "Firefox"),
        ("Firefox", "Firefox"),
        ("CriOS", "Chrome"),
        ("HeadlessChrome", "Chrome"),
        ("Chrome", "Chrome"),
        ("Version", "Safari"),
        ("curl", "curl"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Macintosh", "macOS"),
        ("Linux", "Linux"),
    ];

    /// <summary>Program with its main version, and system; null where the text names none that is known.</summary>
    public static (string? Program, string? System) Of(string? userAgent)
    {
        if (string.IsNullOrEmpty(userAgent))
            return (null, null);
        var versions = Product().Matches(userAgent).GroupBy(m => m.Groups["name"].Value, StringComparer.Ordinal).ToList();
        var program = (
            from known in Programs
            from named in versions
            where string.Equals(named.Key, known.Mark, StringComparison.Ordinal)
            select $"{known.Name} {named.First().Groups["version"].Value}"
        ).FirstOrDefault();
        return (program, Systems.FirstOrDefault(s => userAgent.Contains(s.Mark, StringComparison.Ordinal)).Name);
    }

    [GeneratedRegex(@"(?<name>[A-Za-z]{2,20})/(?<version>[0-9]{1,4})", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Product();
}
