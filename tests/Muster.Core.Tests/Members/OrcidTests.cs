using CsCheck;
using Muster.Core.Members;
using Xunit;

namespace Muster.Core.Tests.Members;

public sealed class OrcidTests
{
    /// <summary>The first two are the examples of the ORCID documentation.</summary>
    [Theory]
    [InlineData("0000-0002-1825-0097", "0000-0002-1825-0097")]
    [InlineData("https://orcid.org/0000-0001-5109-3700", "0000-0001-5109-3700")]
    [InlineData(" http://www.orcid.org/0000-0002-1694-233x/ ", "0000-0002-1694-233X")]
    [InlineData("orcid.org/0000000218250097", "0000-0002-1825-0097")]
    public void An_iD_is_taken_in_every_form_that_people_paste(string pasted, string value)
    {
        var orcid = Orcid.Parse(pasted).Value;

        Assert.Equal(value, orcid.Value);
        Assert.Equal("https://orcid.org/" + value, orcid.Url);
        Assert.Equal(orcid, Orcid.Parse(orcid.Url).Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0000-0002-1825-009")]
    [InlineData("0000-0002-1825-00977")]
    [InlineData("00000-002-1825-0097")]
    [InlineData("X000-0002-1825-0097")]
    [InlineData("٠٠٠٠-0002-1825-0097")]
    [InlineData("https://example.org/0000-0002-1825-0097")]
    public void What_has_not_the_shape_of_an_iD_is_refused(string? text) => Assert.Equal("orcid.malformed", Orcid.Parse(text).Refusal.Code);

    [Theory]
    [InlineData("0000-0000-0000-0000")]
    [InlineData("0000-0002-1825-0098")]
    [InlineData("0000-0002-1694-2333")]
    public void An_iD_whose_last_character_does_not_fit_is_refused(string text) =>
        Assert.Equal("orcid.wrong-check-digit", Orcid.Parse(text).Refusal.Code);

    [Fact]
    public void One_mistyped_digit_and_two_exchanged_ones_are_always_noticed()
    {
        Gen.Select(Gen.Long[0, 999_999_999_999_999], Gen.Int[0, 14], Gen.Int[1, 9])
            .Sample(
                (number, at, by) =>
                {
                    var digits = number.ToString("D15", System.Globalization.CultureInfo.InvariantCulture);
                    var right = "0123456789X".Select(c => digits + c).Single(t => Orcid.Parse(t).IsSuccess);
                    var mistyped = right.ToCharArray();
                    mistyped[at] = (char)('0' + (mistyped[at] - '0' + by) % 10);
                    Assert.Equal("orcid.wrong-check-digit", Orcid.Parse(new string(mistyped)).Refusal.Code);

                    var exchanged = right.ToCharArray();
                    (exchanged[at], exchanged[(at + 1) % 15]) = (exchanged[(at + 1) % 15], exchanged[at]);
                    Assert.Equal(new string(exchanged) == right, Orcid.Parse(new string(exchanged)).IsSuccess);
                }
            );
    }
}
