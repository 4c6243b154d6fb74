using System.Runtime.CompilerServices;
using CsCheck;
using Muster.Core.Accounts;
using Muster.Core.Calendar;
using Muster.Core.Members;
using Muster.Core.Provisioning;
using Xunit;

namespace Muster.Core.Tests.Accounts;

/// <summary>What becomes of an account as memberships begin, end and are extended, whatever else happens to it.</summary>
public sealed class AccountExpiryTests
{
    private static readonly DateOnly start = Life.Start;
    private static readonly ExpiryRules rules = Life.Rules;

    [Fact]
    public void The_way_from_the_first_warning_to_the_return()
    {
        var life = new Life();
        life.Member.Begin(0, 100);

        Assert.Equal(ExpiryStep.None, life.On(60));
        Assert.Equal(ExpiryStep.Warned, life.On(69)); // thirty days before the last day, which is 99
        Assert.Equal(30, life.Account.EndWarnedDays);
        Assert.Equal(ExpiryStep.None, life.On(70));
        Assert.Equal(ExpiryStep.Warned, life.On(92));
        Assert.Equal(ExpiryStep.Warned, life.On(99));
        Assert.True(life.Account.IsUsable);
        Assert.Equal(ExpiryStep.GraceBegan, life.On(100));
        Assert.Equal(start.AddDays(130), life.Account.GraceUntil);
        Assert.True(life.Account.IsUsable);
        Assert.Equal(ExpiryStep.None, life.On(129));
        Assert.Equal(ExpiryStep.Expired, life.On(130));
        Assert.False(life.Account.IsUsable);
        Assert.False(ProvisioningPlan.For(life.Account).Enabled);
        life.Member.Begin(200, null);
        Assert.Equal(ExpiryStep.None, life.On(199));
        Assert.Equal(ExpiryStep.Revived, life.On(200));
        Assert.True(ProvisioningPlan.For(life.Account).Enabled);
    }

    [Theory]
    [InlineData(95, 7)] // thirty and seven days lie behind: one warning is enough
    [InlineData(99, 1)]
    public void After_a_pause_only_the_nearest_warning_is_due(int day, int days)
    {
        var life = new Life();
        life.Member.Begin(0, 100);

        Assert.Equal(ExpiryStep.Warned, life.On(day));
        Assert.Equal(days, life.Account.EndWarnedDays);
        Assert.Equal(ExpiryStep.None, life.On(day));
    }

    [Fact]
    public void Another_end_begins_the_warnings_anew()
    {
        var life = new Life();
        life.Member.Begin(0, 100);
        life.On(99);

        life.Member.End(120);

        Assert.Equal(ExpiryStep.Warned, life.On(99));
        Assert.Equal(30, life.Account.EndWarnedDays);
    }

    [Theory]
    [InlineData(40, 100, 107)] // written down sixty days late: a week is left all the same
    [InlineData(95, 100, 125)]
    [InlineData(100, 100, 130)]
    public void An_end_that_is_found_late_leaves_a_week(int end, int found, int without)
    {
        var life = new Life();
        life.Member.Begin(0, end);

        Assert.Equal(ExpiryStep.GraceBegan, life.On(found));
        Assert.Equal(start.AddDays(without), life.Account.GraceUntil);
    }

    [Fact]
    public void A_grace_that_was_promised_is_not_cut_by_an_earlier_end()
    {
        var life = new Life();
        life.Member.Begin(0, 100);
        life.On(100);

        life.Member.End(50);

        Assert.Equal(ExpiryStep.None, life.On(129));
        Assert.Equal(ExpiryStep.Expired, life.On(130));
    }

    [Fact]
    public void What_was_over_too_early_comes_back_for_what_is_left_of_the_grace()
    {
        var life = new Life();
        life.Member.Begin(0, 40);
        life.On(100);
        Assert.Equal(ExpiryStep.Expired, life.On(107));

        life.Member.End(90); // a slip of the pen

        Assert.Equal(ExpiryStep.Revived, life.On(108));
        Assert.Equal(start.AddDays(120), life.Account.GraceUntil);
        Assert.Equal(ExpiryStep.None, life.On(119));
        Assert.Equal(ExpiryStep.Expired, life.On(120));
        Assert.Equal(ExpiryStep.Revived, life.On(110)); // the clock had been wrong
    }

