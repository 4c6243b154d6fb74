using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Markdig;
using Microsoft.Extensions.Options;
using Muster.Server.Web;

namespace Muster.Server.Register.AcceptableUse;

/// <summary>One text of the acceptable use policy, as shown.</summary>
public sealed record AupDocument(string Version, string Language, string Title, string Markdown, string Html, string TextHash);

/// <summary>The acceptable use policy in force, in the visitor's language where there is one.</summary>
internal sealed class AupLibrary
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();
    private readonly Dictionary<string, AupDocument> byLanguage;

    public AupLibrary(IOptions<AcceptableUseOptions> options, IOptions<PortalOptions> portal) =>
        byLanguage = Texts(options.Value)
            .ToDictionary(t => t.Language, t => Document(options.Value, portal.Value, t.Language, t.Text), StringComparer.Ordinal);

    public AupDocument Current(HttpContext http) => In(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    public AupDocument In(string language) => byLanguage.GetValueOrDefault(language) ?? byLanguage["en"];

    private static IEnumerable<(string Language, string Text)> Texts(AcceptableUseOptions options)
    {
        if (options.Folder is { Length: > 0 } folder)
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal))
                yield return (Path.GetFileNameWithoutExtension(file), File.ReadAllText(file));
            yield break;
        }
        using var reader = new StreamReader(
            typeof(AupLibrary).Assembly.GetManifestResourceStream("Muster.Server.Register.AcceptableUse.baseline.en.md")!
        ); // shipped
        yield return ("en", reader.ReadToEnd());
    }

    private static AupDocument Document(AcceptableUseOptions options, PortalOptions portal, string language, string text)
    {
        var filled = text.Replace("{collaboration}", portal.Collaboration, StringComparison.Ordinal)
            .Replace("{purpose}", options.Purpose, StringComparison.Ordinal)
            .Replace("{contact}", portal.Contact, StringComparison.Ordinal)
            .Replace("\r\n", "\n", StringComparison.Ordinal);
        var title = filled.Split('\n', 2)[0].TrimStart('#', ' ');
        var body = filled.Split('\n', 2)[^1];
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(filled)));
        return new AupDocument(options.Version, language, title, filled, Markdown.ToHtml(body, Pipeline), hash);
    }
}

internal sealed class AcceptableUseOptions
{
    public const string Section = "AcceptableUse";

    /// <summary>Folder with one <c>LANGUAGE.md</c> per language; empty means the shipped text.</summary>
    public string? Folder { get; set; }

    /// <summary>Version of the text; changing it asks everybody anew.</summary>
    public string Version { get; set; } = "1.0";

    /// <summary>What the resources are for, as it stands in the text.</summary>
    public string Purpose { get; set; } = "the scientific work of the collaboration";

    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(Version) || Version.Length > 40)
            yield return "AcceptableUse:Version must have 1 to 40 characters";
        if (Folder is { Length: > 0 } && !File.Exists(Path.Combine(Folder, "en.md")))
            yield return $"AcceptableUse:Folder is '{Folder}'; it must hold at least en.md";
    }
}
