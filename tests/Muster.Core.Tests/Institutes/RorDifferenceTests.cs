using Muster.Core.Institutes;
using Xunit;

namespace Muster.Core.Tests.Institutes;

public sealed class RorDifferenceTests
{
    private static readonly DateOnly today = new(2027, 3, 1);

    [Theory]
    [InlineData("European Organization for Nuclear Research", "CH", "")]
    [InlineData("Conseil européen pour la recherche nucléaire", "CH", "")] // one of its names, in another case
    [InlineData("CERN Laboratory", "CH", "Name")]
    [InlineData("CERN", "FR", "Country")]
    [InlineData("Laboratory", "FR", "Name Country")]
    public void Name_and_country_differ_where_none_of_the_organisation_s_is_ours(string name, string country, string facts)
    {
        var found = RorDifference.Between(Ours(name, country), Theirs(), [], today);

        Assert.Equal(facts, string.Join(' ', found.Select(f => f.Fact)));
    }

    [Fact]
    public void What_is_no_more_and_what_it_became_are_told_until_they_are_on_record()
    {
        var gone = Theirs() with { IsActive = false, Successors = ["01js2sh04"] };
        var ours = Ours("CERN", "CH");

        Assert.Equal([RorFact.Inactive, RorFact.Successor], RorDifference.Between(ours, gone, [], today).Select(f => f.Fact));
        Assert.Equal([RorFact.Inactive], RorDifference.Between(ours, gone, ["01js2sh04"], today).Select(f => f.Fact));
        ours.Change(ours.Facts with { Until = today.AddDays(30) });
        Assert.Equal([RorFact.Successor], RorDifference.Between(ours, gone, [], today).Select(f => f.Fact));
        ours.Change(ours.Facts with { Until = today });
        Assert.Empty(RorDifference.Between(ours, gone, [], today));
    }

    [Fact]
    public void What_is_taken_over_differs_no_longer()
    {
        var ours = Ours("Laboratory", "FR");
        var theirs = Theirs() with { IsActive = false };

        foreach (var difference in RorDifference.Between(ours, theirs, [], today))
            ours.Change(difference.TakenOver(ours.Facts, today).Value);

        Assert.Equal(("European Organization for Nuclear Research", "CH", today.AddDays(1)), (ours.Name, ours.Country, ours.Until));
        Assert.Empty(RorDifference.Between(ours, theirs, [], today));
    }

    [Fact]
    public void What_does_not_hold_as_a_fact_of_ours_is_not_taken_over()
    {
        var ours = Ours("Laboratory", "CH");
        var taken = new RorDifference(RorFact.Name, ours.Name, new string('x', 201)).TakenOver(ours.Facts, today);

        Assert.Equal("institute.too-long", taken.Refusal.Code);
    }

    private static Institute Ours(string name, string country) =>
        new(
            new InstituteId(new Guid(5, 0, 0, new byte[8])),
            new InstituteFacts(name, "CERN", country, null, "01ggx4157", new DateOnly(2020, 1, 1), null)
        );

    private static RorRecord Theirs() =>
        new(
            "01ggx4157",
            "European Organization for Nuclear Research",
            "CERN",
            ["European Organization for Nuclear Research", "CERN", "Conseil Européen pour la Recherche Nucléaire"],
            "CH",
            "Genève",
            true,
            []
        );
}
