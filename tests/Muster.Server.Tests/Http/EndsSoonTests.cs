using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>Holders are warned two months and three days before.</summary>
public sealed class EarlyWarningPortal : Portal
{
    protected override IReadOnlyDictionary<string, string?> MoreSettings =>
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["Certificates:WarnDays:0"] = "60", ["Certificates:WarnDays:1"] = "3" };
}

/// <summary>The pages warn by the days of the mails.</summary>
public sealed class EndsSoonTests(EarlyWarningPortal portal) : IClassFixture<EarlyWarningPortal>
{
    [Theory]
    [InlineData(50, 100, "60", true)]
    [InlineData(10, 100, "60", false)]
    [InlineData(1, 7, "3", false)] // a week's certificate does not end soon all its life
    [InlineData(5, 7, "3", true)]
    [InlineData(1, 2, "0", false)]
    public async Task A_certificate_ends_soon_on_the_days_of_which_its_holder_is_told(int age, int life, string low, bool isSoon)
    {
        var listed = portal.NextMember();
        var recipe = new Recipe { From = TimeSpan.FromDays(-age), Lifetime = TimeSpan.FromDays(life) };
        var me = portal.Mill.Subject(listed.Subject, recipe) with { Email = listed.Email };
        var (visitor, account) = await portal.JoinAsync(me);
        visitor.Dispose();

        using var check = await portal.Visit(me).GetAsync(portal.Options.CertificateLink("/certificate"));
        using var browser = await portal.Visit().SignInAsync(account, Steps.Password);
        await browser.GetAsync("/me/certificates");

        Assert.Contains($" low=\"{low}\"", check.Html, StringComparison.Ordinal);
        Assert.Contains(me.Subject, browser.Text, StringComparison.Ordinal);
        Assert.Equal(isSoon, browser.Text.Contains("This certificate ends soon.", StringComparison.Ordinal));
        Assert.Contains($"<span class=\"tag {(isSoon ? "warn" : "good")}\">", browser.Html, StringComparison.Ordinal);
    }
}
