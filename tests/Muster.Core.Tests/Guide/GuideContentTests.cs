using CsCheck;
using Muster.Core.Guide;
using Xunit;

namespace Muster.Core.Tests.Guide;

public sealed class GuideContentTests
{
    private static readonly GuideContent shipped = GuideContent.Shipped;

    [Fact]
    public void What_is_shipped_has_every_step_that_the_register_judges_once()
    {
        var kinds = shipped.Steps.Select(s => s.Kind).Where(k => k != GuideStepKind.Own).ToList();

        Assert.Equal(Enum.GetValues<GuideStepKind>().Where(k => k != GuideStepKind.Own), kinds.Order());
        Assert.NotNull(shipped.Find("certificate-check"));
        Assert.All(shipped.Steps, s => Assert.True(s.IsShown));
    }

    [Fact]
    public void A_step_moves_by_one_and_stays_at_the_ends()
    {
        var first = shipped.Steps[0].Id;

        Assert.True(shipped.Move(first, -1, shipped).Value.IsSameAs(shipped));
        var moved = shipped.Move(first, 1, shipped).Value;
        Assert.Equal(first, moved.Steps[1].Id);
        Assert.True(moved.Move(first, -1, moved).Value.IsSameAs(shipped));
        Assert.Equal("guide.step-unknown", shipped.Move("nothing", 1, shipped).Refusal.Code);
    }

    [Fact]
    public void Who_did_not_see_the_present_order_does_not_change_it()
    {
        var moved = shipped.Move(shipped.Steps[0].Id, 1, shipped).Value;

        Assert.Equal("guide.changed-meanwhile", moved.Move(shipped.Steps[2].Id, 1, shipped).Refusal.Code);
        Assert.Equal("guide.changed-meanwhile", moved.Arrange([.. shipped.Steps.Select(s => s.Id)], shipped).Refusal.Code);
    }

    [Fact]
    public void Two_who_change_different_steps_do_not_meet_and_of_one_step_the_second_is_asked()
    {
        var step = shipped.Steps[0] with { Title = "Other" };
        var once = shipped.Change(step, shipped).Value;

        Assert.True(once.Change(shipped.Steps[1] with { Title = "Also" }, shipped).IsSuccess);
        Assert.Equal("guide.changed-meanwhile", once.Change(step with { Title = "Mine" }, shipped).Refusal.Code);
        Assert.True(once.Change(step, shipped).Value.IsSameAs(once)); // sent twice
        Assert.Equal("Mine", once.Change(step with { Title = "Mine" }, once).Value.Steps[0].Title);
    }

    [Fact]
    public void Only_own_steps_can_be_taken_away_and_one_more_than_the_bound_cannot_be_added()
    {
        Assert.Equal("guide.step-stays", shipped.Remove("account", shipped).Refusal.Code);
        Assert.Null(shipped.Remove("look-around", shipped).Value.Find("look-around"));
        var full = shipped;
        for (var i = full.Steps.Count; i < GuideContent.MostSteps; i++)
            full = full.Add(new GuideStep($"own{i}", GuideStepKind.Own, "Own", "", true)).Value;
        Assert.Equal("guide.too-many-steps", full.Add(new GuideStep("more", GuideStepKind.Own, "Own", "", true)).Refusal.Code);
        Assert.True(full.Add(full.Steps[^1]).Value.IsSameAs(full));
    }

    [Fact]
    public void An_order_names_every_step_once()
    {
        var ids = shipped.Steps.Select(s => s.Id).ToList();
        Gen.Shuffle(ids.ToArray()).Sample(order => Assert.Equal(order, shipped.Arrange(order, shipped).Value.Steps.Select(s => s.Id)));

        Assert.Equal("guide.order-incomplete", shipped.Arrange([.. ids.Skip(1)], shipped).Refusal.Code);
        Assert.Equal("guide.order-incomplete", shipped.Arrange([.. ids, ids[0]], shipped).Refusal.Code);
        Assert.Equal("guide.order-incomplete", shipped.Arrange([.. ids.Skip(1), "nothing"], shipped).Refusal.Code);
    }

    [Fact]
    public void A_step_that_was_not_known_when_the_guide_was_kept_comes_last_and_hidden()
    {
        var kept = shipped.Steps.Where(s => s.Kind != GuideStepKind.Password).ToList();

        var now = GuideContent.Of(kept);

        Assert.Equal(GuideStepKind.Password, now.Steps[^1].Kind);
        Assert.False(now.Steps[^1].IsShown);
        Assert.Equal(shipped.Steps.Count, now.Steps.Count);
    }

    [Theory]
    [InlineData("", "text", "guide.title-missing")]
    [InlineData("t\u202Eitle", "text", "guide.bad-characters")]
    [InlineData("title", "te\u0007xt", "guide.bad-characters")]
    [InlineData("title", "[x](javascript:y)", "guide.link-refused")]
    [InlineData("title", "one\n\ntwo https://kek.jp", null)]
    public void Words_are_checked(string title, string text, string? code) =>
        Assert.Equal(code, GuideStep.Check(title, text).FirstOrDefault()?.Code);

    [Fact]
    public void Words_have_bounds()
    {
        Assert.Empty(GuideStep.Check(new string('t', GuideStep.MaxTitleLength), new string('t', GuideStep.MaxTextLength)));
        Assert.Equal(
            ["guide.title-too-long", "guide.text-too-long"],
            GuideStep.Check(new string('t', GuideStep.MaxTitleLength + 1), new string('t', GuideStep.MaxTextLength + 1)).Select(r => r.Code)
        );
    }
}
