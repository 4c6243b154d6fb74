using System.Xml.Linq;
using Muster.Core.Numbers;

namespace Muster.Server.Web.Plots;

/// <summary>Numbers over time as lines.</summary>
internal static class LinePlot
{
    /// <summary>More lines than the stylesheet has colours for are not told apart.</summary>
    public const int MostLines = 8;

    private const int MostMarks = 6;
    private const double Top = 28;
    private const double Height = 216;
    private const double Whole = Top + Height + 32;

    /// <param name="id">Unique on the page.</param>
    /// <param name="days">Ascending and even; firsts of months where <paramref name="ticks"/> are left out.</param>
    /// <param name="series">One count for each day, or for the first of them where the rest is to come; at most <see cref="MostLines"/>.</param>
    /// <param name="ticks">Marks below the days; null for some of the months.</param>
    public static XElement Draw(
        string id,
        string title,
        string description,
        IReadOnlyList<DateOnly> days,
        IReadOnlyList<NumberSeries> series,
        IReadOnlyList<(int Index, string Label)>? ticks = null
    )
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(series.Count, MostLines);
        var marks = Ticks.UpTo(series.SelectMany(s => s.Counts).DefaultIfEmpty().Max());
        double Down(int count) => Top + Height - Height * count / marks[^1];

        return Svg.Picture(
            id,
            title,
            description,
            "plot lines",
            [
                .. Svg.With(("width", "100%"), ("height", Whole)),
                .. marks.Select(m => Grid(Down(m))),
                .. (ticks ?? Ticks.Of(days, MostMarks)).SelectMany(m => Month(Across(m.Index, days.Count), m.Label)),
                Lines(days.Count, series, marks[^1]),
                .. series.SelectMany((s, i) => Ends(s, i, days.Count, Down)),
                .. marks.Select(m => Svg.Text("tick", 0d, Down(m) - 5, "start", Svg.Words(m))),
                .. days.Select((d, i) => Column(d, i, days.Count, series)),
            ]
        );
    }

    private static double Across(int index, int count) => count > 1 ? (double)index / (count - 1) : 0.5;

    private static XElement Grid(double y) =>
        Svg.Element("line", Svg.With(("class", "grid"), ("x1", 0d), ("x2", "100%"), ("y1", y), ("y2", y)));

    private static IEnumerable<XElement> Month(double x, string label)
    {
        var at = Svg.Percent(x);
        yield return Svg.Element(
            "line",
            Svg.With(("class", "mark"), ("x1", at), ("x2", at), ("y1", Top + Height), ("y2", Top + Height + 6))
        );
        var anchor =
            x < 0.05 ? "start"
            : x > 0.95 ? "end"
            : "middle";
        yield return Svg.Text("tick", at, Top + Height + 23, anchor, label);
    }

    /// <summary>Lines know no per cent; they are drawn into a frame that stretches, with a pen that does not.</summary>
    private static XElement Lines(int count, IReadOnlyList<NumberSeries> series, int most) =>
        Svg.Element(
            "svg",
            [
                .. Svg.With(("x", 0d), ("y", Top), ("width", "100%"), ("height", Height)),
                .. Svg.With(("viewBox", $"0 0 1000 {Svg.Number(Height)}"), ("preserveAspectRatio", "none"), ("overflow", "visible")),
                .. series.Select(
                    (s, i) =>
                        Svg.Element(
                            "polyline",
                            Svg.With(
                                ("class", $"line s{i + 1}"),
                                ("vector-effect", "non-scaling-stroke"),
                                (
                                    "points",
                                    string.Join(
                                        ' ',
                                        s.Counts.Select(
                                            (c, at) => $"{Svg.Number(1_000 * Across(at, count))},{Svg.Number(Height - Height * c / most)}"
                                        )
                                    )
                                )
                            )
                        )
                ),
            ]
        );

    private static IEnumerable<XElement> Ends(NumberSeries series, int index, int count, Func<int, double> down)
    {
        if (series.Counts.Count == 0)
            yield break;
        yield return Svg.Element(
            "circle",
            Svg.With(
                ("class", $"dot s{index + 1}"),
                ("cx", Svg.Percent(Across(series.Counts.Count - 1, count))),
                ("cy", down(series.Counts[^1])),
                ("r", 3.5)
            )
        );
    }

    /// <summary>What the numbers are where somebody points.</summary>
    private static XElement Column(DateOnly day, int index, int count, IReadOnlyList<NumberSeries> series)
    {
        var width = 1d / Math.Max(1, count - 1);
        var left = Math.Max(0, Across(index, count) - width / 2);
        var right = Math.Min(1, Across(index, count) + width / 2);
        return Svg.Element(
            "rect",
            [
                .. Svg.With(
                    ("class", "touch"),
                    ("x", Svg.Percent(left)),
                    ("width", Svg.Percent(right - left)),
                    ("y", Top),
                    ("height", Height)
                ),
                Svg.Hint(
                    $"{Svg.Words(day)}: {string.Join(", ", series.Where(s => index < s.Counts.Count).Select(s => $"{s.Name} {Svg.Words(s.Counts[index])}"))}"
                ),
            ]
        );
    }
}
