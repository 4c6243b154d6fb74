using Muster.Server.Operator.Demo;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>The clock moves over a certificate's last month.</summary>
public sealed class ExpiryThresholdTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task The_end_of_a_certificate_is_told_when_thirty_fourteen_seven_and_one_days_are_left_and_on_no_other_day()
    {
        var begin = portal.Now.AddDays(-60);
        var end = portal.Now.AddDays(31).AddHours(1);
        var listed = portal.NextMember();
        var me = portal.Mill.Subject(listed.Subject, new Recipe { From = begin - portal.Mill.Now, Lifetime = end - begin }) with
        {
            Email = listed.Email,
        };
        var (visitor, account) = await portal.JoinAsync(me);
        visitor.Dispose();

        var told = new List<int>();
        var passed = 0;
        // The day before each threshold, the day of it and the day after; and past the end.
        foreach (var day in (int[])[1, 2, 3, 17, 18, 19, 24, 25, 26, 30, 31, 33])
        {
            var before = Warned(account);
            await portal.LaterAsync(TimeSpan.FromDays(day - passed));
            passed = day;
            if (Warned(account) != before)
                told.Add((int)Math.Floor((end - portal.Now).TotalDays));
        }

        Assert.Equal([29, 13, 6, 0], told);
        Assert.Equal("4", Warned(account));
        var mails = (await portal.MailsAsync(me.Email)).Where(m => m.Subject.EndsWith("ends soon", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, mails.Count);
        Assert.All(mails, mail => Assert.Contains(me.Subject, mail.Text, StringComparison.Ordinal));
    }

    private string Warned(string account) =>
        portal.Read(
            "select count(*) from audit_records r join accounts a on a.id = r.account_id where r.action = 'certificate.expiry-warned' and a.name = @0",
            account
        );
}
