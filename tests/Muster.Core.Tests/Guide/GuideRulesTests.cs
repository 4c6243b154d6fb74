using Muster.Core.Accounts;
using Muster.Core.Guide;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Registrations;
using Muster.Core.Tests.Registrations;
using Xunit;

namespace Muster.Core.Tests.Guide;

public sealed class GuideRulesTests
{
    private static readonly DateTimeOffset start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly today = new(2026, 3, 2);
    private static readonly MemberId someone = new(new Guid("018f0000-0000-7000-8000-000000000001"));

    [Fact]
    public void To_a_stranger_every_step_is_explained()
    {
        Assert.All(Judge(new GuideFacts()).Values, s => Assert.IsType<GuideStanding.Explained>(s));
    }

    [Fact]
    public void The_connection_alone_shows_a_certificate_and_whether_it_is_good()
    {
        var good = Judge(new GuideFacts { Presented = PresentedState.Accepted });
        Assert.Equal(new GuideStanding.Done(null), good["certificate"]);
        Assert.Equal(new GuideStanding.Done(null), good["certificate-check"]);
        Assert.IsType<GuideStanding.Explained>(good["registration"]);

        var bad = Judge(new GuideFacts { Presented = PresentedState.Refused });
        Assert.Equal(new GuideStanding.Done(null), bad["certificate"]);
        Assert.IsType<GuideStanding.Explained>(bad["certificate-check"]);
    }

    [Fact]
    public void One_step_is_next_and_follows_the_registration_through_its_life()
    {
        var registration = RegistrationTests.Submitted();
        var facts = new GuideFacts { Registration = registration };
        Assert.Equal(["email"], Next(facts));
        Assert.IsType<GuideStanding.Done>(Judge(facts)["registration"]);

        registration.ConfirmEmail(1, start.AddHours(1));
        registration.AwaitRegistrar(someone, [RegistrationRules.NotOnList], start.AddHours(1));
        Assert.Empty(Next(facts));
        Assert.Equal(new GuideStanding.Waiting(GuideRules.Registrar, start.AddHours(1)), Judge(facts)["approval"]);
        Assert.IsType<GuideStanding.Later>(Judge(facts)["account"]);

        registration.Approve(
            someone,
            new AccountId(new Guid("018f0000-0000-7000-8000-00000000000b")),
            "registrar",
            null,
            start.AddHours(2)
        );
        Assert.Equal(new GuideStanding.Done(start.AddHours(2)), Judge(facts)["approval"]);
        Assert.Equal(new GuideStanding.Waiting(GuideRules.TheSystem, start.AddHours(2)), Judge(facts)["account"]);

        registration.MarkProvisioned(start.AddHours(3));
        Assert.Equal(new GuideStanding.Done(start.AddHours(3)), Judge(facts)["account"]);
        Assert.Equal(["password"], Next(facts));
    }

    [Fact]
    public void A_registration_that_was_refused_is_begun_anew()
    {
        var registration = RegistrationTests.Submitted();
        registration.Refuse("registrar", "Not ours.", start.AddHours(1));

        Assert.Equal(["certificate"], Next(new GuideFacts { Registration = registration }));
        Assert.Equal(["registration"], Next(new GuideFacts { Registration = registration, Presented = PresentedState.Accepted }));
    }

