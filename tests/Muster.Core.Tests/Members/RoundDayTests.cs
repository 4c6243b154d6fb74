using CsCheck;
using Muster.Core.Renewals;
using Xunit;

namespace Muster.Core.Tests.Members;

public sealed class RoundDayTests
{
    private static readonly DateOnly first = new(2027, 3, 1);

    [Fact]
    public void Every_day_counts_what_was_said_on_it_and_until_then()
    {
        var days = RoundDay.Of(first, first.AddDays(9), first.AddDays(3), [first.AddDays(1), first.AddDays(3), first.AddDays(1)]);

        Assert.Equal([0, 2, 0, 1], days.Select(d => d.Answered));
        Assert.Equal([0, 2, 2, 3], days.Select(d => d.InAll));
        Assert.Equal(first.AddDays(3), days[^1].Day);
    }

    [Fact]
    public void Nothing_that_was_said_gets_lost_and_no_day_lies_beyond_the_round_or_today() =>
        Gen.Select(Gen.Int[0, 900], Gen.Int[0, 900], Gen.Int[0, 60].Array[0, 30])
            .Sample(
                (length, now, said) =>
                {
                    var (last, today) = (first.AddDays(length), first.AddDays(now));
                    var counted = said.Where(s => s <= now && s <= length).Select(s => first.AddDays(s)).ToList();

                    var days = RoundDay.Of(first, last, today, counted);

                    Assert.Equal(first, days[0].Day);
                    Assert.All(days, d => Assert.True(d.Day <= last && d.Day <= today));
                    Assert.Equal(counted.Count, days[^1].InAll);
                    Assert.Equal(days.Select(d => d.Day), RoundDay.Axis(first, last).Take(days.Count));
                    Assert.InRange(days.Count, 1, RoundDay.MostDays);
                }
            );
}
