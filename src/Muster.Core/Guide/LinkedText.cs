using System.Text.RegularExpressions;

namespace Muster.Core.Guide;

/// <summary>Words of a paragraph, and where they lead; null where they are only words.</summary>
public sealed record TextPiece(string Words, string? Link);

/// <summary>
/// Plain paragraphs with links, which is all that a registrar's text may hold: an empty line parts paragraphs, an https address is a link, and so is
/// <c>[words](address)</c> with an https address or a path of the portal. Everything else, marks of other languages included, is words.
/// </summary>
public static partial class LinkedText
{
    /// <summary>Longest address of a link, in characters.</summary>
    private const int MaxAddressLength = 500;

    private const string ClosingMarks = ".,;:!?)'\"";

    /// <summary>Put together again, the words are all that was typed, but for brackets around links and space between paragraphs.</summary>
    public static IReadOnlyList<IReadOnlyList<TextPiece>> Paragraphs(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];
        return [.. EmptyLines().Split(Tidy(text)).Where(p => !string.IsNullOrWhiteSpace(p)).Select(p => Pieces(p.Trim()))];
    }

    /// <summary>The first address in <c>[words](address)</c> that is no link; null where there is none.</summary>
    public static string? FirstRefusedLink(string text) =>
        Links()
            .Matches(Tidy(text))
            .Where(m => m.Groups["to"].Success)
            .Select(m => m.Groups["to"].Value)
            .FirstOrDefault(to => !IsAddress(to));

    /// <summary>Line ends as they are kept.</summary>
    public static string Tidy(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
    }

    private static List<TextPiece> Pieces(string paragraph)
    {
        var pieces = new List<TextPiece>();
        var at = 0;
        foreach (Match match in Links().Matches(paragraph))
        {
            var address = match.Groups["to"] is { Success: true } to ? to.Value : match.Value.TrimEnd(ClosingMarks.ToCharArray());
            if (!IsAddress(address))
                continue;
            var (words, length) = match.Groups["to"].Success ? (match.Groups["words"].Value, match.Length) : (address, address.Length);
            if (match.Index > at)
                pieces.Add(new TextPiece(paragraph[at..match.Index], null));
            pieces.Add(new TextPiece(words, address));
            at = match.Index + length;
        }
        if (at < paragraph.Length)
            pieces.Add(new TextPiece(paragraph[at..], null));
        return pieces;
    }

    /// <summary>An https address without a name or password in it, or a path that stays on this host.</summary>
    private static bool IsAddress(string address) =>
        address.Length <= MaxAddressLength
        && !address.Contains('\\', StringComparison.Ordinal)
        && (
            address.StartsWith("https://", StringComparison.Ordinal)
                ? Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && !Authority(address).Contains('@')
                : address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal)
        );

    private static ReadOnlySpan<char> Authority(string address)
    {
        var rest = address.AsSpan("https://".Length);
        return rest.IndexOfAny("/?#") is >= 0 and var end ? rest[..end] : rest;
    }

    [GeneratedRegex(
        @"\[(?<words>[^\[\]\n]+)\]\((?<to>(?:[^()\s]|\([^()\s]*\))+)\)|https://[^\s<>""]+",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex Links();

    [GeneratedRegex(@"\n[ \t]*\n\s*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex EmptyLines();
}
