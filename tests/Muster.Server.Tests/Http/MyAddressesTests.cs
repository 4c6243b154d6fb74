using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>A member's own addresses: each confirmed where its mail is read, and the primary one changed at both ends.</summary>
public sealed class MyAddressesTests(AddressPortal portal) : IClassFixture<AddressPortal>
{
    private const string Page = "/me/addresses";
    private const string Api = AddressSteps.Api;

    [Fact]
    public async Task An_address_counts_once_its_link_was_pressed_in_any_browser_and_looking_at_it_does_nothing()
    {
        var (me, holder, account) = await portal.MemberAsync();
        using var _ = me;
        var email = AddressSteps.Fresh();

        await me.GetAsync(Page);
        await me.PostFormAsync("type=\"email\"", ("email", email));
        Assert.Equal(Page + "?done=asked", me.Path);
        Assert.Contains("waits for confirmation", me.Text, StringComparison.Ordinal);
        using var scanner = portal.Visit();
        var link = await portal.LinkAsync(email, "/addresses/confirm/");
        await scanner.GetAsync(link);
        await scanner.GetAsync(link);
        Assert.Equal([holder.Email], (await me.AddressesAsync()).Emails());
        Assert.Empty((await FindAsync(email)));

        await scanner.PostAsync();
        Assert.Equal("/addresses/confirmed", scanner.Path);

        var known = await me.AddressesAsync();
        Assert.Equal([holder.Email, email], known.Emails());
        Assert.Equal(holder.Email, known.Primary());
        Assert.Empty(known.Emails("waiting"));
        Assert.Equal([Guid.Parse(portal.MemberOf(account))], await FindAsync(email));
        Assert.Contains(await portal.MailsAsync(holder.Email), m => m.Subject == "An address was added to your record");
        await scanner.GetAsync(link);
        scanner.AssertRefused(410, "link.used");
        Assert.Equal("1", Audited("address.confirmed", account));
        Assert.Equal(
            "mailbox",
            portal.Read(
                "select actor_kind from audit_records where action = 'address.confirmed' and member_id = @0",
                portal.MemberOf(account)
            )
        );
    }

    [Fact]
    public async Task What_a_member_is_told_does_not_depend_on_whose_address_it_is()
    {
        var (other, holder, _) = await portal.MemberAsync();
        other.Dispose();
        var (me, _, account) = await portal.MemberAsync();
        using var _1 = me;
        var unknown = AddressSteps.Fresh();
        var toOther = (await portal.MailsAsync(holder.Email)).Count;

        var first = await me.AddAsync(unknown);
        var second = await me.AddAsync(holder.Email);

        static string Shape(System.Text.Json.JsonElement answer, string email) =>
            System.Text.RegularExpressions.Regex.Replace(
                answer.GetProperty("waiting").EnumerateArray().Single(w => w.GetProperty("email").GetString() == email).ToString(),
                "\"(request|email|requestedAt|sentAt|expiresAt)\":\"[^\"]*\"",
                "$1"
            );
        Assert.Equal(Shape(first, unknown), Shape(second, holder.Email));
        var mail = Assert.Single((await portal.MailsAsync(holder.Email)).Skip(toOther));
        Assert.Equal((await portal.MailsAsync(unknown))[0].Subject, mail.Subject);

        // Only who reads that mail learns it, and the holder hears of it.
        using var reader = await portal.ConfirmAsync(holder.Email);
        reader.AssertRefused(409, "address.of-another");
        await reader.GetAsync(await portal.LinkAsync(holder.Email, "/addresses/confirm/"));
        reader.AssertRefused(410, "address.withdrawn");
        Assert.Equal("Somebody tried to add your address", (await portal.MailsAsync(holder.Email))[^1].Subject);
        Assert.DoesNotContain(holder.Email, (await me.AddressesAsync()).Emails());
        Assert.Equal("1", Audited("address.refused", account));
    }

