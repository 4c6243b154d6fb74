using Xunit;

namespace Muster.Server.Tests.Http;

public sealed class ConfirmationTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_scanner_that_opens_the_link_confirms_nothing_but_a_person_who_presses_does()
    {
        var me = portal.NextMember();
        var visitor = await portal.RegisterAsync(me);
        var link = await portal.LinkAsync(me.Email, "/confirm/");

        var other = await portal.Visit().GetAsync(link);
        Assert.Equal("Draft", portal.Read("select state from registrations where reference = @0", visitor.Reference()));
        await other.PostAsync();

        Assert.Equal($"/registrations/{visitor.Reference()}", other.Path);
        await portal.SettleAsync();
        Assert.Equal("Provisioned", portal.Read("select state from registrations where reference = @0", visitor.Reference()));
    }

    [Fact]
    public async Task Clicking_again_and_again_is_harmless()
    {
        var me = portal.NextMember();
        var visitor = await portal.RegisterAsync(me);
        var link = await portal.LinkAsync(me.Email, "/confirm/");

        for (var click = 0; click < 3; click++)
        {
            await visitor.GetAsync(link);
            Assert.Equal($"/registrations/{visitor.Reference()}", visitor.Path);
        }

        await portal.SettleAsync();
        Assert.Equal("1", portal.Read("select count(*) from accounts where email_key = @0", me.Email.ToLowerInvariant()));
        Assert.Equal(
            "1",
            portal.Read(
                "select count(*) from audit_records where action = 'registration.email-confirmed' and registration_id = (select id from registrations where reference = @0)",
                visitor.Reference()
            )
        );
        Assert.Single(await portal.MailsAsync(me.Email), m => m.Link("/password/set/") is not null);
    }

    [Fact]
    public async Task The_link_ends_after_a_day_and_another_one_can_be_sent()
    {
        var me = portal.NextMember();
        var visitor = await portal.RegisterAsync(me);
        var page = visitor.Path;
        var link = await portal.LinkAsync(me.Email, "/confirm/");

        await portal.LaterAsync(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        (await visitor.GetAsync(link)).AssertRefused(410, "link.expired");
        await visitor.GetAsync(page);
        await visitor.PostFormAsync("/confirmation");
        var fresh = await portal.LinkAsync(me.Email, "/confirm/");

        Assert.NotEqual(link, fresh);
        Assert.Equal(410, (await visitor.GetAsync(link)).Status);
        await visitor.GetAsync(fresh);
        Assert.Equal(page, visitor.Path);
    }

    [Fact]
    public async Task A_wrong_address_can_be_corrected_and_the_first_link_is_dead_then()
    {
        var me = portal.Issue("/DC=org/DC=demo-grid/C=XX/O=Nowhere/CN=Typo Prone", "typo@wrong.example");
        var visitor = await portal.RegisterAsync(me);
        var page = visitor.Path;
        var first = await portal.LinkAsync(me.Email, "/confirm/");

        await portal.LaterAsync(TimeSpan.FromMinutes(2));
        await visitor.GetAsync(page);
        await visitor.PostFormAsync("/confirmation", ("email", "typo@right.example"));

        Assert.Equal(200, visitor.Status);
        Assert.Equal(410, (await visitor.GetAsync(first)).Status);
        await visitor.GetAsync(await portal.LinkAsync("typo@right.example", "/confirm/"));
        Assert.Equal(
            "typo@right.example AwaitingDecision",
            portal.Read("select email || ' ' || state from registrations where reference = @0", page.Split('/')[2])
        );
    }

    [Theory]
    [InlineData("/confirm/")]
    [InlineData("/password/set/")]
    public async Task A_forged_link_opens_nothing(string path)
    {
        var visitor = await portal.Visit().GetAsync(path + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");

        visitor.AssertRefused(404, "link.unknown");
    }
}
