using System.Text.Json;
using CsCheck;
using Muster.Core.Institutes;
using Xunit;

namespace Muster.Core.Tests.Institutes;

public sealed class RorIdTests
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    [Theory]
    [InlineData("01ggx4157")]
    [InlineData("https://ror.org/01ggx4157")]
    [InlineData(" ROR.org/01GGX4157/ ")]
    public void An_identifier_is_taken_in_every_form_that_people_paste(string pasted)
    {
        var ror = RorId.Parse(pasted).Value;

        Assert.Equal("01ggx4157", ror.Value);
        Assert.Equal("https://ror.org/01ggx4157", ror.Url);
        Assert.Equal(ror, RorId.Parse(ror.Url).Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("11ggx4157")]
    [InlineData("01ggx415")]
    [InlineData("01ggx41577")]
    [InlineData("01ggi4157")]
    [InlineData("01ggx415x")]
    [InlineData("https://ror.org/grid.9132.9")]
    public void What_has_not_the_shape_of_an_identifier_is_refused(string? text) =>
        Assert.Equal("ror.malformed", RorId.Parse(text).Refusal.Code);

    [Fact]
    public void Every_identifier_of_the_registry_is_taken()
    {
        var ids = Vectors
            .Lines("ror-institutes", "ror.ndjson.xz")
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString())
            .ToList();

        Assert.True(ids.Count > 30_000, $"{ids.Count} identifiers");
        Assert.All(ids, id => Assert.True(RorId.Parse(id).IsSuccess, id));
    }

    [Fact]
    public void One_mistyped_character_is_always_noticed()
    {
        Gen.Select(Gen.Int[0, (1 << 30) - 1], Gen.Int[1, 6], Gen.Int[1, 31])
            .Sample(
                (number, at, by) =>
                {
                    var body = "0" + string.Concat(Enumerable.Range(0, 6).Select(i => Alphabet[(number >> (5 * i)) & 31]));
                    var right = Enumerable.Range(0, 100).Select(n => $"{body}{n:D2}").Single(t => RorId.Parse(t).IsSuccess);
                    var mistyped = right.ToCharArray();
                    mistyped[at] = Alphabet[(Alphabet.IndexOf(mistyped[at], StringComparison.Ordinal) + by) % 32];
                    Assert.Equal("ror.wrong-checksum", RorId.Parse(new string(mistyped)).Refusal.Code);
                }
            );
    }
}
