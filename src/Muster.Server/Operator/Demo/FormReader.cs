using System.Net;
using System.Text.RegularExpressions;

namespace Muster.Server.Operator.Demo;

/// <summary>Reads our own pages as far as a browser without a screen must: the main part, its text, its forms and their values.</summary>
internal static partial class FormReader
{
    /// <summary>What the main part says, without its tags.</summary>
    public static string Text(string html) => WebUtility.HtmlDecode(Blank().Replace(Tag().Replace(MainPart(html), " "), " ")).Trim();

    /// <summary>The forms of the main part that carry a token, in order.</summary>
    public static List<string> Forms(string html) =>
        [.. Form().Matches(MainPart(html)).Select(m => m.Value).Where(f => f.Contains("formToken", StringComparison.Ordinal))];

    /// <summary>Where a form is sent (null: to its own page), and what it would send untouched.</summary>
    public static (string? Action, Dictionary<string, string> Values) Read(string form)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match input in Input().Matches(form))
        {
            var attributes = Attribute()
                .Matches(input.Value)
                .ToDictionary(a => a.Groups[1].Value, a => WebUtility.HtmlDecode(a.Groups[2].Value), StringComparer.Ordinal);
            if (!attributes.TryGetValue("name", out var name))
                continue;
            var isChoice = attributes.GetValueOrDefault("type") is "radio" or "checkbox";
            if (!isChoice || Checked().IsMatch(input.Value))
                values[name] = attributes.GetValueOrDefault("value") ?? (isChoice ? "on" : "");
        }
        foreach (Match select in Select().Matches(form))
        {
            var options = Option().Matches(select.Groups[2].Value);
            var chosen = options.FirstOrDefault(o => o.Value.Contains(" selected", StringComparison.Ordinal)) ?? options.FirstOrDefault();
            if (chosen is not null)
                values[select.Groups[1].Value] = WebUtility.HtmlDecode(chosen.Groups[1].Value);
        }
        var action = Action().Match(form);
        return (action.Success ? WebUtility.HtmlDecode(action.Groups[1].Value) : null, values);
    }

    private static string MainPart(string html) => MainElement().Match(html) is { Success: true } main ? main.Value : html;

    [GeneratedRegex("<main.*?</main>", RegexOptions.Singleline)]
    private static partial Regex MainElement();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex("<select[^>]*\\bname=\"([^\"]*)\"[^>]*>(.*?)</select>", RegexOptions.Singleline)]
    private static partial Regex Select();

    [GeneratedRegex("<option[^>]*\\bvalue=\"([^\"]*)\"[^>]*>")]
    private static partial Regex Option();

    [GeneratedRegex("([a-zA-Z-]+)=\"([^\"]*)\"")]
    private static partial Regex Attribute();

    [GeneratedRegex("\\bchecked\\b")]
    private static partial Regex Checked();

    [GeneratedRegex("<form[^>]*\\baction=\"([^\"]*)\"")]
    private static partial Regex Action();

    [GeneratedRegex("<(script|style).*?</\\1>|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Tag();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blank();
}