    [Fact]
    public async Task Of_two_who_ask_for_one_address_whoever_confirms_first_has_it()
    {
        var (one, _, _) = await portal.MemberAsync();
        var (two, _, _) = await portal.MemberAsync();
        using var _1 = one;
        using var _2 = two;
        var email = AddressSteps.Fresh("shared");
        await one.AddAsync(email);
        var first = await portal.LinkAsync(email, "/addresses/confirm/");
        await two.AddAsync(email);
        var second = await portal.LinkAsync(email, "/addresses/confirm/");
        using var a = await portal.Visit().GetAsync(first);
        using var b = await portal.Visit().GetAsync(second);

        await Task.WhenAll(a.PostAsync(), b.PostAsync());

        Assert.Equal(
            ["/addresses/confirmed", "409"],
            new[] { a, b }.Select(v => v.Status == 200 ? v.Path : $"{v.Status}").Order(StringComparer.Ordinal)
        );
        Assert.Equal("1", portal.Read("select count(*) from member_emails where \"key\" = @0", email));
    }

    [Fact]
    public async Task A_link_expires_is_replaced_by_the_next_one_and_is_not_sent_for_ever()
    {
        var (me, _, account) = await portal.MemberAsync();
        using var _1 = me;
        var email = AddressSteps.Fresh();
        var request = (await me.AddAsync(email)).GetProperty("waiting")[0].GetProperty("request").GetGuid();
        var first = await portal.LinkAsync(email, "/addresses/confirm/");

        await me.AddAsync(email); // pressed twice is once
        await me.RefusedAsync(Api + "/resend", new { request }, "address.mail-just-sent");
        Assert.Single(await portal.MailsAsync(email));
        await portal.LaterAsync(TimeSpan.FromMinutes(3));
        await me.DoneAsync(Api + "/resend", new { request });

        using var reader = await portal.Visit().GetAsync(first);
        reader.AssertRefused(410, "link.replaced");
        await portal.LaterAsync(TimeSpan.FromDays(1));
        await portal.LaterAsync(TimeSpan.FromDays(1));
        await reader.GetAsync(await portal.LinkAsync(email, "/addresses/confirm/"));
        reader.AssertRefused(410, "link.expired");
        await me.SignInAsync(account, Steps.Password);
        await me.DoneAsync(Api + "/resend", new { request });
        await portal.LaterAsync(TimeSpan.FromMinutes(3));
        await me.RefusedAsync(Api + "/resend", new { request }, "address.too-many-mails");
        using var done = await portal.ConfirmAsync(email);
        Assert.Equal("/addresses/confirmed", done.Path);
        await me.RefusedAsync(Api + "/resend", new { request }, "address.request-closed");
    }

    [Fact]
    public async Task Only_some_wait_at_once_and_one_that_is_forgotten_opens_nothing()
    {
        var (me, _, _) = await portal.MemberAsync();
        using var _1 = me;
        var email = AddressSteps.Fresh();
        var request = (await me.AddAsync(email)).GetProperty("waiting")[0].GetProperty("request").GetGuid();
        await me.AddAsync(AddressSteps.Fresh());
        await me.RefusedAsync(Api, new { email = AddressSteps.Fresh() }, "address.too-many-open");

        await me.DoneAsync(Api + "/withdraw", new { request });
        await me.DoneAsync(Api + "/withdraw", new { request });

        using var reader = await portal.Visit().GetAsync(await portal.LinkAsync(email, "/addresses/confirm/"));
        reader.AssertRefused(410, "address.withdrawn");
        Assert.Single((await me.AddressesAsync()).Emails("waiting"));
    }

    [Theory]
    [InlineData("", "email.missing")]
    [InlineData("not an address", "email.malformed")]
    [InlineData("a@b.example\r\nBcc: c@d.example", "email.malformed")]
    [InlineData("me@COLLAB.example", "address.own-domain")]
    public async Task What_cannot_be_added_is_refused(string email, string code)
    {
        using var me = await portal.RegistrarAsync();

        await me.RefusedAsync(Api, new { email }, code);
    }

