using Muster.Server.Operator.Demo;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>The clock moves for days, so these have a portal of their own.</summary>
public sealed class ExpiryWarningTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task The_end_of_a_certificate_is_told_once_and_again_only_for_the_next_threshold()
    {
        var listed = portal.NextMember();
        var me = With(listed, TimeSpan.FromDays(31));
        var (visitor, account) = await portal.JoinAsync(me);
        visitor.Dispose();

        await portal.LaterAsync(TimeSpan.FromHours(1));
        Assert.Empty(await WarningsAsync(me.Email));
        await portal.LaterAsync(TimeSpan.FromDays(2));
        var first = Assert.Single(await WarningsAsync(me.Email));
        await portal.LaterAsync(TimeSpan.FromHours(2));
        Assert.Single(await WarningsAsync(me.Email));

        Assert.Contains(me.Subject, first.Text, StringComparison.Ordinal);
        Assert.Equal("1", portal.Read("select count(*) from audit_records where action = 'certificate.expiry-warned'"));
        using var browser = await portal.Visit().SignInAsync(account, Steps.Password);
        await browser.GetAsync("/me/certificates");
        Assert.Contains("This certificate ends soon.", browser.Text, StringComparison.Ordinal);
    }

    private DemoCertificate With(DemoCertificate listed, TimeSpan lifetime) =>
        portal.Mill.Subject(listed.Subject, new Recipe { Lifetime = lifetime }) with
        {
            Email = listed.Email,
        };

    private async Task<List<TestMail>> WarningsAsync(string address) =>
        [.. (await portal.MailsAsync(address)).Where(m => m.Subject.Contains("ends soon", StringComparison.Ordinal))];
}
