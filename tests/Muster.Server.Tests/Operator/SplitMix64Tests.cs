using Muster.Server.Operator.Demo;
using Xunit;

namespace Muster.Server.Tests.Operator;

public class SplitMix64Tests
{
    // Vigna's splitmix64.c, seed 1234567.
    [Fact]
    public void It_gives_the_numbers_of_the_reference_program()
    {
        var random = new SplitMix64(1_234_567);

        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(_ => random.Next())
        );
    }
}
