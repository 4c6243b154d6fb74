using Muster.Core.Members;
using Muster.Core.Registrations;
using Xunit;

namespace Muster.Core.Tests.Registrations;

public sealed class NameProposalTests
{
    [Theory]
    [InlineData("Ada Lovelace 12345", NameNotes.DigitsRemoved)]
    [InlineData("Ada Lovelace (12345)", NameNotes.DigitsRemoved)]
    [InlineData("Ada Lovelace ada@example.org", NameNotes.EmailRemoved)]
    [InlineData("Robot: Ada Lovelace", NameNotes.RobotPrefixRemoved)]
    [InlineData("robot - Ada Lovelace", NameNotes.RobotPrefixRemoved)]
    [InlineData("alovelace Ada Lovelace", NameNotes.LogInNameRemoved)]
    [InlineData("Ada Lovelace alovelace", NameNotes.LogInNameRemoved)]
    [InlineData("Ada Lovelace al42", NameNotes.LogInNameRemoved)]
    [InlineData("ada.lovelace", NameNotes.CapitalsMended)]
    [InlineData("ADA LOVELACE", NameNotes.CapitalsMended)]
    [InlineData(
        "Robot: alo1 ADA LOVELACE 7 a@example.org",
        NameNotes.RobotPrefixRemoved
            | NameNotes.LogInNameRemoved
            | NameNotes.CapitalsMended
            | NameNotes.DigitsRemoved
            | NameNotes.EmailRemoved
    )]
    public void What_is_no_part_of_a_name_is_taken_away_and_said(string commonName, NameNotes notes) =>
        Assert.Equal(
            new NameProposal("Ada", "Lovelace", NameOrder.GivenFirst, notes | NameNotes.OrderAssumed),
            NameProposal.From([commonName], null, "CH")
        );

    [Theory]
    [InlineData("Ada", "Lovelace", "alovelace", "712345", "Ada Lovelace")]
    [InlineData("Ada", "Lovelace", "Ada Lovelace", "alovelace", "712345")]
    [InlineData("Ada", "Lovelace", "Ada Lovelace", "Ada Lovelace")]
    [InlineData("Ada", "Lovelace", "Ada Lovelace", "Ada Lovelace 712345")]
    [InlineData("Ada", "Lovelace", "Ada", "Ada Lovelace")]
    public void Of_several_common_names_the_first_that_holds_most_of_a_name_is_taken(string given, string family, params string[] names) =>
        Assert.Equal(new NameProposal(given, family, NameOrder.GivenFirst, NameNotes.OrderAssumed), NameProposal.From(names, null, "CH"));

    [Theory]
    [InlineData("LOVELACE Ada", "CH", "Ada", "Lovelace", NameOrder.GivenFirst)]
    [InlineData("Ada LOVELACE", "CH", "Ada", "Lovelace", NameOrder.GivenFirst)]
    [InlineData("Ada LOVELACE", "HU", "Ada", "Lovelace", NameOrder.GivenFirst)]
    [InlineData("NAGY Anna", "HU", "Anna", "Nagy", NameOrder.FamilyFirst)]
    [InlineData("Jean-Luc O'NEILL", "FR", "Jean-Luc", "O'Neill", NameOrder.GivenFirst)]
    [InlineData("Anna VAN DER BERG", "NL", "Anna", "van der Berg", NameOrder.GivenFirst)]
    public void Capitals_tell_the_family_name(string commonName, string country, string given, string family, NameOrder order) =>
        Assert.Equal(
            new NameProposal(given, family, order, NameNotes.CapitalsMended | NameNotes.OrderFromCapitals),
            NameProposal.From([commonName], null, country)
        );

    [Theory]
    [InlineData("Lovelace, Ada", "Ada", "Lovelace")]
    [InlineData("van der Berg, Anna Maria", "Anna Maria", "van der Berg")]
    public void A_comma_tells_the_family_name(string commonName, string given, string family) =>
        Assert.Equal(
            new NameProposal(given, family, NameOrder.GivenFirst, NameNotes.OrderFromCapitals),
            NameProposal.From([commonName], null, "CH")
        );

    [Theory]
    [InlineData("JP", "Yamada Taro", "Taro", "Yamada")]
    [InlineData("hu", "Nagy Anna Maria", "Anna Maria", "Nagy")]
    [InlineData("VN", "Nguyen Van An", "Van An", "Nguyen")]
    public void Where_the_family_name_is_written_first_by_habit_it_is_read_first(
        string country,
        string commonName,
        string given,
        string family
    )
    {
        Assert.Equal(
            new NameProposal(given, family, NameOrder.FamilyFirst, NameNotes.OrderFromCountryHabit),
            NameProposal.From([commonName], null, country)
        );
        Assert.Equal(NameOrder.GivenFirst, NameProposal.From([commonName], null, null).Order);
    }

    [Theory]
    [InlineData("Anna van der Berg", "Anna", "van der Berg")]
    [InlineData("ANNA VAN DER BERG", "Anna", "van der Berg")]
    [InlineData("Anna Maria Berg", "Anna Maria", "Berg")]
    [InlineData("Suryani", "Suryani", null)]
    public void Elsewhere_the_last_word_is_the_family_name_with_the_particles_before_it(string commonName, string given, string? family)
    {
        var proposal = NameProposal.From([commonName], null, "NL");

        Assert.Equal((given, family, NameOrder.GivenFirst), (proposal.Given, proposal.Family, proposal.Order));
        Assert.True(proposal.Notes.HasFlag(NameNotes.OrderAssumed));
    }

    [Fact]
    public void The_list_decides_which_half_is_which()
    {
        var onList = PersonName.Create("Taro", "Yamada", NameOrder.FamilyFirst, null).Value;

        Assert.Equal(
            new NameProposal("Taro", "Yamada", NameOrder.FamilyFirst, NameNotes.CapitalsMended | NameNotes.OrderFromMembersList),
            NameProposal.From(["YAMADA Taro"], onList, "CH")
        );
        Assert.Equal(
            new NameProposal("Taro", "Yamada", NameOrder.FamilyFirst, NameNotes.OrderFromMembersList),
            NameProposal.From(["Taro Yamada"], onList, "CH")
        );
    }

    [Theory]
    [InlineData(NameNotes.NothingUsable)]
    [InlineData(NameNotes.NothingUsable, "")]
    [InlineData(NameNotes.NothingUsable | NameNotes.DigitsRemoved, "712345")]
    [InlineData(NameNotes.NothingUsable | NameNotes.LogInNameRemoved, "alovelace")]
    [InlineData(NameNotes.NothingUsable | NameNotes.EmailRemoved, "ada@example.org")]
    public void Where_there_is_no_name_none_is_proposed(NameNotes notes, params string[] names) =>
        Assert.Equal(new NameProposal(null, null, NameOrder.GivenFirst, notes), NameProposal.From(names, null, "JP"));
}
