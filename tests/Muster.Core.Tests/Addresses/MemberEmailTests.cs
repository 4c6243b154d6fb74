using Muster.Core.Members;
using Xunit;

namespace Muster.Core.Tests.Addresses;

public sealed class MemberEmailTests
{
    private static readonly DateTimeOffset start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_primary_address_and_the_last_confirmed_one_stay()
    {
        var member = Somebody();
        member.ConfirmEmail(Mail("two@example.org"), start);
        member.AddEmail(Mail("three@example.org"));

        Assert.Equal("address.is-primary", member.RemoveEmail("one@example.org", start).Refusal.Code);
        Assert.Equal("address.last-confirmed", member.RemoveEmail("two@example.org", start).Refusal.Code);
        Assert.Equal("address.unknown", member.RemoveEmail("four@example.org", start).Refusal.Code);
        Assert.True(member.RemoveEmail("three@example.org", start).IsSuccess);
        Assert.Equal("address.unknown", member.RemoveEmail("three@example.org", start).Refusal.Code);
    }

    [Fact]
    public void A_former_address_is_had_and_no_longer_there()
    {
        var member = Somebody();
        member.AddEmail(Mail("two@example.org"));
        var former = member.RemoveEmail("two@example.org", start).Value;

        Assert.Equal((0, start), (former.Number, former.Until));
        Assert.False(member.HasEmail(Mail("TWO@example.org")));
        Assert.True(member.HasHadEmail(Mail("TWO@example.org")));
        Assert.False(member.HasHadEmail(Mail("three@example.org")));
    }

    [Fact]
    public void The_primary_address_changes_place_with_the_new_one_and_later_ones_come_last()
    {
        var member = Somebody();
        member.ConfirmEmail(Mail("two@example.org"), start);
        member.AddEmail(Mail("three@example.org"));

        Assert.Equal("address.not-confirmed", member.MakePrimary("three@example.org", needsConfirmation: true).Refusal.Code);
        Assert.True(member.MakePrimary("two@example.org", needsConfirmation: true).IsSuccess);

        Assert.Equal("two@example.org", member.PrimaryEmail);
        member.RemoveEmail("one@example.org", start);
        member.AddEmail(Mail("four@example.org"));
        Assert.Equal(
            ["two@example.org", "three@example.org", "four@example.org"],
            member.Emails.OrderBy(e => e.Position).Select(e => e.Address)
        );
        Assert.True(member.MakePrimary("four@example.org", needsConfirmation: false).IsSuccess);
        Assert.Equal(3, member.Emails.Select(e => e.Position).Distinct().Count());
    }

    [Fact]
    public void An_address_is_confirmed_once_and_keeps_the_day()
    {
        var member = Somebody();

        Assert.Equal(start, member.ConfirmEmail(Mail("one@example.org"), start).ConfirmedAt);
        Assert.Equal(start, member.ConfirmEmail(Mail("ONE@example.org"), start.AddDays(1)).ConfirmedAt);
        Assert.Single(member.Emails);
    }

    internal static Member Somebody()
    {
        var name = PersonName.Create("Jane", "Doe", NameOrder.GivenFirst, null).Value;
        var member = Member.Enter(new MemberId(new Guid("018f0000-0000-7000-8000-000000000001")), name, null, start);
        member.AddEmail(Mail("one@example.org"));
        return member;
    }

    internal static EmailAddress Mail(string text) => EmailAddress.Parse(text).Value;
}
