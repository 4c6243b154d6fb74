using System.Diagnostics;
using Muster.Core.Members;
using Muster.Core.Numbers;
using Xunit;

namespace Muster.Core.Tests.Numbers;

public sealed class NumbersTests
{
    private static readonly string[] positions = ["student", "postdoc", "staff", "professor", "engineer", "guest"];
    private static readonly string[] countries = ["DE", "JP", "US", "IT", "CN"];
    private static readonly DateOnly start = new(2006, 3, 17);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_sweep_agrees_with_counting_day_by_day(int seed)
    {
        var facts = Draw(new Random(seed), people: 60, memberships: 300, years: 4);
        IReadOnlyList<DateOnly> days = [.. Enumerable.Range(-40, 1_600).Where(d => d % (seed * 3) == 0).Select(start.AddDays)];

        Assert.Equal(days.Select(d => People(facts, d)), NumbersOverTime.Members(facts, days));
        var byPosition = NumbersOverTime.By(facts, days, f => f.Position, most: 8, rest: "other");
        Assert.Equal(positions.Order(StringComparer.Ordinal), byPosition.Select(s => s.Name).Order(StringComparer.Ordinal));
        foreach (var series in byPosition)
            Assert.Equal(days.Select(d => People(facts.Where(f => f.Position == series.Name), d)), series.Counts);
        foreach (var day in days.Where((_, i) => i % 50 == 0))
            Assert.Equal(
                countries
                    .Select(c => new Share(c, People(facts.Where(f => f.Country == c), day)))
                    .Where(s => s.People > 0)
                    .OrderByDescending(s => s.People)
                    .ThenBy(s => s.Name, StringComparer.Ordinal),
                NumbersOnDay.By(facts, day, f => f.Country)
            );
    }

    [Fact]
    public void The_smallest_kinds_are_counted_together_and_nobody_among_them_twice()
    {
        var facts = Draw(new Random(7), people: 40, memberships: 200, years: 3);
        var days = Months.Firsts(start, start.AddYears(3));

        var series = NumbersOverTime.By(facts, days, f => f.Position, most: 3, rest: "other");

        Assert.Equal(3, series.Count);
        Assert.Equal("other", series[2].Name);
        var named = series.Take(2).Select(s => s.Name).ToList();
        Assert.Equal(days.Select(d => People(facts.Where(f => !named.Contains(f.Position)), d)), series[2].Counts);
    }

    [Fact]
    public void The_last_day_counts_and_the_first_day_after_the_end_does_not()
    {
        var member = Guid.CreateVersion7();
        var (from, until) = (new DateOnly(2020, 2, 1), new DateOnly(2020, 4, 1));
        var fact = new MembershipFact(member, Guid.CreateVersion7(), "DE", "staff", MembershipCategory.Full, from, until);
        // Goes on elsewhere the day it ends: no gap, and never two.
        var next = fact with
        {
            Institute = Guid.CreateVersion7(),
            From = until,
            Until = null,
        };

        IReadOnlyList<DateOnly> days = [from.AddDays(-1), from, until.AddDays(-1), until];
        Assert.Equal([0, 1, 1, 0], NumbersOverTime.Members([fact], days));
        Assert.Equal([0, 1, 1, 1], NumbersOverTime.Members([fact, next], days));
        Assert.Equal([0, 1, 1, 1], NumbersOverTime.Members([next, fact, fact], days));
    }

    [Fact]
    public void Institutes_and_their_countries_are_counted_by_their_own_days()
    {
        var (a, b, c) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        InstituteFact[] facts =
        [
            new(a, "DE", new DateOnly(2010, 1, 1), null),
            new(b, "DE", new DateOnly(2012, 1, 1), new DateOnly(2014, 1, 1)),
            new(c, "JP", new DateOnly(2013, 6, 2), null),
        ];
        IReadOnlyList<DateOnly> days = [new(2009, 1, 1), new(2010, 1, 1), new(2013, 1, 1), new(2013, 7, 1), new(2014, 1, 1)];

        Assert.Equal([0, 1, 2, 3, 2], NumbersOverTime.Institutes(facts, days));
        Assert.Equal([0, 1, 1, 2, 2], NumbersOverTime.Countries(facts, days));
    }

    [Theory]
    [InlineData("2020-01-01", "2020-03-01", "2020-01-01 2020-02-01 2020-03-01")]
    [InlineData("2020-01-02", "2020-02-29", "2020-02-01")]
    [InlineData("2020-01-02", "2020-01-31", "")]
    [InlineData("2020-12-31", "2021-01-01", "2021-01-01")]
    [InlineData("2021-01-01", "2020-01-01", "")]
    [InlineData("9999-11-15", "9999-12-31", "9999-12-01")]
    public void Months_are_counted_on_their_first_day(string from, string to, string expected) =>
        Assert.Equal(expected, string.Join(' ', Months.Firsts(Day(from), Day(to)).Select(d => $"{d:yyyy-MM-dd}")));

    [Fact]
    public void Days_that_do_not_ascend_are_refused() =>
        Assert.Throws<ArgumentException>(() => NumbersOverTime.Members([], [start, start]));

    [Fact]
    public void Two_hundred_and_forty_months_of_a_hundred_thousand_people_cost_less_than_twenty_days_counted_one_by_one()
    {
        var facts = Draw(new Random(5), people: 100_000, memberships: 150_000, years: 20);
        var days = Months.Firsts(start, start.AddYears(20));
        Assert.Equal(240, days.Count);
        Assert.Equal(People(facts, days[120]), NumbersOverTime.Members(facts, days)[120]);

        // The best of several: on a busy machine single turns are slow.
        var sweep = Enumerable.Range(0, 5).Min(_ => Time(() => NumbersOverTime.Members(facts, days)[^1]));
        var oneByOne = Enumerable.Range(0, 3).Min(_ => Time(() => days.Where((_, i) => i % 12 == 0).Sum(d => People(facts, d))));

        Assert.True(sweep < oneByOne, $"{sweep.TotalMilliseconds} ms, {oneByOne.TotalMilliseconds} ms");
    }

    private static TimeSpan Time(Func<int> count)
    {
        var begin = Stopwatch.GetTimestamp();
        Assert.True(count() >= 0);
        return Stopwatch.GetElapsedTime(begin);
    }

    /// <summary>As anybody would count: one look at everything for one day.</summary>
    private static int People(IEnumerable<MembershipFact> facts, DateOnly day) =>
        facts.Where(f => f.From <= day && (f.Until is null || day < f.Until)).Select(f => f.Member).Distinct().Count();

    private static List<MembershipFact> Draw(Random random, int people, int memberships, int years)
    {
        var ids = Enumerable.Range(0, people).Select(_ => Guid.CreateVersion7()).ToArray();
        return
        [
            .. Enumerable
                .Range(0, memberships)
                .Select(_ =>
                {
                    var from = start.AddDays(random.Next(years * 365));
                    return new MembershipFact(
                        ids[random.Next(people)],
                        Guid.CreateVersion7(),
                        countries[random.Next(countries.Length)],
                        positions[random.Next(positions.Length)],
                        MembershipCategory.Full,
                        from,
                        random.Next(3) == 0 ? null : from.AddDays(1 + random.Next(900))
                    );
                }),
        ];
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
