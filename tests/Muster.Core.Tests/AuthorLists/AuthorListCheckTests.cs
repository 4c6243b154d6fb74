using CsCheck;
using Muster.Core.AuthorLists;
using Xunit;

namespace Muster.Core.Tests.AuthorLists;

public sealed class AuthorListCheckTests
{
    [Fact]
    public void A_list_without_a_fault_has_no_problems() => Assert.Empty(AuthorListCheck.Problems(Lists.One()));

    [Fact]
    public void Any_list_of_nasty_but_right_names_has_no_problems() =>
        Lists.Any(60).Sample(list => Assert.Empty(AuthorListCheck.Problems(list)), iter: 200);

    public static TheoryData<string, string, Func<AuthorList>> Faults() =>
        new()
        {
            { "author-list.no-reference", "reference", () => Lists.One() with { Reference = " " } },
            { "author-list.no-collaboration", "collaboration", () => Lists.One() with { Collaboration = new AuthorCollaboration("") } },
            { "author-list.no-authors", "authors", () => Lists.One() with { Authors = [], Organisations = [] } },
            { "author-list.bad-text", "reference", () => Lists.One() with { Reference = "arXiv\u0000" } },
            {
                "author-list.author-without-affiliation",
                "authors/1",
                () => Lists.One(a => a with { Affiliations = [] }) with { Organisations = [] }
            },
            { "author-list.author-without-name", "authors/1", () => Lists.One(a => a with { Family = "  " }) },
            { "author-list.author-without-name", "authors/1", () => Lists.One(a => a with { PaperName = "-" }) },
            { "author-list.name-not-latin", "authors/1/family", () => Lists.One(a => a with { Family = "山田" }) },
            { "author-list.name-not-latin", "authors/1/paper-name", () => Lists.One(a => a with { PaperName = "A. Lovelace*" }) },
            { "author-list.bad-text", "authors/1/given", () => Lists.One(a => a with { Given = "Ada\n" }) },
            { "author-list.bad-text", "authors/1/native", () => Lists.One(a => a with { Native = "\ud842" }) },
            { "author-list.bad-text", "authors/1/funding", () => Lists.One(a => a with { Funding = "F\u202Eellow" }) },
            { "orcid.malformed", "authors/1/orcid", () => Lists.One(a => a with { Orcid = "0000" }) },
            { "orcid.wrong-check-digit", "authors/1/orcid", () => Lists.One(a => a with { Orcid = "0000-0002-1825-0098" }) },
            { "author-list.author-twice", "authors/1", () => Lists.One().With(Lists.One().Authors[0] with { Orcid = null }) },
            { "author-list.orcid-twice", "authors/2/orcid", () => Lists.One().With(Lists.One().Authors[0] with { Id = "2" }) },
            {
                "author-list.unknown-organisation",
                "authors/1/affiliations",
                () => Lists.One(a => a with { Affiliations = [new("kek"), new("desy")] })
            },
            {
                "author-list.affiliation-twice",
                "authors/1/affiliations",
                () => Lists.One(a => a with { Affiliations = [new("kek"), new("kek", Connection.AlsoAt)] })
            },
            { "author-list.organisation-without-name", "organisations/kek", () => Lists.One(organisation: o => o with { Name = "" }) },
            {
                "author-list.bad-text",
                "organisations/kek/address",
                () => Lists.One(organisation: o => o with { Address = "Tsukuba\r\nJapan" })
            },
            { "author-list.unknown-country", "organisations/kek/country", () => Lists.One(organisation: o => o with { Country = "XX" }) },
            { "author-list.unknown-country", "organisations/kek/country", () => Lists.One(organisation: o => o with { Country = "jp" }) },
            { "ror.malformed", "organisations/kek/ror", () => Lists.One(organisation: o => o with { Ror = "grid.410794.f" }) },
            { "ror.wrong-checksum", "organisations/kek/ror", () => Lists.One(organisation: o => o with { Ror = "01g5y5k25" }) },
            {
                "author-list.organisation-without-authors",
                "organisations/desy",
                () => WithPlace(o => o with { Id = "desy", Name = "DESY" })
            },
        };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void Each_fault_is_named_with_its_place_and_keeps_the_list_from_being_written(string code, string place, Func<AuthorList> make)
    {
        var list = make(); // made here: some of its texts could not stand in the test's name
        var problem = Assert.Single(AuthorListCheck.Problems(list));

        Assert.Equal((code, place), (problem.Code, problem.Field));
        Assert.Equal(code, CheckedAuthorList.Create(list, AuthorOrder.For("en").Value).Refusal.Code);
    }

    [Theory]
    [InlineData("kek", "Another name")]
    [InlineData("kek-again", "kek")]
    public void An_organisation_that_is_there_twice_is_found_by_its_id_and_by_its_name(string id, string name)
    {
        var list = WithPlace(o => o with { Id = id, Name = name });
        list = list.With(list.Authors[0] with { Id = "2", Orcid = null, Affiliations = [new Affiliation(id)] });

        Assert.Equal("author-list.organisation-twice", Assert.Single(AuthorListCheck.Problems(list)).Code);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var list = Lists.One(a => a with { Orcid = "x", Family = "山田" }, o => o with { Ror = "x" }) with { Reference = "" };

        Assert.Equal(
            ["author-list.no-reference", "author-list.name-not-latin", "orcid.malformed", "ror.malformed"],
            AuthorListCheck.Problems(list).Select(p => p.Code)
        );
    }

    [Fact]
    public void Any_text_at_all_is_either_printed_or_refused_and_never_an_exception()
    {
        Gen.Select(Gen.String, Gen.String, Gen.String, Gen.String)
            .Sample(
                (a, b, c, d) =>
                {
                    var list = Lists.One(
                        author => author with { Given = a, Family = b, PaperName = b, Native = c, Orcid = d, Funding = a },
                        place => place with { Name = c, Address = d, Country = a, Ror = b }
                    );
                    var made = CheckedAuthorList.Create(list, AuthorOrder.For("en").Value);
                    Assert.Equal(AuthorListCheck.Problems(list).Count == 0, made.IsSuccess);
                }
            );
    }

    [Fact]
    public void Organisations_are_numbered_as_the_sorted_authors_come_to_them()
    {
        var list = new AuthorList(
            "x",
            Lists.Day,
            new AuthorCollaboration("Test"),
            [new("b", "B", null, "DE", null, true), new("c", "C", null, "JP", null, false), new("a", "A", "Somewhere", "US", null, true)],
            [new("1", "Z", "Zebra", "Z. Zebra", [new("b"), new("c")]), new("2", "A", "Ape", "A. Ape", [new("c"), new("a")])]
        );

        var made = Lists.Checked(list);

        Assert.Equal(["Ape", "Zebra"], made.Authors.Select(a => a.Family));
        Assert.Equal(
            [(1, "C", "Japan"), (2, "A", "Somewhere"), (3, "B", "Germany")],
            made.Organisations.Select(o => (o.Number, o.Name, o.Address))
        );
    }

    private static AuthorList WithPlace(Func<Organisation, Organisation> place)
    {
        var list = Lists.One();
        return list with { Organisations = [.. list.Organisations, place(list.Organisations[0] with { Ror = null })] };
    }
}
