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

        using var browser = await portal
            .Visit(Until(me, TimeSpan.FromHours(-1), portal.Now.AddDays(5)))
            .GetAsync(portal.Options.CertificateLink("/certificate"));
        await portal.LaterAsync(TimeSpan.FromHours(1));
        Assert.Empty(await WarningsAsync(me.Email)); // a week's certificate is not told of in its first hour
        await portal.LaterAsync(TimeSpan.FromDays(2));
        await portal.LaterAsync(TimeSpan.FromDays(2));

        Assert.Single(await WarningsAsync(me.Email));
        Assert.Equal("1", Read("certificate.renewed", account));
    }

    [Fact]
    public async Task Certificates_with_one_end_that_take_turns_are_told_of_once_and_stop_nobody_elses_warning()
    {
        var end = portal.Now.AddDays(29);
        var me = Until(portal.NextMember(), TimeSpan.FromDays(-60), end);
        var (visitor, account) = await portal.JoinAsync(me);
        visitor.Dispose();
        await portal.LaterAsync(TimeSpan.FromHours(1));
        Assert.Single(await WarningsAsync(me.Email));

        foreach (var next in new[] { Until(me, TimeSpan.FromHours(-2), end.AddDays(300)), Until(me, TimeSpan.FromHours(-1), end) })
        {
            using var browser = await portal.Visit(next).GetAsync(portal.Options.CertificateLink("/certificate"));
            Assert.Equal(200, browser.Status);
        }
        var other = With(portal.NextMember(), TimeSpan.FromDays(29));
        var (second, _) = await portal.JoinAsync(other);
        second.Dispose();
        await portal.LaterAsync(TimeSpan.FromHours(1));

        Assert.Equal("2", Read("certificate.renewed", account));
        Assert.Single(await WarningsAsync(me.Email));
        Assert.Single(await WarningsAsync(other.Email));
    }

    private string Read(string action, string account) =>
        portal.Read(
            "select count(*) from audit_records r join accounts a on a.id = r.account_id where r.action = @0 and a.name = @1",
            action,
            account
        );

    /// <summary>In use for two months already.</summary>
    private DemoCertificate With(DemoCertificate listed, TimeSpan left) => Until(listed, TimeSpan.FromDays(-60), portal.Now + left);

    private DemoCertificate Until(DemoCertificate listed, TimeSpan from, DateTimeOffset end)
    {
        var begin = portal.Now + from;
        return portal.Mill.Subject(listed.Subject, new Recipe { From = begin - portal.Mill.Now, Lifetime = end - begin }) with
        {
            Email = listed.Email,
        };
    }

    private async Task<List<TestMail>> WarningsAsync(string address) =>
        [.. (await portal.MailsAsync(address)).Where(m => m.Subject.Contains("ends soon", StringComparison.Ordinal))];
}
