using Muster.Core;
using Xunit;

namespace Muster.Core.Tests;

public class ResultTests
{
    [Fact]
    public void A_default_result_is_neither_value_nor_refusal()
    {
        var result = default(Result<string>);

        Assert.False(result.IsSuccess);
        Assert.Throws<InvalidOperationException>(() => result.Value);
        Assert.Throws<InvalidOperationException>(() => result.Refusal);
    }

    [Fact]
    public void A_refusal_passes_through_the_steps_that_follow()
    {
        Result<int> result = new Refusal("test.no");

        Assert.Equal("test.no", result.Then<string>(n => $"{n}").Refusal.Code);
    }
}
