using CsCheck;
using Muster.Core.Accounts;
using Muster.Core.Tests.Registrations;
using Xunit;

namespace Muster.Core.Tests.Accounts;

public sealed class AccountTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly InitialPasswordRules Rules = InitialPasswordRules.Default;

    [Fact]
    public void A_link_opens_once_however_often_and_in_whatever_order_things_happen()
    {
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 6 * 24 * 60], Gen.Int[0, 2])
            .Array[1, 40]
            .Sample(steps =>
            {
                var account = Ordered();
                var now = Start;
                var used = new HashSet<int>();
                foreach (var (step, minutes, back) in steps)
                {
                    now += TimeSpan.FromMinutes(minutes);
                    var serial = account.LinkSerial - back;
                    if (step == 0 && account.SetPassword(serial, now).IsSuccess)
                        Assert.True(used.Add(serial), $"link {serial} opened twice");
                    Do(account, step, now);
                    if (account.State == AccountState.InitialPassword)
                        Assert.NotNull(account.InitialPasswordLapsesAt);
                    if (account.State == AccountState.Active)
                        Assert.NotNull(account.PasswordSetAt);
                    if (account.State == AccountState.Locked)
                        Assert.False(account.CheckLink(account.LinkSerial, now).IsSuccess);
                }
            });
    }

    [Fact]
    public void Reminders_come_after_two_and_four_days_each_once_and_the_lock_after_five()
    {
        var account = Ordered();
        account.MarkProvisioned(Rules, Start);
        var sent = new List<int>();

        for (var hour = 0; hour < 130; hour++)
            if (account.TakeDueReminder(Rules, Start.AddHours(hour)))
                sent.Add(hour);
        Assert.False(account.LapseInitialPassword(Start.AddDays(5).AddSeconds(-1)));
        Assert.True(account.LapseInitialPassword(Start.AddDays(5)));

        Assert.Equal([48, 96], sent);
        Assert.Equal(AccountState.Locked, account.State);
        Assert.False(account.CheckLink(account.LinkSerial, Start.AddDays(5)).TryGet(out _, out var why));
        Assert.Equal("account.locked", why.Code);
    }

    [Fact]
    public void A_server_that_slept_through_both_reminders_sends_one()
    {
        var account = Ordered();
        account.MarkProvisioned(Rules, Start);

        Assert.True(account.TakeDueReminder(Rules, Start.AddDays(4.5)));
        Assert.False(account.TakeDueReminder(Rules, Start.AddDays(4.6)));
    }

    [Fact]
    public void Issued_again_it_has_five_days_again_and_the_earlier_link_is_dead()
    {
        var account = Ordered();
        account.MarkProvisioned(Rules, Start);
        var first = account.LinkSerial;
        account.LapseInitialPassword(Start.AddDays(6));

        Assert.True(account.ReissueInitialPassword(Rules, Start.AddDays(7)).IsSuccess);

        Assert.Equal(Start.AddDays(12), account.InitialPasswordLapsesAt);
        Assert.False(account.SetPassword(first, Start.AddDays(7)).IsSuccess);
        Assert.True(account.SetPassword(account.LinkSerial, Start.AddDays(11)).IsSuccess);
        Assert.Equal(AccountState.Active, account.State);
        Assert.False(account.ReissueInitialPassword(Rules, Start.AddDays(11)).IsSuccess);
    }

    private static void Do(Account account, int step, DateTimeOffset now)
    {
        switch (step)
        {
            case 1:
                account.MarkProvisioned(Rules, now);
                break;
            case 2:
                account.ReissueInitialPassword(Rules, now);
                break;
            case 3:
                account.LapseInitialPassword(now);
                break;
            case 4:
                account.TakeDueReminder(Rules, now);
                break;
            case 5:
                account.IssueResetLink(TimeSpan.FromHours(1), now);
                break;
        }
    }

    private static Account Ordered() =>
        Account.Order(
            new AccountId(new Guid("018f0000-0000-7000-8000-00000000000b")),
            AccountName.Parse("example", new AccountNameRules()).Value,
            new Core.Members.MemberId(new Guid("018f0000-0000-7000-8000-000000000001")),
            RegistrationTests.Submitted(),
            Start
        );
}
