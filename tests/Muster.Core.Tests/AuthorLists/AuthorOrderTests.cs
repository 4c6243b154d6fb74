using CsCheck;
using Muster.Core.AuthorLists;
using Muster.Core.Members;
using Xunit;

namespace Muster.Core.Tests.AuthorLists;

public sealed class AuthorOrderTests
{
    /// <summary>Each row is in the order of its language; most would be wrong in the next one's.</summary>
    [Theory]
    [InlineData("en", "Adams Ångström Müller Mulligan O'Neil Ødegård Østby Oz Zorn")]
    [InlineData("sv", "Adams Oz Zorn Ådahl Ängel Ödman")]
    [InlineData("da", "Adams Oz Zorn Ægir Ødegård Aagaard Åkesen")]
    [InlineData("nb", "Adams Zorn Æsop Øster Ås")]
    [InlineData("de", "Mueller Mufasa Müller Mutter")]
    [InlineData("de-u-co-phonebk", "Mueller Müller Mufasa Mutter")]
    [InlineData("cs", "Capek Cz Čapek Dvořák Hz Chadim Iva Rybář Řehoř Szabo Šimek Zeman Žák")]
    [InlineData("es", "Chacón Cz Llorente Luz Na Nz Ñu Oa")]
    [InlineData("es-u-co-trad", "Cz Chacón Luz Llorente Na Nz Ñu Oa")]
    [InlineData("et", "Saar Šmidt Zorn Žukov Tamm Õun Ääre Öpik Ülle")]
    [InlineData("pl", "Lz Łuczak Mazur Zając Zych Żak")]
    [InlineData("tr", "Cz Çelik Oz Öz Sz Şahin Uz Ünal")]
    public void Families_stand_as_the_language_has_them(string language, string families)
    {
        var sorted = families.Split(' ');

        Assert.Equal(sorted, Sorted(language, sorted.Reverse().Select(f => (f, (string?)"A"))).Select(a => a.Family));
    }

    [Fact]
    public void Given_names_decide_between_families_that_differ_only_in_accents_or_case()
    {
        var sorted = Sorted("de", [("Muller", "C"), ("Müller", "A"), ("de Boer", "Z"), ("De Boer", "A"), ("Muller", "B")]);

        Assert.Equal(["A De Boer", "Z de Boer", "A Müller", "B Muller", "C Muller"], sorted.Select(a => $"{a.Given} {a.Family}"));
    }

    [Fact]
    public void A_single_name_stands_before_the_same_name_with_a_given_one() =>
        Assert.Equal([null, "A", "B"], Sorted("en", [("Suryani", "B"), ("Suryani", null), ("Suryani", "A")]).Select(a => a.Given));

    [Fact]
    public void The_order_does_not_depend_on_how_the_list_came()
    {
        Lists
            .Any(60)
            .Sample(
                list =>
                    Assert.Equal(
                        Lists.Checked(list, "cs").Authors.Select(a => a.Orcid?.Value),
                        Lists.Checked(list with { Authors = [.. list.Authors.Reverse()] }, "cs").Authors.Select(a => a.Orcid?.Value)
                    ),
                iter: 100
            );
    }

    [Theory]
    [InlineData("")]
    [InlineData("xx")]
    [InlineData("EN")]
    [InlineData("de_DE")]
    [InlineData("de-DE_phoneb")]
    [InlineData("de@collation=phonebook")]
    [InlineData("de-u-co-nonsense")]
    [InlineData("sv-u-co-phonebk")]
    public void A_language_whose_order_is_not_known_is_refused_and_not_replaced(string language) =>
        Assert.Equal("author-list.unknown-language", AuthorOrder.For(language).Refusal.Code);

    [Theory]
    [InlineData("Jean-Pierre Marie", "Müller", NameOrder.GivenFirst, "J.-P. M. Müller")]
    [InlineData("Taro", "Yamada", NameOrder.FamilyFirst, "Yamada T.")]
    [InlineData(null, "Suryani", NameOrder.GivenFirst, "Suryani")]
    [InlineData("J. D.", "van der Waals", NameOrder.GivenFirst, "J. D. van der Waals")]
    [InlineData("E\u0301tienne", "Roy", NameOrder.GivenFirst, "E\u0301. Roy")]
    [InlineData("'t", "Hooft", NameOrder.GivenFirst, "t. Hooft")]
    public void The_printed_name_has_the_initials(string? given, string family, NameOrder order, string printed) =>
        Assert.Equal(printed, PaperName.Of(given, family, order));

    private static IEnumerable<ListedAuthor> Sorted(string language, IEnumerable<(string Family, string? Given)> names)
    {
        var authors = names.Select((n, i) => new Author($"{i}", n.Given, n.Family, n.Family, [new Affiliation("kek")]));
        return Lists.Checked(Lists.One() with { Authors = [.. authors] }, language).Authors;
    }
}
