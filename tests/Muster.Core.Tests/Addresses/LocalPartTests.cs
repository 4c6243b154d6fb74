using CsCheck;
using Muster.Core.Addresses;
using Muster.Core.Members;
using Xunit;

namespace Muster.Core.Tests.Addresses;

/// <summary>Addresses made of names: always well-formed, always the same, and never two people's.</summary>
public sealed class LocalPartTests
{
    [Theory]
    [InlineData("Jane", "Doe", "jane.doe", "jane.doe2")]
    [InlineData("John Michael", "Smith", "john.smith", "john.m.smith")]
    [InlineData("Jürgen", "Großmüller", "juergen.grossmueller", "juergen.grossmueller2")]
    [InlineData("Søren", "Ågård", "soeren.aagaard", "soeren.aagaard2")]
    [InlineData("Jean-Pierre", "D’Angelo", "jean-pierre.dangelo", "jean-pierre.dangelo2")]
    [InlineData("Jan", "van der Berg", "jan.van-der-berg", "jan.van-der-berg2")]
    [InlineData("María José", "García Márquez", "maria.garcia-marquez", "maria.j.garcia-marquez")]
    [InlineData("J. Robert", "Oppenheimer", "j-robert.oppenheimer", "j-robert.oppenheimer2")]
    [InlineData("J. R. R.", "Tolkien", "j.tolkien", "j.r.tolkien")]
    [InlineData(null, "Suryani", "suryani", "suryani2")]
    [InlineData("Suryani", null, "suryani", "suryani2")]
    [InlineData("Nguyễn Văn", "Đỗ", "nguyen.do", "nguyen.v.do")]
    [InlineData("Łukasz", "Żółć", "lukasz.zolc", "lukasz.zolc2")]
    [InlineData("Sir Winston", "Churchill-Smythe Jr.", "sir.churchill-smythe-jr", "sir.w.churchill-smythe-jr")]
    public void A_name_makes_the_address_that_people_would_guess(string? given, string? family, string first, string second) =>
        Assert.Equal([first, second], Proposed(Name(given, family)).Take(2));

    [Fact]
    public void A_single_name_that_is_an_office_is_numbered() => Assert.Equal("root2", Proposed(Name(null, "Root")).First());

    [Fact]
    public void A_name_without_a_letter_that_ASCII_knows_has_an_address_too() =>
        Assert.Equal("colleague", Proposed(Name(null, "ʻ")).First());

    [Fact]
    public void The_longest_names_fit_and_both_parts_are_there()
    {
        var name = Name(new string('g', 80), new string('f', 80));

        Assert.All(
            Proposed(name).Take(2_000),
            l =>
            {
                Assert.True(l.Length <= 64, l);
                Assert.Matches("^g{20,}[.]f{20,}[0-9]*$", l);
            }
        );
    }

    [Fact]
    public void Any_name_makes_a_thousand_addresses_all_distinct_and_well_formed_and_the_same_every_time()
    {
        Gen.Select(Gen.String[Gen.Char["abzéüøßŁđʻ.-' ’ǅⱥﬁ"], 0, 90], Gen.String[Gen.Char["xyáñœþʼ.-' żǆ"], 0, 90])
            .Sample(
                (given, family) =>
                {
                    if (!PersonName.Create(given, family, NameOrder.GivenFirst, null).TryGet(out var name, out _))
                        return;
                    var locals = Proposed(name).Take(1_000).ToList();
                    Assert.Equal(1_000, locals.Distinct(StringComparer.OrdinalIgnoreCase).Count());
                    Assert.All(
                        locals,
                        l =>
                        {
                            Assert.Matches("^(?=.{1,64}$)[a-z][a-z0-9]*([.-][a-z0-9]+)*$", l);
                            Assert.Equal(l, LocalPart.Parse(l.ToUpperInvariant(), LocalPartRules.Shipped).Value.Value);
                            Assert.True(EmailAddress.Parse($"{l}@collab.example").IsSuccess);
                        }
                    );
                    Assert.Equal(locals, Proposed(name).Take(1_000));
                },
                iter: 150
            );
    }

    [Fact]
    public void However_many_share_few_names_everybody_gets_one_and_nobody_gets_what_was_given()
    {
        var names = (PersonName[])
            [Name("Wei", "Wang"), Name("Wei Min", "Wang"), Name(null, "Wang"), Name("Wéi", "Wáng"), Name(null, "Root")];
        Gen.Int[0, names.Length - 1]
            .Array[1, 60]
            .Sample(
                picks =>
                {
                    var taken = new[] { "wei.wang", "wang2" };
                    var people = picks.Select((p, i) => (Member(i + 1), names[p])).ToList();

                    var plan = AddressPlan.For(people, taken, LocalPartRules.Shipped);

                    Assert.Equal(people.Select(p => p.Item1), plan.Select(p => p.Member));
                    Assert.Equal(plan.Count, plan.Select(p => p.Local.Value).Except(taken, StringComparer.Ordinal).Count());
                    Assert.All(plan, p => Assert.False(LocalPartRules.Shipped.IsReserved(p.Local.Value)));
                    // Given in two halves, it comes out the same.
                    var half = people.Count / 2;
                    var before = AddressPlan.For(people.Take(half), taken, LocalPartRules.Shipped);
                    var after = AddressPlan.For(
                        people.Skip(half),
                        [.. taken, .. before.Select(p => p.Local.Value)],
                        LocalPartRules.Shipped
                    );
                    Assert.Equal(plan, [.. before, .. after]);
                },
                iter: 200
            );
    }

    [Theory]
    [InlineData("", "alias.missing")]
    [InlineData("   ", "alias.missing")]
    [InlineData(".jane", "alias.malformed")]
    [InlineData("jane.", "alias.malformed")]
    [InlineData("jane..doe", "alias.malformed")]
    [InlineData("jane.-doe", "alias.malformed")]
    [InlineData("-jane", "alias.malformed")]
    [InlineData("2jane", "alias.malformed")]
    [InlineData("jane+doe", "alias.malformed")]
    [InlineData("jane_doe", "alias.malformed")]
    [InlineData("jané", "alias.malformed")]
    [InlineData("jane@doe", "alias.malformed")]
    [InlineData("jane doe", "alias.malformed")]
    [InlineData("jane\ndoe x", "alias.malformed")]
    [InlineData("Postmaster", "alias.reserved")]
    [InlineData("abuse", "alias.reserved")]
    [InlineData("no-reply", "alias.reserved")]
    [InlineData("hostmaster", "alias.reserved")]
    [InlineData("owner-tracking", "alias.reserved")]
    [InlineData("tracking-request", "alias.reserved")]
    [InlineData("Dean", "alias.reserved")]
    public void What_is_no_address_or_an_office_is_refused(string text, string code) =>
        Assert.Equal(code, LocalPart.Parse(text, LocalPartRules.With([" DEAN "])).Refusal.Code);

    [Fact]
    public void Sixty_four_octets_are_allowed_and_not_one_more()
    {
        Assert.True(LocalPart.Parse(new string('a', 64), LocalPartRules.Shipped).IsSuccess);
        Assert.Equal("alias.too-long", LocalPart.Parse(new string('a', 65), LocalPartRules.Shipped).Refusal.Code);
    }

    private static IEnumerable<string> Proposed(PersonName name) =>
        LocalPartProposal.For(name, LocalPartRules.Shipped).Select(l => l.Value);

    private static PersonName Name(string? given, string? family) => PersonName.Create(given, family, NameOrder.GivenFirst, null).Value;

    private static MemberId Member(int number) => new(new Guid($"018f0000-0000-7000-8000-{number:D12}"));
}
