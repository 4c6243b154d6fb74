using CsCheck;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Core.Registrations;
using Xunit;

namespace Muster.Core.Tests.Registrations;

public sealed class RegistrationTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly MemberId SomeMember = new(new Guid("018f0000-0000-7000-8000-000000000001"));

    [Fact]
    public void Whatever_happens_in_whatever_order_a_closed_registration_stays_as_it_is()
    {
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 40 * 24 * 60])
            .Array[1, 30]
            .Sample(steps =>
            {
                var registration = Submitted();
                var now = Start;
                foreach (var (step, minutes) in steps)
                {
                    var (wasOpen, before) = (registration.IsOpen, registration.State);
                    now += TimeSpan.FromMinutes(minutes % (step == 0 ? 60 : 5000));
                    Do(registration, step, now);
                    if (!wasOpen && !(before == RegistrationState.Approved && registration.State == RegistrationState.Provisioned))
                        Assert.Equal(before, registration.State);
                    if (registration.State is RegistrationState.Approved or RegistrationState.Provisioned)
                    {
                        Assert.NotNull(registration.EmailConfirmedAt);
                        Assert.NotNull(registration.AccountId);
                        Assert.NotNull(registration.MemberId);
                    }
                    Assert.True(registration.StateSince <= now);
                }
            });
    }

    [Fact]
    public void The_link_holds_for_a_day_and_not_a_second_longer()
    {
        Assert.True(Submitted().ConfirmEmail(1, Start + TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1)).IsSuccess);
        Assert.Equal("link.expired", Why(Submitted().ConfirmEmail(1, Start + TimeSpan.FromDays(1))));
    }

    [Fact]
    public void Only_the_latest_link_confirms_and_a_repeated_click_changes_nothing()
    {
        var registration = Submitted();
        registration.SendAgain(Email("new@example.org"), heldBack: false, RegistrationDeadlines.Default, Start.AddHours(1));

        Assert.Equal("link.replaced", Why(registration.ConfirmEmail(1, Start.AddHours(2))));
        Assert.True(registration.ConfirmEmail(2, Start.AddHours(2)).IsSuccess);
        Assert.True(registration.ConfirmEmail(2, Start.AddDays(9)).IsSuccess);
        Assert.Equal(Start.AddHours(2), registration.EmailConfirmedAt);
        Assert.Equal(
            "registration.already-confirmed",
            Why(registration.SendAgain(Email("x@example.org"), false, RegistrationDeadlines.Default, Start.AddHours(3)))
        );
    }

    [Fact]
    public void An_address_that_belongs_to_somebody_cannot_be_confirmed()
    {
        var registration = Submitted(heldBack: true);

        Assert.Equal("link.replaced", Why(registration.ConfirmEmail(1, Start.AddHours(1))));
    }

    [Fact]
    public void Nothing_is_approved_before_the_address_is_confirmed()
    {
        var registration = Submitted();

        Assert.Equal("registration.email-not-confirmed", Why(registration.Approve(SomeMember, NewAccount(), "rule:x", null, Start)));
        Assert.Equal(RegistrationState.Draft, registration.State);
    }

    [Fact]
    public void A_second_decision_is_refused()
    {
        var registration = Submitted();
        registration.ConfirmEmail(1, Start);
        registration.Approve(SomeMember, NewAccount(), "rule:x", null, Start);

        Assert.Equal("registration.closed", Why(registration.Refuse("account:registrar", "no", Start)));
        Assert.Equal("registration.closed", Why(registration.Withdraw(Start)));
        Assert.Equal("registration.closed", Why(registration.Approve(SomeMember, NewAccount(), "rule:y", null, Start)));
        Assert.Equal("rule:x", registration.DecidedBy);
    }

    [Theory]
    [InlineData(false, 7)]
    [InlineData(true, 30)]
    public void It_lapses_when_nobody_acts(bool confirmed, int days)
    {
        var registration = Submitted();
        if (confirmed)
        {
            registration.ConfirmEmail(1, Start);
            registration.AwaitRegistrar(null, ["not-on-list"], Start);
        }

        Assert.False(registration.Lapse(RegistrationDeadlines.Default, Start.AddDays(days).AddSeconds(-1)));
        Assert.True(registration.Lapse(RegistrationDeadlines.Default, Start.AddDays(days)));
        Assert.False(registration.Lapse(RegistrationDeadlines.Default, Start.AddDays(days + 1)));
    }

    private static void Do(Registration r, int step, DateTimeOffset now)
    {
        switch (step)
        {
            case 0:
                r.ConfirmEmail(r.ConfirmationSerial, now);
                break;
            case 1:
                r.SendAgain(Email("other@example.org"), heldBack: false, RegistrationDeadlines.Default, now);
                break;
            case 2 when r is { IsOpen: true, EmailConfirmedAt: not null }:
                r.AwaitRegistrar(SomeMember, ["asked-for"], now);
                break;
            case 3:
                r.Approve(SomeMember, NewAccount(), "rule:x", null, now);
                break;
            case 4:
                r.Refuse("account:registrar", "no", now);
                break;
            case 5:
                r.Withdraw(now);
                break;
            case 6:
                r.Lapse(RegistrationDeadlines.Default, now);
                break;
            case 7:
                r.MarkProvisioned(now);
                break;
        }
    }

    internal static Registration Submitted(bool heldBack = false, string email = "ada@example.org", bool asks = false) =>
        Registration.Submit(
            new RegistrationId(new Guid("018f0000-0000-7000-8000-00000000000a")),
            "R-TEST-TEST",
            new Application(
                "form",
                PersonName.Create("Ada", "Example", NameOrder.GivenFirst, null).Value,
                "Ada Example",
                Email(email),
                AccountName.Parse("example", new AccountNameRules()).Value,
                "en",
                asks,
                heldBack
            ),
            new PresentedCertificate("key", "/DC=org/CN=Ada Example", "/DC=org/CN=CA", "01", Start.AddDays(300), "Ada Example", [1]),
            RegistrationDeadlines.Default,
            Start
        );

    internal static EmailAddress Email(string text) => EmailAddress.Parse(text).Value;

    private static AccountId NewAccount() => new(new Guid("018f0000-0000-7000-8000-00000000000b"));

    private static string? Why<T>(Result<T> result) => result.TryGet(out _, out var why) ? null : why.Code;
}
