using System.Globalization;
using System.Xml.Linq;

namespace Muster.Server.Web.Plots;

/// <summary>
/// What all plots have: a name and a description for those who do not see them. Colours and letters come from the stylesheet. A drawing
/// without a view box keeps its letters at the size of the page whatever its width: places are in per cent across and in pixels down.
/// </summary>
internal static class Svg
{
    private static readonly XNamespace ns = "http://www.w3.org/2000/svg";

    public static XElement Picture(string id, string title, string description, string look, params IEnumerable<object> content) =>
        Element(
            "svg",
            [
                new XAttribute("class", look),
                new XAttribute("role", "img"),
                new XAttribute("aria-labelledby", $"{id}-title {id}-desc"),
                Element("title", new XAttribute("id", $"{id}-title"), title),
                Element("desc", new XAttribute("id", $"{id}-desc"), description),
                .. content,
            ]
        );

    public static XElement Element(string name, params IEnumerable<object?> content) => new(ns + name, content);

    /// <summary>Attributes of one element by name; numbers as XML writes them.</summary>
    public static IEnumerable<object> With(params (string Name, object Value)[] attributes) =>
        attributes.Select(a => new XAttribute(a.Name, a.Value is double number ? Number(number) : a.Value));

    public static XElement Text(string look, object x, object y, string anchor, string text) =>
        Element("text", [.. With(("class", look), ("x", x), ("y", y), ("text-anchor", anchor)), text]);

    public static XElement Hint(string text) => Element("title", text);

    public static string Percent(double share) => Number(100 * share) + "%";

    public static string Number(double number) => Math.Round(number, 2).ToString(CultureInfo.InvariantCulture);

    /// <summary>With marks between thousands, as people read it.</summary>
    public static string Words(int number) => number.ToString("N0", Language);

    public static string Words(DateOnly day, string form = "d MMM yyyy") => day.ToString(form, Language);

    /// <summary>Of the page: what is drawn is read, never parsed.</summary>
    private static IFormatProvider Language => CultureInfo.CurrentUICulture;
}
