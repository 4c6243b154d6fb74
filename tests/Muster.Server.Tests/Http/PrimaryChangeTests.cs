using Muster.Core.Members;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>What stands between somebody else's hand on a session and the mail of its owner: everybody is told, and has the time to stop it.</summary>
public sealed class PrimaryChangeTests(AddressPortal portal) : IClassFixture<AddressPortal>
{
    private const string Api = AddressSteps.Api;

    [Fact]
    public async Task The_time_to_stop_a_change_begins_when_the_mail_about_it_went_out()
    {
        var (me, holder, account) = await portal.MemberAsync();
        using var _1 = me;
        var email = await portal.AddedAsync(me);

        using (portal.BreakMail())
        {
            await me.DoneAsync(Api + "/primary", new { email });
            await portal.PassAsync(TimeSpan.FromHours(25));
            Assert.Equal(holder.Email, Email(account));
        }
        await portal.SettleAgainAsync();
        using var old = await portal.Visit().GetAsync(await portal.LinkAsync(holder.Email, "/addresses/change/"));
        Assert.Equal(200, old.Status);
        await portal.LaterAsync(TimeSpan.FromHours(22));
        Assert.Equal(holder.Email, Email(account));
        await portal.LaterAsync(TimeSpan.FromHours(4));

        Assert.Equal(email, Email(account));
    }

    [Fact]
    public async Task Every_other_confirmed_address_is_told_too_and_can_stop_a_change_but_not_agree_to_it()
    {
        var (me, holder, account) = await portal.MemberAsync();
        using var _1 = me;
        var (email, spare) = (await portal.AddedAsync(me), await portal.AddedAsync(me, AddressSteps.Fresh("spare")));
        await me.DoneAsync(Api + "/primary", new { email });

        var link = await portal.LinkAsync(spare, "/addresses/change/");
        using var reader = await portal.Visit().GetAsync(link);
        Assert.DoesNotContain("Yes, change it now", reader.Text, StringComparison.Ordinal);
        await reader.PostAsync(("answer", "agree"));
        reader.AssertRefused(422, "address.old-one-agrees");
        await reader.GetAsync(link);
        await reader.PostAsync(("answer", "stop"));

        Assert.Equal("/addresses/answered?stopped", reader.Path);
        Assert.DoesNotContain(await portal.MailsAsync(email), m => m.Link("/addresses/change/") is not null);
        await portal.LaterAsync(TimeSpan.FromHours(25));
        Assert.Equal(holder.Email, Email(account));
        Assert.Equal(
            EmailAddress.Parse(spare).Value.Masked,
            portal.Read(
                "select actor_name from audit_records where action = 'address.primary-stopped' and member_id = @0",
                portal.MemberOf(account)
            )
        );
    }

    [Fact]
    public async Task It_is_not_asked_for_again_and_again_and_what_is_over_is_forgotten()
    {
        var (me, holder, account) = await portal.MemberAsync();
        using var _1 = me;
        var email = await portal.AddedAsync(me);

        for (var i = 0; i < 10; i++)
        {
            await me.DoneAsync(Api + "/primary", new { email });
            await me.DoneAsync(Api + "/primary/withdraw", new { });
        }
        await me.RefusedAsync(Api + "/primary", new { email }, "address.too-many-changes");
        Assert.Equal(10, (await portal.MailsAsync(holder.Email)).Count(m => m.Link("/addresses/change/") is not null));

        portal.Read("update primary_changes set ended_at = 1 where member_id = @0 returning id", portal.MemberOf(account)); // long ago
        await portal.LaterAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("0", portal.Read("select count(*) from primary_changes where member_id = @0", portal.MemberOf(account)));
    }

    [Fact]
    public async Task One_that_cannot_be_ended_does_not_keep_the_others_waiting()
    {
        var (broken, _, first) = await portal.MemberAsync();
        var (me, _, account) = await portal.MemberAsync();
        using var _1 = broken;
        using var _2 = me;
        await broken.DoneAsync(Api + "/primary", new { email = await portal.AddedAsync(broken) });
        var email = await portal.AddedAsync(me);
        portal.Tick(TimeSpan.FromSeconds(1));
        await me.DoneAsync(Api + "/primary", new { email });
        await portal.SettleAsync();
        portal.Read("update primary_changes set outcome = 'Nonsense' where member_id = @0 returning id", portal.MemberOf(first));

        await portal.LaterAsync(TimeSpan.FromHours(25));

        Assert.Equal(email, Email(account));
        portal.Read("delete from primary_changes where member_id = @0 returning id", portal.MemberOf(first));
    }

    [Fact]
    public async Task Whoever_reads_the_old_address_agrees_at_once_or_stops_it_and_only_once()
    {
        var (me, holder, account) = await portal.MemberAsync();
        using var _1 = me;
        var email = await portal.AddedAsync(me);
        await me.DoneAsync(Api + "/primary", new { email });
        using var old = await portal.Visit().GetAsync(await portal.LinkAsync(holder.Email, "/addresses/change/"));
        Assert.Contains(email, old.Text, StringComparison.Ordinal);
        using var again = await portal.Visit().GetAsync(await portal.LinkAsync(holder.Email, "/addresses/change/"));

        await old.PostAsync(("answer", "perhaps"));
        old.AssertRefused(422, "address.answer-missing");
        await old.GetAsync(await portal.LinkAsync(holder.Email, "/addresses/change/"));
        await old.PostAsync(("answer", "stop"));
        Assert.Equal("/addresses/answered?stopped", old.Path);
        await again.PostAsync(("answer", "agree"));
        again.AssertRefused(410, "address.change-over");
        Assert.Equal("The change of your primary address was stopped", (await portal.MailsAsync(email))[^1].Subject);
        await portal.LaterAsync(TimeSpan.FromHours(25));
        Assert.Equal(holder.Email, Email(account));

        await me.SignInAsync(account, Steps.Password);
        await me.DoneAsync(Api + "/primary", new { email });
        await old.GetAsync(await portal.LinkAsync(holder.Email, "/addresses/change/"));
        await old.PostAsync(("answer", "agree"));

        Assert.Equal("/addresses/answered", old.Path);
        Assert.Equal((email, "1"), (Email(account), Audited("address.primary-changed", account)));
        Assert.Equal("1", Audited("address.primary-stopped", account));
    }

    [Fact]
    public async Task One_change_at_a_time_which_can_be_withdrawn_and_goes_with_its_address()
    {
        var (me, holder, account) = await portal.MemberAsync();
        using var _1 = me;
        var (one, two) = (await portal.AddedAsync(me), await portal.AddedAsync(me));
        await me.DoneAsync(Api + "/primary", new { email = one });

        await me.RefusedAsync(Api + "/primary", new { email = two }, "address.change-open");
        await me.RefusedAsync(Api + "/remove", new { email = holder.Email }, "address.is-primary");
        await me.DoneAsync(Api + "/primary/withdraw", new { });
        await me.DoneAsync(Api + "/primary/withdraw", new { });
        await me.DoneAsync(Api + "/primary", new { email = two });
        await me.DoneAsync(Api + "/remove", new { email = two });

        await portal.LaterAsync(TimeSpan.FromHours(25));
        Assert.Equal(holder.Email, Email(account));
        await me.SignInAsync(account, Steps.Password);
        await me.RefusedAsync(Api + "/primary", new { email = holder.Email }, "address.is-primary");
    }

    private string Email(string account) => portal.Read("select email from accounts where name = @0", account);

    private string Audited(string action, string account) =>
        portal.Read("select count(*) from audit_records where action = @0 and member_id = @1", action, portal.MemberOf(account));
}
