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
        Assert.Equal("1", Read("certificate.expiry-warned", account));
        using var browser = await portal.Visit().SignInAsync(account, Steps.Password);
        await browser.GetAsync("/me/certificates");
        Assert.Contains("This certificate ends soon.", browser.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/certificate")]
    [InlineData("/api/certificate")]
    [InlineData("/register/certificate")]
    [InlineData("/password/reissue")]
    public async Task A_renewed_one_that_is_presented_anywhere_ends_the_warnings(string path)
    {
        var me = With(portal.NextMember(), TimeSpan.FromDays(3));
        var (visitor, account) = await portal.JoinAsync(me);
        visitor.Dispose();
        await portal.LaterAsync(TimeSpan.FromHours(1));
        Assert.Single(await WarningsAsync(me.Email));

        var renewed = With(me, TimeSpan.FromDays(300));
        foreach (var certificate in new[] { renewed, me, renewed })
        {
            using var browser = await portal.Visit(certificate).GetAsync(portal.Options.CertificateLink(path));
            Assert.Equal(200, browser.Status);
        }
        await portal.LaterAsync(TimeSpan.FromDays(2));

        Assert.Single(await WarningsAsync(me.Email));
        Assert.Equal("1", Read("certificate.renewed", account));
    }

    [Fact]
    public async Task A_renewed_one_that_ends_earlier_is_the_one_that_is_warned_of()
    {
        var me = portal.NextMember();
        var (visitor, account) = await portal.JoinAsync(me);
        visitor.Dispose();
        await portal.LaterAsync(TimeSpan.FromHours(1));

        using var browser = await portal.Visit(With(me, TimeSpan.FromDays(5))).GetAsync(portal.Options.CertificateLink("/certificate"));
        await portal.LaterAsync(TimeSpan.FromHours(1));

        Assert.Single(await WarningsAsync(me.Email));
        Assert.Equal("1", Read("certificate.renewed", account));
    }

    private string Read(string action, string account) =>
        portal.Read(
            "select count(*) from audit_records r join accounts a on a.id = r.account_id where r.action = @0 and a.name = @1",
            action,
            account
        );

    private DemoCertificate With(DemoCertificate listed, TimeSpan lifetime) =>
        portal.Mill.Subject(listed.Subject, new Recipe { Lifetime = lifetime }) with
        {
            Email = listed.Email,
        };

    private async Task<List<TestMail>> WarningsAsync(string address) =>
        [.. (await portal.MailsAsync(address)).Where(m => m.Subject.Contains("ends soon", StringComparison.Ordinal))];
}
