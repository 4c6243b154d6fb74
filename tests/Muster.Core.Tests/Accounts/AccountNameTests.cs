using CsCheck;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Xunit;

namespace Muster.Core.Tests.Accounts;

public sealed class AccountNameTests
{
    private static readonly AccountNameRules Rules = new();

    [Theory]
    [InlineData("Ada", "Lovelace", "lovelace")]
    [InlineData("Jürgen", "Müller", "mueller")]
    [InlineData("Søren", "Ørsted", "oersted")]
    [InlineData("Wei", "Li", "liwe")]
    [InlineData("Šárka", "Dvořáková", "dvorakov")]
    [InlineData(null, "Suryani", "suryani")]
    [InlineData("Madonna", null, "madonna")]
    [InlineData("Conan", "O'Brien", "obrien")]
    public void The_first_proposal_is_the_family_name_in_plain_letters(string? given, string? family, string expected) =>
        Assert.Equal(expected, First(given, family));

    [Fact]
    public void Every_proposal_for_every_name_is_valid_distinct_and_never_reserved()
    {
        Gen.Select(Gen.String[Gen.Char['a', 'ž'], 1, 20], Gen.String[Gen.Char['A', 'Ž'], 1, 20])
            .Sample(
                (given, family) =>
                {
                    if (!PersonName.Create(given, family, NameOrder.GivenFirst, null).TryGet(out var name, out _))
                        return;
                    var names = AccountNameProposal.For(name, Rules).Take(1000).Select(n => n.Value).ToList();
                    Assert.Equal(1000, names.Count);
                    Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
                    Assert.All(names, n => Assert.Matches("^[a-z][a-z0-9]{3,7}$", n));
                    Assert.DoesNotContain(names, Rules.Reserved.Contains);
                },
                iter: 200
            );
    }

    [Theory]
    [InlineData("root", "account-name.reserved")]
    [InlineData("abc", "account-name.too-short")]
    [InlineData("abcdefghi", "account-name.too-long")]
    [InlineData("Ada", null)]
    [InlineData("a b c", null)]
    [InlineData("1234", null)]
    [InlineData("", null)]
    [InlineData("ａｂｃｄ", null)]
    public void A_name_that_will_not_do_is_refused_with_its_reason(string text, string? code)
    {
        Assert.False(AccountName.Parse(text, Rules).TryGet(out _, out var why));
        Assert.StartsWith(code ?? "account-name.", why.Code, StringComparison.Ordinal);
    }

    private static string First(string? given, string? family) =>
        AccountNameProposal.For(PersonName.Create(given, family, NameOrder.GivenFirst, null).Value, Rules).First().Value;
}
