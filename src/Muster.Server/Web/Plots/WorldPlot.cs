using System.Xml.Linq;
using Muster.Core.Numbers;

namespace Muster.Server.Web.Plots;

/// <summary>Where the people are: one tile for each country, darker with more of them, the number in it.</summary>
internal static class WorldPlot
{
    private const double Tile = 44;
    private const double Gap = 3;
    private const int Shades = 5;

    /// <param name="id">Unique on the page.</param>
    /// <param name="shares">By code of the country.</param>
    /// <param name="name">Of a country.</param>
    public static XElement Draw(string id, string title, string description, IReadOnlyList<Share> shares, Func<string, string> name)
    {
        var bounds = Bounds(shares.Select(s => s.People).DefaultIfEmpty().Max());
        var people = shares.ToDictionary(s => s.Name, s => s.People, StringComparer.Ordinal);
        return Svg.Picture(
            id,
            title,
            description,
            "plot world",
            [
                .. Svg.With(("viewBox", $"0 0 {Svg.Number(WorldGrid.Columns * Tile)} {Svg.Number(WorldGrid.Rows * Tile)}")),
                .. WorldGrid.Tiles.Select(t => Country(t.Key, t.Value, people.GetValueOrDefault(t.Key), bounds, name)),
            ]
        );
    }

    /// <summary>Most people of each of the five shades; the steps grow, because most countries have few people and few have most.</summary>
    public static IReadOnlyList<int> Bounds(int most)
    {
        var bounds = new List<int>();
        for (var step = 1; step < Shades; step++)
            bounds.Add(Math.Max(Round(Math.Pow(most, (double)step / Shades)), step == 1 ? 1 : bounds[^1] + 1));
        bounds.Add(Math.Max(most, bounds[^1] + 1));
        return bounds;
    }

    /// <summary>To one digit, as a reader of the legend likes it.</summary>
    private static int Round(double number)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1, number))));
        return (int)(Math.Round(number / power) * power);
    }

    /// <summary>From 1; 0 where nobody is.</summary>
    private static int Shade(int people, IReadOnlyList<int> bounds) => people == 0 ? 0 : 1 + bounds.TakeWhile(b => b < people).Count();

    private static XElement Country(string code, (int Column, int Row) at, int people, IReadOnlyList<int> bounds, Func<string, string> name)
    {
        var (x, y) = (at.Column * Tile, at.Row * Tile);
        var middle = x + (Tile - Gap) / 2;
        List<object> content =
        [
            .. Svg.With(("class", $"tile h{Shade(people, bounds)}")),
            Svg.Hint($"{name(code)}: {Svg.Words(people)}"),
            Svg.Element("rect", Svg.With(("x", x), ("y", y), ("width", Tile - Gap), ("height", Tile - Gap), ("rx", 5d))),
            Svg.Text("code", middle, y + (people > 0 ? 15 : 25), "middle", code),
        ];
        if (people > 0)
            content.Add(Svg.Text("count", middle, y + 33, "middle", Svg.Words(people)));
        return Svg.Element("g", content);
    }
}
