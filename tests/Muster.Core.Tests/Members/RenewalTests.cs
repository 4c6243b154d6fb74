using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Renewals;
using Xunit;

namespace Muster.Core.Tests.Members;

public sealed class RenewalTests
{
    private static readonly DateOnly today = new(2027, 3, 1);
    private static readonly DateOnly start = new(2026, 1, 1);
    private static readonly InstituteId institute = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly MemberId speaker = new(new Guid(4, 0, 0, new byte[8]));

    [Theory]
    [InlineData(null, RenewalAnswer.Here, null, null)]
    [InlineData(null, RenewalAnswer.Left, "2027-02-28", null)]
    [InlineData(null, RenewalAnswer.Left, "2027-12-31", null)]
    [InlineData(null, RenewalAnswer.Left, null, "renewal.day-missing")]
    [InlineData(null, RenewalAnswer.Left, "2025-12-31", "renewal.left-before-start")]
    [InlineData("2027-06-01", RenewalAnswer.Left, "2027-06-01", "renewal.left-after-end")]
    [InlineData("2027-06-01", RenewalAnswer.Extended, "2027-05-31", "renewal.not-longer")]
    [InlineData("2027-06-01", RenewalAnswer.Extended, "2027-06-01", null)]
    [InlineData("2027-06-01", RenewalAnswer.Extended, "2033-01-01", "renewal.too-far")]
    [InlineData("2027-01-01", RenewalAnswer.Here, null, "renewal.has-ended")]
    [InlineData("2027-01-01", RenewalAnswer.Extended, "2027-02-01", "renewal.not-longer")]
    [InlineData("2027-01-01", RenewalAnswer.Extended, "2027-08-01", null)]
    [InlineData("2026-02-28", RenewalAnswer.Extended, "2027-08-01", "membership.unknown")]
    public void An_answer_changes_the_end_within_its_bounds(string? until, RenewalAnswer answer, string? lastDay, string? code)
    {
        var member = Someone(until is null ? null : Day(until));
        var line = new RenewalLine(member.Id, start, answer, lastDay is null ? null : Day(lastDay));

        var result = RenewalRules.Decide(member, institute, line, speaker, today);

        Assert.Equal(code, result.IsSuccess ? null : result.Refusal.Code);
        if (result.IsSuccess && answer != RenewalAnswer.Here)
            Assert.Equal(Day(lastDay!).AddDays(1), result.Value.Until);
    }

    [Theory]
    [InlineData(RenewalAnswer.Here, null)]
    [InlineData(RenewalAnswer.Left, null)]
    [InlineData(RenewalAnswer.Extended, "renewal.own-extension")]
    public void Of_oneself_everything_can_be_said_but_that_one_stays_longer(RenewalAnswer answer, string? code)
    {
        var member = Someone(Day("2027-06-01"));
        var day = Day(answer == RenewalAnswer.Left ? "2027-05-01" : "2027-08-01");

        var result = RenewalRules.Decide(member, institute, new RenewalLine(member.Id, start, answer, day), member.Id, today);

        Assert.Equal(code, result.IsSuccess ? null : result.Refusal.Code);
    }

    /// <summary>As a move does, and a list that somebody is missing from: one rule.</summary>
    [Theory]
    [InlineData("2026-02-01", null, "2027-02-01")]
    [InlineData("2026-02-01", "2027-01-01", "2027-01-01")]
    [InlineData("2026-02-01", "2028-01-01", "2028-01-01")]
    [InlineData("2027-02-01", null, null)]
    [InlineData(null, null, null)]
    public void Who_has_left_is_an_author_no_longer_than_that_unless_an_end_was_agreed(
        string? authorFrom,
        string? authorUntil,
        string? ends
    )
    {
        var terms = new MembershipTerms(
            "staff",
            MembershipCategory.Full,
            100,
            start,
            null,
            authorFrom is null ? null : Day(authorFrom),
            authorUntil is null ? null : Day(authorUntil)
        );
        var member = Someone(terms);

        var left = RenewalRules
            .Decide(member, institute, new RenewalLine(member.Id, start, RenewalAnswer.Left, Day("2027-01-31")), speaker, today)
            .Value;

        Assert.Equal(ends is null ? null : Day(ends), left.AuthorUntil);
        Assert.Equal(terms.EndedBefore(Day("2027-02-01")), left);
    }