    [Fact]
    public void Who_has_an_account_without_a_registration_needs_none_of_its_steps()
    {
        var member = Member(until: null);
        var account = Account.OrderFor(
            new AccountId(new Guid("018f0000-0000-7000-8000-00000000000b")),
            AccountName.Parse("lovelace", new AccountNameRules()).Value,
            member,
            "en",
            start
        );
        var facts = new GuideFacts
        {
            Account = account,
            Member = member,
            IsSignedIn = true,
        };

        var judged = Judge(facts);

        foreach (var id in (string[])["certificate", "certificate-check", "registration", "conditions", "email", "approval"])
            Assert.Equal(new GuideStanding.NotNeeded(GuideRules.HasAccount), judged[id]);
        Assert.IsType<GuideStanding.Done>(judged["membership"]);
        Assert.Equal(new GuideStanding.Waiting(GuideRules.TheSystem, start), judged["account"]);
        account.MarkProvisioned(new InitialPasswordRules(TimeSpan.FromDays(5), []), start.AddHours(1));
        Assert.Equal(["password"], Next(facts));
        account.SetPassword(1, start.AddHours(2));
        Assert.Equal(["look-around"], Next(facts));
        var ticks = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal) { ["look-around"] = start.AddHours(3) };
        Assert.Empty(Next(facts with { Ticks = ticks }));
    }

    [Fact]
    public void A_membership_that_is_over_waits_for_the_representative_since_its_end()
    {
        var end = today.AddDays(-3);

        var judged = Judge(new GuideFacts { Registration = RegistrationTests.Submitted(), Member = Member(end) });

        Assert.Equal(
            new GuideStanding.Waiting(GuideRules.Representative, new DateTimeOffset(end, TimeOnly.MinValue, TimeSpan.Zero)),
            judged["membership"]
        );
    }

    [Fact]
    public void An_account_that_is_over_waits_for_the_representative_and_no_password_is_asked_for()
    {
        var member = Member(today.AddDays(-60));
        var account = Account.OrderFor(
            new AccountId(new Guid("018f0000-0000-7000-8000-00000000000b")),
            AccountName.Parse("lovelace", new AccountNameRules()).Value,
            member,
            "en",
            start
        );
        account.MarkProvisioned(new InitialPasswordRules(TimeSpan.FromDays(5), []), start);
        var facts = new GuideFacts { Account = account, Member = member };
        Assert.Equal(["password"], Next(facts));

        account.Follow(
            MembershipStretch.On(member.Memberships, today, null),
            ExpiryRules.Default with
            {
                GraceDays = 0,
                NoticeDays = 0,
            },
            today,
            start.AddHours(1)
        );

        Assert.Empty(Next(facts));
        Assert.Equal(new GuideStanding.Waiting(GuideRules.Representative, start.AddHours(1)), Judge(facts)["account"]);
        Assert.IsType<GuideStanding.Later>(Judge(facts)["password"]);
    }

    [Fact]
    public void A_certificate_counts_while_it_is_valid_and_not_suspended()
    {
        var member = Member(until: null);
        member.AddCertificate(Held(member, "/DC=org/CN=Over", start.AddDays(-1), start));
        var facts = new GuideFacts { Registration = RegistrationTests.Submitted(), Member = member };
        Assert.IsType<GuideStanding.Later>(Judge(facts)["certificate"]);

        member.AddCertificate(Held(member, "/DC=org/CN=Good", start.AddDays(30), start.AddHours(1)));

        Assert.Equal(new GuideStanding.Done(start.AddHours(1)), Judge(facts)["certificate"]);
    }

    [Fact]
    public void Hidden_steps_are_not_judged()
    {
        var hidden = GuideContent.Shipped.Change(GuideContent.Shipped.Find("email")! with { IsShown = false }, GuideContent.Shipped).Value;

        Assert.DoesNotContain(GuideRules.Judge(hidden, new GuideFacts(), today), j => j.Step.Id == "email");
    }

    [Fact]
    public void Half_of_five_cases_or_more_tell_a_time_and_fewer_tell_nothing()
    {
        static IEnumerable<TimeSpan> Minutes(params int[] minutes) => minutes.Select(m => TimeSpan.FromMinutes(m));

        Assert.Null(GuideTimes.HalfWithin(Minutes(1, 2, 3, 4)));
        Assert.Null(GuideTimes.HalfWithin(Minutes(1, 2, 3, 4, -1)));
        Assert.Equal(TimeSpan.FromMinutes(3), GuideTimes.HalfWithin(Minutes(900, 1, 4, 2, 3)));
        Assert.Equal(TimeSpan.FromMinutes(3), GuideTimes.HalfWithin(Minutes(900, 1, 4, 2, 3, 5)));
    }

    private static MemberCertificate Held(Member member, string subject, DateTimeOffset notAfter, DateTimeOffset added)
    {
        var held = new MemberCertificate(member.Id, subject, subject, "browser", added);
        held.Seen(new SeenCertificate("/CN=CA", subject, notAfter.AddDays(-300), notAfter), start.AddDays(-10));
        return held;
    }

    private static Member Member(DateOnly? until)
    {
        var member = Core.Members.Member.Enter(
            someone,
            PersonName.Create("Ada", "Lovelace", NameOrder.GivenFirst, null).Value,
            null,
            start
        );
        member.AddEmail(RegistrationTests.Email("ada@example.org"));
        var terms = new MembershipTerms("staff", MembershipCategory.Full, 100, today.AddYears(-1), until, null, null);
        Assert.True(member.Join(new InstituteId(new Guid("018f0000-0000-7000-8000-0000000000aa")), terms).IsSuccess);
        return member;
    }

    private static Dictionary<string, GuideStanding> Judge(GuideFacts facts) =>
        GuideRules.Judge(GuideContent.Shipped, facts, today).ToDictionary(j => j.Step.Id, j => j.Standing, StringComparer.Ordinal);

    private static IEnumerable<string> Next(GuideFacts facts) => Judge(facts).Where(j => j.Value is GuideStanding.Next).Select(j => j.Key);
}
