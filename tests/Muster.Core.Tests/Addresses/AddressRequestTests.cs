using Muster.Core.Addresses;
using Muster.Core.Members;
using Xunit;

namespace Muster.Core.Tests.Addresses;

public sealed class AddressRequestTests
{
    private static readonly DateTimeOffset start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly MemberId someone = new(new Guid("018f0000-0000-7000-8000-000000000001"));
    private static readonly AddressRequestRules rules = new(TimeSpan.FromDays(2), TimeSpan.FromMinutes(2), 3, 2, 4);

    [Fact]
    public void The_link_is_good_for_its_time_and_not_a_second_longer()
    {
        Assert.True(Asked().Confirm(1, start.AddDays(2).AddSeconds(-1)).IsSuccess);
        Assert.Equal("link.expired", Asked().Confirm(1, start.AddDays(2)).Refusal.Code);
    }

    [Fact]
    public void Only_the_last_link_opens_and_only_once()
    {
        var request = Asked();
        Assert.True(request.SendAgain(rules, start.AddMinutes(2)).IsSuccess);

        Assert.Equal("link.replaced", request.Confirm(1, start.AddHours(1)).Refusal.Code);
        Assert.True(request.Confirm(2, start.AddHours(1)).IsSuccess);
        Assert.Equal("link.used", request.Confirm(2, start.AddHours(1)).Refusal.Code);
        Assert.Equal("address.request-closed", request.SendAgain(rules, start.AddHours(2)).Refusal.Code);
        Assert.False(request.Withdraw(start.AddHours(2)));
    }

    [Fact]
    public void Links_are_sent_with_a_pause_and_not_for_ever()
    {
        var request = Asked();

        Assert.Equal("address.mail-just-sent", request.SendAgain(rules, start.AddMinutes(2).AddSeconds(-1)).Refusal.Code);
        Assert.True(request.SendAgain(rules, start.AddMinutes(2)).IsSuccess);
        Assert.True(request.SendAgain(rules, start.AddMinutes(4)).IsSuccess);
        Assert.Equal("address.too-many-mails", request.SendAgain(rules, start.AddMinutes(6)).Refusal.Code);
    }

    [Fact]
    public void A_withdrawn_one_opens_nothing()
    {
        var request = Asked();

        Assert.True(request.Withdraw(start));
        Assert.Equal("address.withdrawn", request.Confirm(1, start).Refusal.Code);
    }

    [Fact]
    public void Nobody_asks_for_more_than_a_few_at_once_nor_for_many_in_a_day()
    {
        Assert.Null(rules.Refuses([Asked()], start));
        Assert.Equal("address.too-many-open", rules.Refuses([Asked(), Asked()], start)!.Code);
        var withdrawn = Enumerable.Range(0, 4).Select(_ => Asked()).ToList();
        withdrawn.ForEach(r => r.Withdraw(start));
        Assert.Equal("address.too-many-requests", rules.Refuses(withdrawn, start.AddHours(23))!.Code);
        Assert.Null(rules.Refuses(withdrawn, start.AddDays(1)));
    }

    [Fact]
    public void A_change_of_the_primary_address_ends_once()
    {
        var member = MemberEmailTests.Somebody();
        var second = member.ConfirmEmail(MemberEmailTests.Mail("two@example.org"), start);
        var change = PrimaryChange.Ask(Guid.CreateVersion7(start), member, second.Key, TimeSpan.FromDays(1), start).Value;

        Assert.Equal(("one@example.org", "two@example.org", start.AddDays(1)), (change.Before, change.After, change.DueAt));
        Assert.True(change.End(PrimaryChangeOutcome.Stopped, start).IsSuccess);
        Assert.Equal("address.change-over", change.End(PrimaryChangeOutcome.Agreed, start).Refusal.Code);
        Assert.Equal(PrimaryChangeOutcome.Stopped, change.Outcome);
    }

    [Fact]
    public void Only_a_confirmed_address_of_the_member_can_be_asked_for()
    {
        var member = MemberEmailTests.Somebody();
        member.AddEmail(MemberEmailTests.Mail("two@example.org"));

        Refusal Why(string? key) => PrimaryChange.Ask(Guid.CreateVersion7(start), member, key, TimeSpan.FromDays(1), start).Refusal;
        Assert.Equal("address.not-confirmed", Why("two@example.org").Code);
        Assert.Equal("address.is-primary", Why("one@example.org").Code);
        Assert.Equal("address.unknown", Why("three@example.org").Code);
        Assert.Equal("address.unknown", Why(null).Code);
    }

    private static AddressRequest Asked() =>
        AddressRequest.Open(Guid.CreateVersion7(start), someone, EmailAddress.Parse("new@example.org").Value, "jdoe", rules, start);
}