    [Fact]
    public async Task Made_up_links_and_requests_of_others_open_nothing()
    {
        var (me, _, _) = await portal.MemberAsync();
        var (other, _, _) = await portal.MemberAsync();
        using var _1 = me;
        using var _2 = other;
        var email = AddressSteps.Fresh();
        var request = (await me.AddAsync(email)).GetProperty("waiting")[0].GetProperty("request").GetGuid();

        await other.RefusedAsync(Api + "/resend", new { request }, "address.request-unknown");
        await other.RefusedAsync(Api + "/withdraw", new { request }, "address.request-unknown");
        await other.RefusedAsync(Api + "/withdraw", new { request = "' or 1=1 --" }, "address.request-unknown");
        await other.RefusedAsync(Api + "/remove", new { email }, "address.unknown");
        await other.RefusedAsync(Api + "/primary", new { email }, "address.unknown");
        var link = await portal.LinkAsync(email, "/addresses/confirm/");
        var token = link[(link.LastIndexOf('/') + 1)..];
        foreach (
            var path in (string[])
                [
                    "/addresses/confirm/nothing",
                    $"/addresses/confirm/{token[..^1]}{(token[^1] == 'A' ? 'B' : 'A')}",
                    $"/addresses/change/{token}",
                    $"/confirm/{token}",
                ]
        )
        {
            await other.GetAsync(path);
            other.AssertRefused(404, "link.unknown");
        }
        Assert.Equal([email], (await me.AddressesAsync()).Emails("waiting"));
    }

    [Fact]
    public async Task One_that_is_removed_stays_findable_and_the_primary_one_stays()
    {
        var (me, holder, account) = await portal.MemberAsync();
        using var _1 = me;
        var email = await portal.AddedAsync(me);

        await me.RefusedAsync(Api + "/remove", new { email = holder.Email }, "address.is-primary");
        await me.GetAsync(Page);
        await me.PostFormAsync(Page + "/remove", ("email", email.ToUpperInvariant()));

        Assert.Equal(Page + "?done=removed", me.Path);
        var known = await me.DoneAsync(Api + "/remove", new { email }); // twice is once
        Assert.Equal([holder.Email], known.Emails());
        Assert.Equal([email], known.Emails("former"));
        Assert.Equal([Guid.Parse(portal.MemberOf(account))], await FindAsync(email));
        Assert.Equal("An address was removed from your record", (await portal.MailsAsync(email))[^1].Subject);
        Assert.Equal("1", Audited("address.removed", account));
        // It is nobody's now: another member may confirm it.
        var (next, _, _) = await portal.MemberAsync();
        using var _2 = next;
        await portal.AddedAsync(next, email);
    }

    [Fact]
    public async Task One_that_is_removed_before_its_link_was_followed_does_not_come_back_by_it()
    {
        var (me, _, account) = await portal.MemberAsync();
        using var _1 = me;
        using var desk = await portal.RegistrarAsync();
        var email = AddressSteps.Fresh();
        await desk.DoneAsync($"/api/people/{portal.MemberOf(account)}/addresses", new { email, reason = "her card" });
        using var reader = await portal.Visit().GetAsync(await portal.LinkAsync(email, "/addresses/confirm/"));

        await me.DoneAsync(Api + "/remove", new { email });
        await reader.PostAsync();

        reader.AssertRefused(410, "address.withdrawn");
        Assert.DoesNotContain(email, (await me.AddressesAsync()).Emails());
    }

    [Fact]
    public async Task Mails_to_a_stranger_are_counted_whatever_is_forgotten_and_whoever_asks()
    {
        var (one, _, _) = await portal.MemberAsync();
        var (two, _, _) = await portal.MemberAsync();
        using var _1 = one;
        using var _2 = two;
        var email = AddressSteps.Fresh("stranger");

        await AskAndForgetAsync(one);
        await one.RefusedAsync(Api, new { email }, "address.mail-just-sent");
        await portal.LaterAsync(TimeSpan.FromMinutes(3));
        await AskAndForgetAsync(one);
        await AskAndForgetAsync(two);
        await portal.LaterAsync(TimeSpan.FromMinutes(3));

        await one.RefusedAsync(Api, new { email }, "address.too-many-mails");
        await two.RefusedAsync(Api, new { email }, "address.too-many-mails");
        Assert.Equal(3, (await portal.MailsAsync(email)).Count);

        async Task AskAndForgetAsync(Visitor who)
        {
            var waiting = (await who.AddAsync(email)).GetProperty("waiting");
            await who.DoneAsync(Api + "/withdraw", new { request = waiting[0].GetProperty("request").GetGuid() });
        }
    }