    /// <summary>What "left" ended, once or corrected, is open again; every other end stays.</summary>
    [Theory]
    [InlineData("2026-02-01", null, null)]
    [InlineData("2026-02-01", "2027-03-11", "2027-03-11")] // agreed for the very day
    [InlineData("2026-02-01", "2028-01-01", "2028-01-01")]
    [InlineData(null, null, null)]
    public void An_extension_opens_the_authorship_again_that_left_ended_and_no_other(string? authorFrom, string? authorUntil, string? ends)
    {
        var terms = new MembershipTerms(
            "staff",
            MembershipCategory.Full,
            100,
            start,
            null,
            authorFrom is null ? null : Day(authorFrom),
            authorUntil is null ? null : Day(authorUntil)
        );
        var member = Someone(terms);
        foreach (var day in (string[])["2027-03-20", "2027-03-10"]) // and again, with another day
            Say(member, RenewalAnswer.Left, day);
        if (authorUntil is null && authorFrom is not null)
            Assert.Equal(Day("2027-03-11"), member.Memberships[0].AuthorUntil);

        Say(member, RenewalAnswer.Extended, "2027-09-30");

        Assert.Equal(ends is null ? null : Day(ends), member.Memberships[0].AuthorUntil);
        Assert.Equal(terms.AuthorFrom, member.Memberships[0].AuthorFrom);
    }

    [Fact]
    public void An_end_of_the_authorship_that_was_written_after_left_stays()
    {
        var member = Someone(new MembershipTerms("staff", MembershipCategory.Full, 100, start, null, start));
        Say(member, RenewalAnswer.Left, "2027-03-10");
        var written = member.Memberships[0].Terms with { AuthorUntil = Day("2027-05-01") };
        Assert.True(member.ChangeMembership(institute, start, written).IsSuccess);

        Say(member, RenewalAnswer.Extended, "2027-09-30");

        Assert.Equal(Day("2027-05-01"), member.Memberships[0].AuthorUntil);
    }

    [Theory]
    [InlineData(20, null, null)]
    [InlineData(14, null, 14)]
    [InlineData(9, 14, null)]
    [InlineData(7, 14, 7)]
    [InlineData(3, null, 7)]
    [InlineData(0, 7, 1)]
    [InlineData(-1, 7, null)]
    public void Each_reminder_is_due_once_and_none_after_the_end(int left, int? reminded, int? due)
    {
        var round = new ConfirmationRound(new Guid(2, 0, 0, new byte[8]), "2027", today.AddDays(left), "desk", default);

        Assert.Equal(due, round.DueReminder([14, 7, 1], reminded, today));
    }

    private static void Say(Member member, RenewalAnswer answer, string day)
    {
        var terms = RenewalRules.Decide(member, institute, new RenewalLine(member.Id, start, answer, Day(day)), speaker, today).Value;
        var result =
            answer == RenewalAnswer.Left
                ? member.LeaveMembership(institute, start, terms)
                : member.ChangeMembership(institute, start, terms);
        Assert.True(result.IsSuccess);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static Member Someone(DateOnly? until) => Someone(new MembershipTerms("staff", MembershipCategory.Full, 100, start, until));

    private static Member Someone(MembershipTerms terms)
    {
        var member = Member.Enter(
            new MemberId(new Guid(3, 0, 0, new byte[8])),
            PersonName.Create("Jane", "Doe", NameOrder.GivenFirst, null).Value,
            null,
            default
        );
        _ = member.Join(institute, terms).Value;
        return member;
    }
}