    [Fact]
    public void A_membership_that_was_taken_back_leaves_no_end_behind()
    {
        var life = new Life();
        life.Member.Begin(0, 40);
        life.On(100);
        life.On(107);

        var step = life.Account.Follow(null, ExpiryRules.Default, start.AddDays(108), default);

        Assert.Equal(ExpiryStep.Revived, step);
        Assert.Equal((null, null, true), (life.Account.GraceUntil, life.Account.MembershipEnd, life.Account.IsUsable));
    }

    [Fact]
    public void Without_a_grace_and_without_a_notice_the_end_is_the_end()
    {
        var life = new Life(new ExpiryRules([], 0, 0));
        life.Member.Begin(0, 100);

        Assert.Equal(ExpiryStep.None, life.On(99));
        Assert.Equal(ExpiryStep.Expired, life.On(100));
    }

    [Theory]
    [InlineData(0, 7, 100, 107)]
    [InlineData(0, 7, 140, 147)]
    [InlineData(3, 7, 100, 107)]
    [InlineData(3, 7, 140, 147)]
    public void A_grace_that_is_shorter_than_the_notice_does_not_shorten_it(int grace, int notice, int found, int without)
    {
        var life = new Life(new ExpiryRules([], grace, notice));
        life.Member.Begin(0, 100);

        Assert.Equal(ExpiryStep.GraceBegan, life.On(found));
        Assert.Equal(start.AddDays(without), life.Account.GraceUntil);
        Assert.Equal(ExpiryStep.None, life.On(without - 1));
        Assert.Equal(ExpiryStep.Expired, life.On(without));
    }

