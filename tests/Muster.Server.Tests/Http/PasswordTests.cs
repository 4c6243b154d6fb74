using Xunit;

namespace Muster.Server.Tests.Http;

public sealed class PasswordTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_name_in_its_own_script_is_no_part_of_a_password_either()
    {
        var me = portal.NextMember();
        using var visitor = await portal.RegisterAsync(me, ("native", "山田 花子"));
        await visitor.GetAsync(await portal.LinkAsync(me.Email, "/confirm/"));
        await visitor.GetAsync(await portal.LinkAsync(me.Email, "/password/set/"));

        await visitor.PostAsync(("password", "the river 花子 runs to the sea"), ("repeat", "the river 花子 runs to the sea"));

        visitor.AssertRefused(400, "password.contains-name");
    }

    [Fact]
    public async Task All_reasons_against_a_password_are_told_at_once_on_the_page_and_while_typing()
    {
        var me = portal.NextMember();
        using var visitor = await portal.RegisterAsync(me);
        await visitor.GetAsync(await portal.LinkAsync(me.Email, "/confirm/"));
        var link = await portal.LinkAsync(me.Email, "/password/set/");
        var account = portal.Read("select name from accounts where email_key = @0", me.Email.ToLowerInvariant());

        await visitor.GetAsync(link);
        await visitor.PostAsync(("password", account), ("repeat", account));
        visitor.AssertRefused(400, "password.too-short");
        visitor.AssertRefused(400, "password.contains-account-name");
        Assert.DoesNotContain(
            $"value=\"{account}\"",
            string.Concat(
                System
                    .Text.RegularExpressions.Regex.Matches(
                        visitor.Html,
                        "<input[^>]*type=\"password\"[^>]*>",
                        System.Text.RegularExpressions.RegexOptions.None,
                        TimeSpan.FromSeconds(1)
                    )
                    .Select(m => m.Value)
            ),
            StringComparison.Ordinal
        );

        var (_, typed) = await visitor.JsonAsync(
            HttpMethod.Post,
            "/api/password-check",
            new { password = account, token = link.Split('/')[^1] }
        );
        var live = typed
            .GetProperty("reasons")
            .EnumerateArray()
            .Select(r => r.GetProperty("code").GetString())
            .Order(StringComparer.Ordinal);
        Assert.Contains("password.too-short", live);
        Assert.Contains("password.contains-account-name", live);
    }

    [Theory]
    [InlineData("1q2w3e4r5t6y7u8i9o0p")]
    [InlineData("1234567890123456")]
    public async Task A_common_password_is_refused(string password)
    {
        using var visitor = portal.Visit();

        var (_, answer) = await visitor.JsonAsync(HttpMethod.Post, "/api/password-check", new { password });

        Assert.False(answer.GetProperty("ok").GetBoolean(), answer.ToString());
    }

    [Fact]
    public async Task The_link_sets_one_password_and_is_used_up()
    {
        var me = portal.NextMember();
        var (visitor, account) = await portal.JoinAsync(me);
        var link = (await portal.MailsAsync(me.Email)).Select(m => m.Link("/password/set/")).Last(l => l is not null)!;

        Assert.Equal(410, (await visitor.GetAsync(link)).Status);
        await visitor.SignInAsync(account, Steps.Password);
        Assert.Equal("/me", visitor.Path);
        visitor.Dispose();
    }

    [Fact]
    public async Task The_initial_password_reminds_after_two_and_four_days_locks_after_five_and_is_issued_again()
    {
        var me = portal.NextMember();
        using var visitor = await portal.RegisterAsync(me);
        await visitor.GetAsync(await portal.LinkAsync(me.Email, "/confirm/"));
        await portal.SettleAsync();
        var mails = (await portal.MailsAsync(me.Email)).Count;

        await portal.LaterAsync(TimeSpan.FromDays(2) + TimeSpan.FromMinutes(1));
        Assert.Equal(mails + 1, (await portal.MailsAsync(me.Email)).Count);
        await portal.LaterAsync(TimeSpan.FromDays(2));
        Assert.Equal(mails + 2, (await portal.MailsAsync(me.Email)).Count);
        var link = await portal.LinkAsync(me.Email, "/password/set/");
        Assert.Equal(200, (await visitor.GetAsync(link)).Status);

        await portal.LaterAsync(TimeSpan.FromDays(1));
        Assert.Equal("Locked", State(me.Email));
        Assert.Equal("0", portal.Read("select enabled from directory_entries where mail = @0", me.Email));
        Assert.Equal(410, (await visitor.GetAsync(link)).Status);

        using var holder = portal.Visit(portal.Issue(me.Subject, me.Email));
        await holder.GetAsync(portal.Options.CertificateLink("/password/reissue"));
        await holder.PostAsync();
        Assert.StartsWith("/password/set/", holder.Path, StringComparison.Ordinal);
        await holder.PostAsync(("password", Steps.Password), ("repeat", Steps.Password));
        await portal.SettleAsync();
        Assert.Equal("Active", State(me.Email));
        Assert.Equal("1", portal.Read("select enabled from directory_entries where mail = @0", me.Email));
    }

    [Fact]
    public async Task A_registrar_issues_again_and_the_person_gets_the_link()
    {
        var me = portal.NextMember();
        using var visitor = await portal.RegisterAsync(me);
        await visitor.GetAsync(await portal.LinkAsync(me.Email, "/confirm/"));
        await portal.LaterAsync(TimeSpan.FromDays(5) + TimeSpan.FromMinutes(1));
        var account = portal.Read("select name from accounts where email_key = @0", me.Email.ToLowerInvariant());
        using var registrar = await portal.RegistrarAsync();
        var token = registrar.Fields().Where(f => f.Key == "formToken");

        await registrar.SendAsync($"/desk/accounts/{account}/reissue", token);

        Assert.Equal(200, registrar.Status);
        Assert.Equal("InitialPassword", State(me.Email));
        Assert.Equal(200, (await visitor.GetAsync(await portal.LinkAsync(me.Email, "/password/set/"))).Status);
    }

    private string State(string email) => portal.Read("select state from accounts where email_key = @0", email.ToLowerInvariant());
}
