using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Muster.Core.Institutes;
using Muster.Core.Numbers;
using Muster.Server.Tests.House;
using Muster.Server.Web.Plots;
using Xunit;

namespace Muster.Server.Tests.Http;

public sealed class PlotTests
{
    [Fact]
    public void Every_country_has_a_tile_or_is_told_elsewhere()
    {
        Assert.Equal(Countries.All, WorldGrid.Tiles.Keys.Concat(WorldGrid.Elsewhere).Order(StringComparer.Ordinal));
        Assert.True(WorldGrid.Elsewhere.Count < 40);
        Assert.Equal(WorldGrid.Tiles.Count, WorldGrid.Tiles.Values.Distinct().Count());
        Assert.All(WorldGrid.Tiles.Values, t => Assert.InRange(t.Column, 0, WorldGrid.Columns - 1));
    }

    [Theory]
    [InlineData("DE", "PL")]
    [InlineData("PT", "IT")]
    [InlineData("US", "GB")]
    [InlineData("CN", "JP")]
    [InlineData("IN", "VN")]
    [InlineData("PE", "BR")]
    public void East_is_to_the_right(string west, string east) => Assert.True(WorldGrid.Tiles[west].Column < WorldGrid.Tiles[east].Column);

    [Theory]
    [InlineData("CA", "US")]
    [InlineData("NO", "IT")]
    [InlineData("IT", "LY")]
    [InlineData("RU", "IN")]
    [InlineData("IN", "AU")]
    [InlineData("CO", "CL")]
    [InlineData("EG", "ZA")]
    public void North_is_above(string north, string south) => Assert.True(WorldGrid.Tiles[north].Row < WorldGrid.Tiles[south].Row);

    [Fact]
    public void Marks_are_round_few_and_reach_the_largest_number()
    {
        foreach (var most in Enumerable.Range(0, 3_000).Append(99_999).Append(100_001).Append(2_000_000_000))
        {
            var marks = Ticks.UpTo(most);
            var step = marks[1].ToString(CultureInfo.InvariantCulture);
            Assert.True(marks[^1] >= most && marks[^2] < Math.Max(1, most), $"{most}: {string.Join(' ', marks)}");
            Assert.InRange(marks.Count, 2, 6);
            Assert.Matches("^[125]0*$", step);
        }
    }

    [Theory]
    [InlineData(13, "Jan 2020 Apr 2020 Jul 2020 Oct 2020 Jan 2021")]
    [InlineData(121, "2020 2022 2024 2026 2028 2030")]
    [InlineData(4, "Jan 2020 Feb 2020 Mar 2020 Apr 2020")]
    [InlineData(10, "Jan 2020 Mar 2020 May 2020 Jul 2020 Sep 2020")]
    [InlineData(1, "Jan 2020")]
    public void Months_are_marked_evenly_and_years_where_they_suffice(int count, string expected)
    {
        var months = Months.Firsts(new DateOnly(2020, 1, 1), new DateOnly(2020, 1, 1).AddMonths(count - 1));

        Assert.Equal(expected, string.Join(' ', Ticks.Of(months, 6).Select(m => m.Label)));
    }

    [Fact]
    public void Shades_grow_and_end_with_the_largest_number()
    {
        foreach (var most in Enumerable.Range(1, 2_000))
        {
            var bounds = WorldPlot.Bounds(most);
            Assert.Equal(5, bounds.Count);
            Assert.Equal(bounds.Order().Distinct(), bounds);
            Assert.True(bounds[^1] >= most);
            if (most > 5)
                Assert.Equal(most, bounds[^1]);
        }
    }

    [Fact]
    public void Lines_stay_within_their_frame_and_have_a_point_for_each_month()
    {
        var months = Months.Firsts(new DateOnly(2020, 1, 1), new DateOnly(2021, 12, 1));
        var counts = months.Select((_, i) => i * 7).ToList();

        var picture = LinePlot.Draw("p", "<Title>", "a & b", months, [new NumberSeries("People", counts)]);

        var read = XElement.Parse(picture.ToString());
        Assert.Equal("<Title>", read.Elements().First().Value);
        var points = read.Descendants().Single(e => e.Name.LocalName == "polyline").Attribute("points")!.Value.Split(' ');
        Assert.Equal(months.Count, points.Length);
        var places = points.Select(p => p.Split(',').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray()).ToList();
        Assert.Equal((0d, 1_000d), (places[0][0], places[^1][0]));
        Assert.All(places, p => Assert.InRange(p[1], 0, 216));
        Assert.Equal(places.OrderByDescending(p => p[1]), places); // more is higher
        Assert.Contains("1 Dec 2021: People 161", read.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "1 Mar")]
    [InlineData(6, "1 Mar 2 Mar 3 Mar 4 Mar 5 Mar 6 Mar")]
    [InlineData(31, "1 Mar 7 Mar 13 Mar 19 Mar 25 Mar 31 Mar")]
    public void Days_are_marked_evenly(int count, string expected)
    {
        var days = Enumerable.Range(0, count).Select(new DateOnly(2027, 3, 1).AddDays).ToList();

        Assert.Equal(expected, string.Join(' ', Ticks.OfDays(days, 6).Select(m => m.Label)));
    }

    [Fact]
    public void A_line_ends_where_its_numbers_do_and_leaves_the_rest_of_the_time_empty()
    {
        var days = Enumerable.Range(0, 11).Select(new DateOnly(2027, 3, 1).AddDays).ToList();

        var picture = LinePlot.Draw("p", "t", "d", days, [new NumberSeries("So far", [0, 2, 5])], Ticks.OfDays(days, 6));

        var read = XElement.Parse(picture.ToString()).Descendants().ToList();
        Assert.EndsWith("200,0", read.Single(e => e.Name.LocalName == "polyline").Attribute("points")!.Value, StringComparison.Ordinal);
        Assert.Equal("20%", read.Single(e => e.Name.LocalName == "circle").Attribute("cx")!.Value);
    }

    [Fact]
    public void More_lines_than_colours_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            LinePlot.Draw("p", "t", "d", [], [.. Enumerable.Range(0, 9).Select(i => new NumberSeries($"{i}", []))])
        );

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Every_number_on_a_tile_and_every_line_is_seen_against_its_ground(int scheme)
    {
        var sheet = File.ReadAllText(Path.Combine(Sources.Home, "src/Muster.Server/Web/wwwroot/muster.css"));
        string Colour(string name)
        {
            var all = Regex.Matches(sheet, $"--{name}: (#[0-9a-f]{{6}});", RegexOptions.None, TimeSpan.FromSeconds(1));
            Assert.Equal(2, all.Count);
            return all[scheme].Groups[1].Value;
        }

        foreach (
            var (shade, ink) in ((string, string)[])
                [("h1", "h-low"), ("h2", "h-low"), ("h3", "h-middle"), ("h4", "h-high"), ("h5", "h-high")]
        )
            Assert.True(Contrast(Colour(shade), Colour(ink)) >= 4.5, shade);
        foreach (var line in Enumerable.Range(1, LinePlot.MostLines))
            Assert.True(Contrast(Colour($"s{line}"), Colour("card")) >= 3, $"s{line}");
    }

    /// <summary>WCAG 2.2, "contrast ratio".</summary>
    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var parts = Enumerable
            .Range(0, 3)
            .Select(i => Convert.ToInt32(colour.Substring(1 + 2 * i, 2), 16) / 255d)
            .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))
            .ToArray();
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    }
}