    [Fact]
    public async Task Another_primary_address_is_told_to_the_old_one_and_comes_when_nobody_stops_it()
    {
        var (me, holder, account) = await portal.MemberAsync();
        using var _1 = me;
        var email = await portal.AddedAsync(me);

        await me.GetAsync(Page);
        await me.PostFormAsync(Page + "/primary\"");
        Assert.Equal(Page + "?done=primary-asked", me.Path);
        await me.DoneAsync(Api + "/primary", new { email }); // pressed twice is once
        Assert.Equal(holder.Email, (await me.AddressesAsync()).Primary());
        var mail = Assert.Single(await portal.MailsAsync(holder.Email), m => m.Subject == "Your primary address is about to change");
        Assert.Contains(email, mail.Text, StringComparison.Ordinal);

        await portal.LaterAsync(TimeSpan.FromHours(23));
        Assert.Equal(holder.Email, Account("email", account));
        await portal.LaterAsync(TimeSpan.FromHours(2));

        Assert.Equal(email, Account("email", account));
        Assert.Equal(email, portal.Read("select mail from directory_entries where uid = @0", account));
        Assert.Equal("Your primary address has changed", (await portal.MailsAsync(email))[^1].Subject);
        Assert.Equal("Your primary address has changed", (await portal.MailsAsync(holder.Email))[^1].Subject);
        await me.SignInAsync(account, Steps.Password);
        Assert.Equal([email, holder.Email], (await me.AddressesAsync()).Emails());
        using var late = await portal.Visit().GetAsync(mail.Link("/addresses/change/")!); // is in it
        late.AssertRefused(410, "address.change-over");
        // From now on a forgotten password is mailed to the new one.
        using var forgetful = await portal.Visit().GetAsync("/password/forgot");
        await forgetful.PostAsync(("account", account));
        Assert.Contains("Set a new password", (await portal.MailsAsync(email))[^1].Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_presses_at_the_same_moment_are_one()
    {
        var (me, holder, account) = await portal.MemberAsync();
        using var _1 = me;
        var email = AddressSteps.Fresh();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => me.JsonAsync(HttpMethod.Post, Api, new { email })));
        Assert.Single(await portal.MailsAsync(email));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PressAsync(email)));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => me.JsonAsync(HttpMethod.Post, Api + "/primary", new { email })));
        await portal.LaterAsync(TimeSpan.FromHours(25));

        Assert.Equal(("1", "1"), (Audited("address.confirmed", account), Audited("address.primary-changed", account)));
        Assert.Equal(email, Account("email", account));
        Assert.Single(await portal.MailsAsync(holder.Email), m => m.Subject == "Your primary address is about to change");
    }

    [Fact]
    public async Task A_copy_of_everything_holds_addresses_of_every_kind()
    {
        var (me, _, _) = await portal.MemberAsync();
        using var _1 = me;
        var email = await portal.AddedAsync(me);
        await me.DoneAsync(Api + "/remove", new { email });

        var (_, copy) = await me.JsonAsync(HttpMethod.Get, "/api/me/copy");

        Assert.Equal(email, copy.GetProperty("formerEmails")[0].GetProperty("address").GetString());
        Assert.Equal(email, copy.GetProperty("addressRequests")[0].GetProperty("address").GetString());
        Assert.NotEmpty(copy.GetProperty("collaborationAddresses")[0].GetProperty("localPart").GetString()!);
        Assert.NotNull(copy.GetProperty("emails")[0].GetProperty("confirmed").GetString());
        Assert.DoesNotContain("Copied.", (await me.GetAsync("/me/copy")).Text, StringComparison.Ordinal);
    }

    private async Task PressAsync(string email)
    {
        using var reader = await portal.Visit().GetAsync(await portal.LinkAsync(email, "/addresses/confirm/"));
        if (reader.Status == 200)
            await reader.PostAsync();
    }

    private async Task<List<Guid>> FindAsync(string question)
    {
        using var desk = await portal.RegistrarAsync();
        return (await desk.FindAsync(question)).Ids();
    }

    private string Account(string column, string account) => portal.Read($"select {column} from accounts where name = @0", account);

    private string Audited(string action, string account) =>
        portal.Read("select count(*) from audit_records where action = @0 and member_id = @1", action, portal.MemberOf(account));
}
