using CsCheck;
using Muster.Core.Members;
using Xunit;

namespace Muster.Core.Tests.Members;

public sealed class NameTests
{
    [Theory]
    [InlineData("Ada", "Lovelace", NameOrder.GivenFirst, "Ada Lovelace", "Lovelace, Ada")]
    [InlineData("Taro", "Yamada", NameOrder.FamilyFirst, "Yamada Taro", "Yamada, Taro")]
    [InlineData(null, "Suryani", NameOrder.GivenFirst, "Suryani", "Suryani")]
    public void A_name_is_shown_in_the_order_its_owner_chose(string? given, string? family, NameOrder order, string display, string sort)
    {
        var name = PersonName.Create(given, family, order, null).Value;

        Assert.Equal(display, name.Display);
        Assert.Equal(sort, name.Sort);
    }

    [Theory]
    [InlineData("Ada 2", "name.has-digits")]
    [InlineData("ada@example.org", "name.has-email")]
    [InlineData("山田", "name.not-latin")]
    [InlineData("A\u0007da", "name.has-control-characters")]
    public void A_latin_part_that_is_none_is_refused(string given, string code) =>
        Assert.Contains(PersonName.Check(given, "Example", NameOrder.GivenFirst, null), r => r.Code == code);

    [Fact]
    public void Any_text_is_either_a_name_or_refused_with_a_reason()
    {
        Gen.Select(Gen.String, Gen.String, Gen.String)
            .Sample(
                (given, family, native) =>
                {
                    var refused = PersonName.Check(given, family, NameOrder.GivenFirst, native);
                    var made = PersonName.Create(given, family, NameOrder.GivenFirst, native);
                    Assert.Equal(refused.Count == 0, made.IsSuccess);
                    if (made.IsSuccess)
                        Assert.DoesNotContain(made.Value.Display, char.IsControl);
                }
            );
    }

    [Theory]
    [InlineData("Ada Lovelace", "LOVELACE Ada", true)]
    [InlineData("Jürgen Müller", "Juergen Mueller", true)]
    [InlineData("Ada Lovelace", "Charles Babbage", false)]
    public void Likeness_does_not_depend_on_order_case_or_accents(string first, string second, bool alike) =>
        Assert.Equal(alike, NameKey.AreSimilar(NameKey.Of(first), NameKey.Of(second)));

    [Theory]
    [InlineData("no at sign")]
    [InlineData("two@@example.org")]
    [InlineData("ada@")]
    [InlineData("ada@example.org\r\nBcc: all@example.org")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_address_is_refused(string? text) => Assert.False(EmailAddress.Parse(text).IsSuccess);

    [Fact]
    public void An_address_is_hidden_when_a_stranger_may_see_it()
    {
        var masked = EmailAddress.Parse("ada.lovelace@example.org").Value.Masked;

        Assert.DoesNotContain("lovelace", masked, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("a", masked, StringComparison.Ordinal);
    }
}
