using System.Xml.Linq;
using Muster.Core.Numbers;

namespace Muster.Server.Web.Plots;

/// <summary>Shares as bars that lie, the name above each, so that long names have room on a phone.</summary>
internal static class BarPlot
{
    private const double RowHeight = 38;
    private const double BarHeight = 10;

    /// <param name="id">Unique on the page.</param>
    public static XElement Draw(string id, string title, string description, IReadOnlyList<Share> shares)
    {
        var most = shares.Select(s => s.People).DefaultIfEmpty(1).Max();
        return Svg.Picture(
            id,
            title,
            description,
            "plot bars",
            [
                .. Svg.With(("width", "100%"), ("height", RowHeight * shares.Count)),
                .. shares.SelectMany((s, i) => Row(s, RowHeight * i, most)),
            ]
        );
    }

    private static IEnumerable<XElement> Row(Share share, double y, int most)
    {
        yield return Svg.Text("name", 0d, y + 16, "start", share.Name);
        yield return Svg.Text("number", "100%", y + 16, "end", Svg.Words(share.People));
        yield return Bar("track", y, 1);
        yield return Bar("bar", y, (double)share.People / most);
    }

    private static XElement Bar(string look, double y, double share) =>
        Svg.Element(
            "rect",
            Svg.With(("class", look), ("x", 0d), ("y", y + 22), ("height", BarHeight), ("width", Svg.Percent(share)), ("rx", 3d))
        );
}
