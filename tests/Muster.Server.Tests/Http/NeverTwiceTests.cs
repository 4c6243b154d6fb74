using Xunit;

namespace Muster.Server.Tests.Http;

public sealed class NeverTwiceTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task The_same_form_sent_twice_is_one_registration()
    {
        var me = portal.NextMember();
        using var visitor = portal.Visit(me);
        await visitor.GetAsync(portal.Options.CertificateLink("/register/certificate"));
        var fields = new Dictionary<string, string>(visitor.Fields(), StringComparer.Ordinal) { ["email"] = me.Email, ["aup"] = "on" };
        var url = portal.Options.CertificateLink(visitor.Action());

        await visitor.SendAsync(url, fields);
        var first = visitor.Path;
        await visitor.SendAsync(url, fields);

        Assert.Equal(first, visitor.Path);
        Assert.Equal("1", Count(me.Email));
        Assert.Single(await portal.MailsAsync(me.Email));
    }

    [Fact]
    public async Task Two_browsers_that_submit_at_once_make_one_registration()
    {
        var me = portal.NextMember();
        var visitors = Enumerable.Range(0, 6).Select(_ => portal.Visit(me)).ToList();
        foreach (var visitor in visitors)
            await visitor.GetAsync(portal.Options.CertificateLink("/register/certificate"));

        await Task.WhenAll(visitors.Select(v => v.PostAsync(("email", me.Email), ("aup", "on"))));

        Assert.Single(visitors, v => v.Status == 200);
        Assert.Equal(5, visitors.Count(v => v.Status == 409));
        Assert.Equal("1", Count(me.Email));
        visitors.ForEach(v => v.Dispose());
    }

    [Fact]
    public async Task Two_clicks_at_once_make_one_account()
    {
        var me = portal.NextMember();
        using var visitor = await portal.RegisterAsync(me);
        var link = await portal.LinkAsync(me.Email, "/confirm/");
        var others = Enumerable.Range(0, 6).Select(_ => portal.Visit()).ToList();
        foreach (var other in others)
            await other.GetAsync(link);

        await Task.WhenAll(others.Select(o => o.PostAsync()));

        Assert.All(others, o => Assert.Equal(visitor.Path, o.Path));
        await portal.SettleAsync();
        Assert.Equal("1", portal.Read("select count(*) from accounts where email_key = @0", me.Email.ToLowerInvariant()));
        others.ForEach(o => o.Dispose());
    }

    [Fact]
    public async Task An_open_registration_is_shown_to_the_holder_of_the_certificate_with_the_way_on()
    {
        var me = portal.NextMember();
        using var first = await portal.RegisterAsync(me);

        using var again = await portal.Visit(me).GetAsync(portal.Options.CertificateLink("/register/certificate"));

        Assert.Contains(first.Reference(), again.Text, StringComparison.Ordinal);
        Assert.Contains("/registrations/", again.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(me.Email, again.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_account_is_shown_to_the_holder_of_the_certificate_with_the_way_on()
    {
        var me = portal.NextMember();
        var (_, account) = await portal.JoinAsync(me);

        using var again = await portal.Visit(me).GetAsync(portal.Options.CertificateLink("/register/certificate"));

        Assert.Contains(account, again.Text, StringComparison.Ordinal);
        Assert.Contains("/sign-in", again.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_does_not_learn_whether_an_address_is_known_but_its_owner_does()
    {
        var owner = portal.NextMember();
        var (_, account) = await portal.JoinAsync(owner);
        var known = portal.Issue("/DC=org/DC=demo-grid/C=XX/O=Nowhere/CN=First Stranger", owner.Email);
        var unknown = portal.Issue("/DC=org/DC=demo-grid/C=XX/O=Nowhere/CN=Second Stranger", "never.seen@nowhere.example");

        using var toKnown = await portal.RegisterAsync(known);
        using var toUnknown = await portal.RegisterAsync(unknown);
        await portal.SettleAsync(); // whether the mail has left yet is chance
        await toKnown.GetAsync(toKnown.Path);
        await toUnknown.GetAsync(toUnknown.Path);

        Assert.Equal(toUnknown.Status, toKnown.Status);
        Assert.Equal(Masked(toUnknown, unknown.Email), Masked(toKnown, known.Email));
        var mail = (await portal.MailsAsync(owner.Email))[^1];
        Assert.Contains(account, mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_account_name_is_refused_next_to_its_field()
    {
        var (_, account) = await portal.JoinAsync(portal.NextMember());

        using var visitor = await portal.RegisterAsync(portal.NextMember(), ("accountName", account));

        visitor.AssertRefused(422, "account-name.taken");
    }

    private string Count(string email) => portal.Read("select count(*) from registrations where email_key = @0", email.ToLowerInvariant());

    /// <summary>The page as anybody sees it, without what differs by nature: reference, address, name, times.</summary>
    private static string Masked(Visitor visitor, string email) =>
        System.Text.RegularExpressions.Regex.Replace(
            visitor
                .Text.Replace(email, "ADDRESS", StringComparison.OrdinalIgnoreCase)
                .Replace(visitor.Reference(), "REFERENCE", StringComparison.Ordinal),
            "\\d{1,2}:\\d{2}|First|Second",
            "*",
            System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
}
