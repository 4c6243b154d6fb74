using Muster.Core.Institutes;
using Muster.Core.Members;
using Xunit;

namespace Muster.Core.Tests.Members;

public sealed class MembershipTests
{
    private static readonly DateTimeOffset now = new(2027, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly day = new(2027, 3, 1);
    private static readonly InstituteId here = new(new Guid("018f0000-0000-7000-8000-000000000001"));
    private static readonly InstituteId there = new(new Guid("018f0000-0000-7000-8000-000000000002"));

    [Fact]
    public void Several_institutes_at_once_are_usual_and_the_same_one_twice_is_refused()
    {
        var member = Someone();

        Assert.True(member.Join(here, Terms(day, null)).IsSuccess);
        Assert.True(member.Join(there, Terms(day, null)).IsSuccess);
        Assert.Equal("membership.overlaps", member.Join(here, Terms(day.AddYears(1), null)).Refusal.Code);
    }

    [Fact]
    public void Who_left_can_come_back_from_the_very_day_after()
    {
        var member = Someone();
        member.Join(here, Terms(day, day.AddDays(10)));

        Assert.True(member.Join(here, Terms(day.AddDays(10), null)).IsSuccess);
        Assert.True(member.IsActiveOn(day.AddDays(9)));
        Assert.True(member.IsActiveOn(day.AddDays(10)));
    }

    [Fact]
    public void A_move_ends_the_old_membership_the_day_the_new_one_begins_and_leaves_no_gap()
    {
        var member = Someone();
        member.Join(here, Terms(day, null) with { AuthorFrom = day.AddDays(90) });
        var on = day.AddDays(200);

        var joined = member.Move(here, day, there, Terms(on, null));

        Assert.True(joined.IsSuccess);
        var old = member.Memberships[0];
        Assert.Equal(on, old.Until);
        Assert.Equal(on, old.AuthorUntil);
        Assert.Single(member.Memberships, m => m.Covers(on.AddDays(-1)));
        Assert.Single(member.Memberships, m => m.Covers(on));
    }

    [Theory]
    [InlineData(0, "membership.move-before-start")]
    [InlineData(-3, "membership.move-before-start")]
    [InlineData(100, "membership.ended")]
    public void A_move_lies_within_the_membership(int days, string code)
    {
        var member = Someone();
        member.Join(here, Terms(day, day.AddDays(100)));

        Assert.Equal(code, member.Move(here, day, there, Terms(day.AddDays(days), null)).Refusal.Code);
        Assert.Single(member.Memberships);
        Assert.Equal(day.AddDays(100), member.Memberships[0].Until);
    }

    [Fact]
    public void A_move_that_cannot_be_leaves_everything_as_it_was()
    {
        var member = Someone();
        member.Join(here, Terms(day, null));
        member.Join(there, Terms(day, null));

        Assert.Equal("membership.overlaps", member.Move(here, day, there, Terms(day.AddDays(5), null)).Refusal.Code);
        Assert.Equal("membership.move-to-same", member.Move(here, day, here, Terms(day.AddDays(5), null)).Refusal.Code);
        Assert.Equal("membership.unknown", member.Move(here, day.AddDays(1), there, Terms(day.AddDays(5), null)).Refusal.Code);
        Assert.All(member.Memberships, m => Assert.Null(m.Until));
    }

    [Fact]
    public void Longer_is_refused_where_it_runs_into_the_next_membership()
    {
        var member = Someone();
        member.Join(here, Terms(day, day.AddDays(10)));
        member.Join(here, Terms(day.AddDays(20), null));

        Assert.True(member.ChangeMembership(here, day, Terms(day, day.AddDays(20))).IsSuccess);
        Assert.Equal("membership.overlaps", member.ChangeMembership(here, day, Terms(day, day.AddDays(21))).Refusal.Code);
        Assert.Equal("membership.ends-before", member.ChangeMembership(here, day, Terms(day.AddDays(-9), day)).Refusal.Code);
    }

    [Fact]
    public void Everything_that_is_wrong_with_terms_is_told_at_once()
    {
        var wrong = new MembershipTerms("wizard", MembershipCategory.Full, 0, day, day, null, day).Check(["staff"]);

        Assert.Equal(
            ["membership.position-unknown", "membership.percent", "membership.ends-before", "membership.author-has-no-start"],
            wrong.Select(w => w.Code)
        );
    }

    [Fact]
    public void A_name_that_is_given_up_stays_on_record_and_the_same_name_again_changes_nothing()
    {
        var member = Someone();
        var other = PersonName.Create("Jane", "Roe", NameOrder.GivenFirst, null).Value;

        Assert.True(member.Change(other, null, null, null, now));
        Assert.False(member.Change(other, null, null, null, now));
        Assert.Equal("Jane Doe", Assert.Single(member.FormerNames).Display);
        Assert.True(member.Change(other, "J. Roe", null, null, now));
        Assert.Single(member.FormerNames);
    }

    [Fact]
    public void Random_acts_never_put_a_person_at_one_institute_twice()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            var member = Someone();
            for (var act = 0; act < 15; act++)
            {
                var institute = random.Next(2) == 0 ? here : there;
                var from = day.AddDays(random.Next(40));
                DateOnly? until = random.Next(3) == 0 ? null : from.AddDays(random.Next(1, 20));
                var any = member.Memberships.Count > 0 ? member.Memberships[random.Next(member.Memberships.Count)] : null;
                _ = (random.Next(3), any) switch
                {
                    (0, _) or (_, null) => member.Join(institute, Terms(from, until)),
                    (1, { } m) => member.ChangeMembership(m.InstituteId, m.From, Terms(m.From, until)),
                    (_, { } m) => member.Move(m.InstituteId, m.From, institute, Terms(from, until)),
                };
            }
            for (var d = 0; d < 80; d++)
                foreach (var institute in (InstituteId[])[here, there])
                    Assert.True(member.Memberships.Count(m => m.InstituteId == institute && m.Covers(day.AddDays(d))) <= 1);
            Assert.All(member.Memberships, m => Assert.True(m.Until is null || m.Until > m.From));
        }
    }

    private static MembershipTerms Terms(DateOnly from, DateOnly? until) => new("staff", MembershipCategory.Full, 100, from, until);

    private static Member Someone() =>
        Member.Enter(
            new MemberId(new Guid("018f0000-0000-7000-8000-0000000000aa")),
            PersonName.Create("Jane", "Doe", NameOrder.GivenFirst, null).Value,
            null,
            now
        );
}
