using System.Globalization;
using Muster.Core.Accounts;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Xunit;

namespace Muster.Core.Tests.Accounts;

/// <summary>One person and the account; days are counted from the start.</summary>
internal sealed class Life
{
    public static readonly DateOnly Start = new(2027, 1, 1);
    public static readonly ExpiryRules Rules = new([30, 7, 1], 30, 7);

    private readonly ExpiryRules own;

    public Life(ExpiryRules? other = null)
    {
        own = other ?? Rules;
        Member.Person.AddEmail(EmailAddress.Parse("jane@example.org").Value);
        var name = AccountName.Parse("jdoe", new AccountNameRules()).Value;
        Account = Account.OrderFor(new AccountId(new Guid(4, 0, 0, new byte[8])), name, Member.Person, "en", default);
        Account.MarkProvisioned(InitialPasswordRules.Default, default);
        Assert.True(Account.SetPassword(Account.LinkSerial, default).IsSuccess);
    }

    public Someone Member { get; } = new();
    public Account Account { get; }

    public ExpiryStep On(int day)
    {
        var today = Start.AddDays(day);
        var now = new DateTimeOffset(today, TimeOnly.MinValue, TimeSpan.Zero);
        return Account.Follow(MembershipStretch.On(Member.Person.Memberships, today, Member.Person.DeceasedOn), own, today, now);
    }
}

internal sealed class Someone
{
    private int institutes;

    public Member Person { get; } =
        Member.Enter(
            new MemberId(new Guid(3, 0, 0, new byte[8])),
            PersonName.Create("Jane", "Doe", NameOrder.GivenFirst, null).Value,
            null,
            default
        );

    /// <summary>At an institute of its own, so that none overlaps another.</summary>
    public void Begin(int from, int? until)
    {
        var institute = new InstituteId(new Guid(++institutes, 0, 0, new byte[8]));
        var terms = new MembershipTerms(
            "staff",
            MembershipCategory.Full,
            100,
            Life.Start.AddDays(from),
            until is { } day ? Life.Start.AddDays(day) : null
        );
        Assert.True(Person.Join(institute, terms).IsSuccess);
    }

    /// <summary>As <c>0-10 20-</c>: from a day until before another, or for ever.</summary>
    public void Begin(string text)
    {
        foreach (var one in text.Split(' '))
            Begin(
                int.Parse(one.Split('-')[0], CultureInfo.InvariantCulture),
                one.EndsWith('-') ? null : int.Parse(one.Split('-')[1], CultureInfo.InvariantCulture)
            );
    }

    /// <summary>On that day; or not, after all.</summary>
    public void Died(int? day) => Person.Change(Person.Name, null, null, day is { } known ? Life.Start.AddDays(known) : null, default);

    /// <summary>The latest membership ends then, or on its first day where that would be before it.</summary>
    public void End(int until)
    {
        var last = Person.Memberships[^1];
        var end = Life.Start.AddDays(until);
        var terms = last.Terms with { Until = end > last.From ? end : last.From.AddDays(1) };
        Assert.True(Person.ChangeMembership(last.InstituteId, last.From, terms).IsSuccess);
    }
}
