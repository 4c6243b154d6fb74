using Microsoft.AspNetCore.WebUtilities;
using Muster.Core.Institutes;
using Muster.Core.Numbers;
using Muster.Server.Web;
using Muster.Server.Web.Plots;

namespace Muster.Server.Register.Numbers;

/// <summary>What the page of numbers shows.</summary>
public sealed class NumbersModel
{
    /// <summary>So many bars of a plot are read; the table has them all.</summary>
    public const int MostBars = 15;

    private readonly Counted counted;
    private readonly Dictionary<string, IReadOnlyList<NumberSeries>> overTime = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<Share>> onDay = new(StringComparer.Ordinal);

    internal NumbersModel(Counted counted)
    {
        this.counted = counted;
        People = NumbersOnDay.People(counted.People, counted.Asked.On);
    }

    public NumbersAsked Asked => counted.Asked;

    public IReadOnlyList<DateOnly> Months => counted.Months;

    /// <summary>On the day.</summary>
    public int People { get; }

    /// <summary>Counted once; the plot and its table both ask.</summary>
    public IReadOnlyList<NumberSeries> OverTime(string name) =>
        overTime.TryGetValue(name, out var known) ? known : overTime[name] = counted.OverTime(name, LinePlot.MostLines) ?? [];

    public IReadOnlyList<Share> OnDay(string name) =>
        onDay.TryGetValue(name, out var known) ? known : onDay[name] = counted.OnDay(name) ?? [];

    public string Csv(string name) =>
        QueryHelpers.AddQueryString(
            ShowNumbers.Api + ".csv",
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["series"] = name,
                ["from"] = Days.Iso(Asked.From),
                ["to"] = Days.Iso(Asked.To),
                ["on"] = Days.Iso(Asked.On),
            }
        );

    /// <summary>In English, as on author lists.</summary>
    public static string Country(string code) => Countries.NameOf(code);
}
