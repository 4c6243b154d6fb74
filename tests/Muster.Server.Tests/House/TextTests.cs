using System.Text.RegularExpressions;
using System.Xml.Linq;
using Muster.Server.Web;
using Xunit;

namespace Muster.Server.Tests.House;

/// <summary>Every word a person reads lies in a resource, has a use, and every refusal has its sentence.</summary>
public sealed partial class TextTests
{
    [Fact]
    public void Every_refusal_has_a_sentence()
    {
        var used =
            from file in Sources.Under("src", ".cs", ".razor")
            from Match code in Refusal().Matches(file.Text)
            where !RefusalTexts.Knows(code.Groups[1].Value + code.Groups[2].Value)
            select $"{file.Name}: {code.Groups[1].Value}{code.Groups[2].Value}";

        Assert.Empty(used.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_sentence_belongs_to_a_code_that_is_used()
    {
        var text = string.Join('\n', Sources.Under("src", ".cs", ".razor").Select(f => f.Text));

        // The reasons against a password share their beginning in the one place that makes them.
        Assert.All(
            RefusalTexts.Codes(),
            code =>
                Assert.True(
                    text.Contains($"\"{code}\"", StringComparison.Ordinal)
                        || text.Contains($"Of(\"{code.Replace("password.", "", StringComparison.Ordinal)}\"", StringComparison.Ordinal),
                    code
                )
        );
    }

    [Fact]
    public void Every_code_is_in_the_list_of_refusals()
    {
        var list = File.ReadAllText(Path.Combine(Sources.Home, "docs/refusals.md"));

        Assert.All(RefusalTexts.Codes(), code => Assert.Contains($"| `{code}` |", list, StringComparison.Ordinal));
        Assert.Equal(RefusalTexts.Codes().Count, list.Split('\n').Count(l => l.StartsWith("| `", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_key_that_a_page_asks_for_is_there()
    {
        var missing =
            from page in Sources.Under("src/Muster.Server", ".razor")
            from Match key in PageKey().Matches(page.Text)
            where !KeysNear(page.Path).Contains(key.Groups[1].Value)
            select $"{page.Name}: {key.Groups[1].Value}";

        Assert.Empty(missing.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_act_in_the_trail_has_its_words_in_every_history()
    {
        var words = Entries(Path.Combine(Sources.Home, "src/Muster.Server/Register/RegisterText.resx"))
            .Select(e => e.Key)
            .ToHashSet(StringComparer.Ordinal);
        var acts = Sources
            .Under("src/Muster.Server", ".cs")
            .SelectMany(f => Act().Matches(f.Text))
            .Select(m => m.Groups[1].Value + m.Groups[2].Value + m.Groups[3].Value);

        Assert.All(acts.Distinct(StringComparer.Ordinal), act => Assert.Contains("Audit." + act, words));
    }

    [Fact]
    public void No_words_are_left_that_nobody_says()
    {
        var text = string.Join('\n', Sources.Under("src", ".cs", ".razor").Select(f => f.Text));
        var unused =
            from file in Sources.Under("src", ".resx")
            where !file.Name.EndsWith("RefusalTexts.resx", StringComparison.Ordinal)
            from entry in Entries(file.Path)
            where !IsSaid(text, entry.Key)
            select $"{file.Name}: {entry.Key}";

        Assert.Empty(unused);
    }

    [Fact]
    public void No_resource_is_empty_or_there_twice()
    {
        var wrong =
            from file in Sources.Under("src", ".resx")
            from entry in Entries(file.Path).GroupBy(e => e.Key, StringComparer.Ordinal)
            where entry.Count() > 1 || entry.First().Value.Trim().Length == 0
            select $"{file.Name}: {entry.Key}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Pages_hold_no_sentences_of_their_own()
    {
        var sentences =
            from page in Sources.Under("src/Muster.Server", ".razor")
            let markup = Code().Replace(page.Text, "")
            from Match words in Words().Matches(Expression().Replace(markup, ""))
            select $"{page.Name}: {words.Groups[1].Value.Trim()}";

        Assert.Empty(sentences);
    }

    /// <summary>By its whole key, by a beginning that is completed where it is used, or by the name of its mail.</summary>
    private static bool IsSaid(string text, string key)
    {
        var parts = key.Split('.');
        return text.Contains($"\"{key}\"", StringComparison.Ordinal)
            || text.Contains($"\"{parts[0]}\"", StringComparison.Ordinal)
            || Enumerable
                .Range(1, parts.Length - 1)
                .Any(n => text.Contains($"\"{string.Join('.', parts[..n])}.", StringComparison.Ordinal));
    }

    private static HashSet<string> KeysNear(string page) =>
        Directory
            .EnumerateFiles(Path.GetDirectoryName(page)!, "*.resx") // a file has a folder
            .Concat(Directory.EnumerateFiles(Path.Combine(Sources.Home, "src/Muster.Server/Web"), "*.resx"))
            .SelectMany(Entries)
            .Select(e => e.Key)
            .ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<(string Key, string Value)> Entries(string resx) =>
        XDocument.Load(resx).Root!.Elements("data").Select(d => (d.Attribute("name")!.Value, d.Element("value")?.Value ?? "")); // as the format has it

    [GeneratedRegex(@"new\s+(?:Core\.)?Refusal\(\s*""([a-z0-9.-]+)""|Refusal\.With\(\s*""([a-z0-9.-]+)""")]
    private static partial Regex Refusal();

    [GeneratedRegex(@"new AuditEntry\(\s*""([a-z.-]+)""|AppendAsync\(\s*db,\s*""([a-z.-]+)""|Entry\(\s*http,\s*""([a-z.-]+)""")]
    private static partial Regex Act();

    [GeneratedRegex(@"\bT\[""([^""]+)""")]
    private static partial Regex PageKey();

    [GeneratedRegex(@"@code\s*\{.*", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"@\*.*?\*@|@?\((?>[^()]+|\((?<d>)|\)(?<-d>))*(?(d)(?!))\)|@[\w.]+(\[[^\]]*\])?", RegexOptions.Singleline)]
    private static partial Regex Expression();

    [GeneratedRegex(@">\s*([A-Z][a-z]+ [a-z]+[^<>{}@]*)<")]
    private static partial Regex Words();
}
