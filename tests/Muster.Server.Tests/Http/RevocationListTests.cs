using Microsoft.Extensions.DependencyInjection;
using Muster.Server.Tests.Operator;
using Muster.Server.Web;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>The trust folder changes while the portal runs.</summary>
public sealed class RevocationListTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_list_out_of_date_is_told_and_a_fresh_one_lets_the_same_person_in()
    {
        var me = portal.NextMember();
        using var visitor = portal.Visit(me);

        portal.Mill.Revoke(portal.Authority.TrustFolder, TimeSpan.FromDays(-3));
        await ReloadAsync();
        await CheckAsync(visitor);
        Assert.Contains("is out of date", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("#certificate.crl-expired\"", visitor.Html, StringComparison.Ordinal);
        var (_, report) = await visitor.JsonAsync(HttpMethod.Get, portal.Options.CertificateLink("/api/certificate"));
        Assert.Equal("certificate.crl-expired", report.GetProperty("code").GetString());
        Assert.False(report.GetProperty("ok").GetBoolean());
        Assert.Contains("is out of date", report.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        await DoctorParityTests.AssertSameAsync(portal, me, "certificate.crl-expired");

        portal.Mill.Revoke(portal.Authority.TrustFolder, TimeSpan.FromDays(3));
        await ReloadAsync();
        await CheckAsync(visitor);
        Assert.Contains("It is on the members list", visitor.Text, StringComparison.Ordinal);

        portal.Mill.Revoke(portal.Authority.TrustFolder, TimeSpan.FromDays(3), me);
        await ReloadAsync();
        await CheckAsync(visitor);
        Assert.Contains("was revoked on", visitor.Text, StringComparison.Ordinal);

        portal.Mill.Revoke(portal.Authority.TrustFolder, TimeSpan.FromHours(-3));
        await ReloadAsync();
        await CheckAsync(visitor);
        Assert.Contains("is overdue", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("This does not keep you out.", visitor.Text, StringComparison.Ordinal);
    }

    private Task<Visitor> CheckAsync(Visitor visitor) => visitor.GetAsync(portal.Options.CertificateLink("/certificate"));

    /// <summary>The clock moves until the folder was looked at again.</summary>
    private async Task ReloadAsync()
    {
        var trust = portal.Services.GetRequiredService<TrustFolder>();
        var before = trust.Current;
        for (var tries = 0; tries < 200 && ReferenceEquals(before, trust.Current); tries++)
        {
            await portal.LaterAsync(TimeSpan.FromSeconds(6));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        Assert.NotSame(before, trust.Current);
    }
}
