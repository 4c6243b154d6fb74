using Muster.Core.Numbers;
using Muster.Server.Web;
using Muster.Server.Web.Plots;

namespace Muster.Server.Register.Numbers;

/// <summary>The facts of the time that was asked for, and what is counted of them: one list of series for page, file and program.</summary>
internal sealed record Counted(
    NumbersAsked Asked,
    IReadOnlyList<MembershipFact> People,
    IReadOnlyList<InstituteFact> Institutes,
    IReadOnlyDictionary<Guid, string> InstituteNames
)
{
    public const string Members = "members";
    public const string OfInstitutes = "institutes";
    public const string Countries = "countries";
    public const string Positions = "positions";
    public const string Categories = "categories";
    public const string ByCountry = "by-country";
    public const string ByPosition = "by-position";
    public const string ByCategory = "by-category";
    public const string ByInstitute = "by-institute";

    /// <summary>Every list of numbers there is, by name.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [Members, OfInstitutes, Countries, Positions, Categories, ByCountry, ByPosition, ByCategory, ByInstitute];

    public IReadOnlyList<DateOnly> Months { get; } = Core.Numbers.Months.Firsts(Asked.From, Asked.To);

    /// <summary>Over time; null for a name of something else.</summary>
    /// <param name="most">Longest answer.</param>
    public IReadOnlyList<NumberSeries>? OverTime(string name, int most = int.MaxValue) =>
        name switch
        {
            Members => [new NumberSeries(name, NumbersOverTime.Members(People, Months))],
            OfInstitutes => [new NumberSeries(name, NumbersOverTime.Institutes(Institutes, Months))],
            Countries => [new NumberSeries(name, NumbersOverTime.Countries(Institutes, Months))],
            Positions => NumbersOverTime.By(People, Months, p => p.Position, most, "other"),
            Categories => NumbersOverTime.By(People, Months, p => p.Category.ToString(), most, "other"),
            _ => null,
        };

    /// <summary>On the one day; null for a name of something else.</summary>
    public IReadOnlyList<Share>? OnDay(string name) =>
        name switch
        {
            ByCountry => NumbersOnDay.By(People, Asked.On, p => p.Country),
            ByPosition => NumbersOnDay.By(People, Asked.On, p => p.Position),
            ByCategory => NumbersOnDay.By(People, Asked.On, p => p.Category.ToString()),
            ByInstitute => NumbersOnDay.By(People, Asked.On, p => InstituteNames[p.Institute]),
            _ => null,
        };

    /// <summary>Columns and rows as they are, for a file; null for a name of nothing.</summary>
    public PlotTable? Table(string name)
    {
        if (OverTime(name) is { } series)
            return new PlotTable(
                ["day", .. series.Select(s => s.Name)],
                [.. Months.Select((month, i) => (IReadOnlyList<string>)[Days.Iso(month), .. series.Select(s => $"{s.Counts[i]}")])]
            );
        if (OnDay(name) is { } shares)
            return new PlotTable([name["by-".Length..], Members], [.. shares.Select(s => (IReadOnlyList<string>)[s.Name, $"{s.People}"])]);
        return null;
    }
}