    [Fact]
    public void Whatever_the_rules_say_both_the_grace_and_the_notice_are_given_and_no_day_more() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[0, 100], Gen.Int[0, 100])
            .Sample(
                (grace, notice, last, late) =>
                {
                    var (end, told) = (start.AddDays(last), start.AddDays(last + late));

                    var without = new ExpiryRules([], grace, notice).FirstDayWithout(end, told);

                    Assert.Equal(Math.Max(last + grace, last + late + notice), without.DayNumber - start.DayNumber);
                }
            );

    [Fact]
    public void Who_never_was_a_member_loses_nothing()
    {
        var life = new Life();
        life.Member.Begin(50, 60);

        Assert.Equal(ExpiryStep.None, life.On(49));
        Assert.Null(life.Account.GraceUntil);
    }

    [Theory]
    [InlineData("0-10 10-20", 5, true, 20)]
    [InlineData("0-10 11-20", 5, true, 10)]
    [InlineData("0-20 5-8 20-", 7, true, null)]
    [InlineData("0-10 3-15", 15, false, 15)]
    [InlineData("3-15 0-10 30-40", 20, false, 15)]
    public void Memberships_that_meet_or_overlap_are_one_stretch(string text, int day, bool covers, int? end)
    {
        var life = new Life();
        life.Member.Begin(text);

        var stretch = MembershipStretch.On(life.Member.Person.Memberships, start.AddDays(day), null);

        Assert.Equal(new MembershipStretch(covers, end is { } days ? start.AddDays(days) : null), stretch);
    }

    [Theory]
    [InlineData("0-", 20, 20, true, 21)] // the day itself is still one of theirs
    [InlineData("0-", 20, 21, false, 21)]
    [InlineData("0-", 20, 500, false, 21)]
    [InlineData("0-10", 20, 30, false, 10)] // had left before
    [InlineData("0-10 30-", 20, 40, false, 21)]
    [InlineData("0-40", 60, 30, true, 40)]
    public void Nobodys_stretch_lasts_beyond_the_day_of_death(string text, int died, int day, bool covers, int end)
    {
        var life = new Life();
        life.Member.Begin(text);

        var stretch = MembershipStretch.On(life.Member.Person.Memberships, start.AddDays(day), start.AddDays(died));

        Assert.Equal(new MembershipStretch(covers, start.AddDays(end)), stretch);
    }

    [Fact]
    public void The_first_and_the_last_day_there_are_are_ends_like_any_other()
    {
        var life = new Life();
        life.Member.Begin(0, DateOnly.MaxValue.DayNumber - start.DayNumber);

        Assert.Equal(ExpiryStep.None, life.On(1));
        Assert.Equal(DateOnly.MaxValue, life.Account.MembershipEnd);
        Assert.Equal(DateOnly.MaxValue, rules.FirstDayWithout(DateOnly.MaxValue));
        Assert.Equal(DateOnly.MaxValue, rules.FirstDayWithout(DateOnly.MaxValue, DateOnly.MaxValue));
        Assert.Equal(DateOnly.MinValue, DateOnly.MinValue.Plus(-1));
        Assert.Equal(new DateOnly(1, 1, 3), DateOnly.MinValue.Plus(2));
        Assert.Equal(DateOnly.MaxValue, MembershipStretch.On(life.Member.Person.Memberships, start, DateOnly.MaxValue)?.End);
    }

    private enum Act
    {
        Begin,
        BeginOpen,
        End,
        Extend,
        Die,
        Live,
        Suspend,
        Lift,
        Wait,
        WaitLong,
    }

    /// <summary>Every order of what can happen, with looks in between or none for weeks.</summary>
    [Fact]
    public void Whatever_happens_the_account_ends_with_the_grace_and_a_suspension_with_its_lifting() =>
        Gen.Select(Gen.Enum<Act>(), Gen.Int[1, 60])
            .List[1, 40]
            .Sample(acts =>
            {
                var life = new Life();
                life.Member.Begin(0, 40);
                var (day, suspended) = (1, false);
                foreach (var (act, days) in acts)
                {
                    switch (act)
                    {
                        case Act.Begin:
                            life.Member.Begin(day + days - 30, day + days);
                            break;
                        case Act.BeginOpen:
                            life.Member.Begin(day + days, null);
                            break;
                        case Act.End:
                            life.Member.End(day - days + 30);
                            break;
                        case Act.Extend:
                            life.Member.End(day + days);
                            break;
                        case Act.Die:
                            life.Member.Died(day - days + 30);
                            break;
                        case Act.Live:
                            life.Member.Died(null);
                            break;
                        case Act.Suspend:
                            suspended = true;
                            SetState(life.Account, AccountState.Suspended);
                            break;
                        case Act.Lift:
                            suspended = false;
                            SetState(life.Account, AccountState.Active);
                            break;
                        default:
                            day += act == Act.WaitLong ? days : 1;
                            break;
                    }
                    Check(life, day, suspended);
                }
            });

    private static void Check(Life life, int day, bool suspended)
    {
        var (warned, grace, revision, wasOver) = (
            life.Account.EndWarnedDays,
            life.Account.GraceUntil,
            life.Account.Revision,
            life.Account.ExpiredAt is not null
        );
        var end = life.Account.MembershipEnd;

        var step = life.On(day);

        var account = life.Account;
        var (today, isOver) = (start.AddDays(day), account.ExpiredAt is not null);
        var isMember = life.Member.Person.IsActiveOn(today) && !(life.Member.Person.DeceasedOn < today);
        Assert.Equal(suspended, account.State == AccountState.Suspended); // never touched here
        Assert.Equal(isMember, account.GraceUntil is null);
        Assert.Equal(!suspended && !isOver, account.IsUsable);
        Assert.Equal(account.IsUsable, ProvisioningPlan.For(account).Enabled);
        if (isMember)
            Assert.False(isOver);
        else
            Assert.Equal(today >= account.GraceUntil, isOver);
        Assert.Equal(isOver != wasOver, account.Revision != revision); // the connected systems hear of it, and of nothing else
        Assert.Equal(isOver && !wasOver, step == ExpiryStep.Expired);
        Assert.Equal(!isOver && wasOver, step == ExpiryStep.Revived);
        if (step == ExpiryStep.GraceBegan)
            Assert.True(account.GraceUntil >= today.AddDays(rules.NoticeDays));
        if (step == ExpiryStep.Expired)
            Assert.NotNull(grace); // nobody's account is over who was not told before
        if (grace is not null && account.GraceUntil is not null)
            Assert.True(account.GraceUntil >= grace);
        if (step == ExpiryStep.Warned && end == account.MembershipEnd)
            Assert.True(warned is null || account.EndWarnedDays < warned);
        var next = life.On(day);
        Assert.True(next == ExpiryStep.None || (next == ExpiryStep.Warned && step is ExpiryStep.Resumed or ExpiryStep.Revived));
        Assert.Equal(ExpiryStep.None, life.On(day));
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_State")]
    private static extern void SetState(Account account, AccountState state);
}
