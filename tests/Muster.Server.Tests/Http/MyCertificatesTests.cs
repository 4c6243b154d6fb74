using Microsoft.Extensions.DependencyInjection;
using Muster.Server.Operator.Demo;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>Several certificates for one person: added, asked for, suspended, warned of, and never taken from another.</summary>
public sealed class MyCertificatesTests(Portal portal) : IClassFixture<Portal>
{
    private const string Page = "/me/certificates";

    [Fact]
    public async Task A_second_certificate_is_added_in_the_browser_and_stands_for_the_same_person()
    {
        var (me, account) = await MemberAsync();
        var second = portal.Mill.Person("Second Self " + account);
        using var browser = await SignInAsync(second, account);

        await AddAsync(browser);

        Assert.StartsWith(Page + "?done=added", browser.Path, StringComparison.Ordinal);
        Assert.Contains(second.Subject, browser.Text, StringComparison.Ordinal);
        Assert.Contains(me.Subject, browser.Text, StringComparison.Ordinal);
        var mail = Assert.Single(
            await portal.MailsAsync(me.Email),
            m => m.Subject.StartsWith("A certificate was added", StringComparison.Ordinal)
        );
        Assert.Contains(second.Subject, mail.Text, StringComparison.Ordinal);
        Assert.Equal("1", Audited("certificate.added", account));
        // It is a full member of the family: the check knows it, and it re-issues.
        using var check = await portal.Visit(second).GetAsync(portal.Options.CertificateLink("/certificate"));
        Assert.Contains("It is on the members list", check.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_known_or_renewed_one_is_nothing_to_do_and_mails_nobody()
    {
        var (me, account) = await MemberAsync();
        using var browser = await SignInAsync(me, account);
        var mails = (await portal.MailsAsync(me.Email)).Count;

        await AddAsync(browser);
        Assert.StartsWith(Page + "?done=nothing", browser.Path, StringComparison.Ordinal);

        var renewed = portal.Mill.Subject(me.Subject, new Recipe { Lifetime = TimeSpan.FromDays(800) });
        using var later = await SignInAsync(renewed, account);
        await AddAsync(later);

        Assert.StartsWith(Page + "?done=nothing", later.Path, StringComparison.Ordinal);
        Assert.Equal(mails, (await portal.MailsAsync(me.Email)).Count);
        Assert.Equal("0", Audited("certificate.added", account));
        Assert.Equal("1", Audited("certificate.renewed", account));
        Assert.Contains("799 days left", later.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_another_member_is_refused_and_its_holder_is_told_whose_it_is()
    {
        var (other, name) = await MemberAsync();
        var (_, account) = await MemberAsync();
        using var browser = await SignInAsync(other, account);

        await AddAsync(browser);

        browser.AssertRefused(409, "certificate.linked-to");
        Assert.Contains($"already linked to {name}", browser.Text, StringComparison.Ordinal);
        Assert.Equal("0", Audited("certificate.added", account));
    }

    [Fact]
    public async Task What_was_presented_counts_for_minutes_and_cannot_be_made_up()
    {
        var (me, account) = await MemberAsync();
        using var browser = await SignInAsync(me, account);
        await browser.GetAsync(Page);
        await browser.PostFormAsync(Page + "/add\"");
        var confirm = browser.Path;
        await portal.LaterAsync(TimeSpan.FromMinutes(12));

        await browser.GetAsync(confirm);
        browser.AssertRefused(410, "certificate.link-over");
        await browser.GetAsync(Page + "/confirm?shown=AAAA");
        browser.AssertRefused(410, "certificate.link-over");
        await browser.GetAsync(portal.Options.CertificateLink("/certificates/add/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        browser.AssertRefused(410, "certificate.link-over");
    }

    [Fact]
    public async Task A_link_of_another_session_adds_nothing_to_either()
    {
        var (_, mine) = await MemberAsync();
        var (_, theirs) = await MemberAsync();
        using var mallory = await SignInAsync(null, mine);
        await mallory.GetAsync(Page);
        var token = portal
            .Services.GetRequiredService<Web.OneTimeLinks>()
            .Make(
                Web.OneTimeLinks.AddCertificate,
                Guid.Parse(portal.Read("select id from sessions where account_id = (select id from accounts where name = @0)", mine)),
                Enrolment.Certificates.ShownCertificate.Minute(portal.Now)
            );
        using var alice = await SignInAsync(portal.Mill.Person("Alice of " + theirs), theirs);

        await alice.GetAsync(portal.Options.CertificateLink("/certificates/add/" + token));

        alice.AssertRefused(410, "certificate.link-over");
        Assert.Equal(("0", "0"), (Audited("certificate.added", mine), Audited("certificate.added", theirs)));
    }

    [Fact]
    public async Task A_bad_certificate_is_not_added_and_the_reason_is_told()
    {
        var (_, account) = await MemberAsync();
        using var browser = await SignInAsync(portal.Authority[DemoCast.Expired], account);
        await browser.GetAsync(Page);

        await browser.PostFormAsync(Page + "/add\"");

        browser.AssertRefused(403, "certificate.expired");
    }

    [Fact]
    public async Task A_robots_subject_is_asked_for_and_approved_by_a_registrar()
    {
        var (me, account) = await MemberAsync();
        var subject = $"/DC=org/DC=demo-grid/C=DE/O=Mill/CN=Robot - Mover of {account}";
        using var browser = await SignInAsync(null, account);
        await AskAsync(browser, subject, "Moves the raw data at night");
        Assert.StartsWith(Page + "?done=asked", browser.Path, StringComparison.Ordinal);
        Assert.Contains("Waits for a registrar.", browser.Text, StringComparison.Ordinal);

        await AskAsync(browser, subject.ToUpperInvariant().Replace("/DC=ORG", "/DC=org", StringComparison.Ordinal), "Again");
        Assert.StartsWith(Page + "?done=nothing", browser.Path, StringComparison.Ordinal);

        using var desk = await portal.RegistrarAsync();
        await desk.GetAsync("/desk/certificates");
        Assert.Contains("Moves the raw data at night", desk.Text, StringComparison.Ordinal);
        var id = portal.Read("select id from certificate_requests where subject = @0", subject).ToLowerInvariant();
        var token = desk.Fields()["formToken"];
        await desk.PostFormAsync(id, ("decision", "approve"));
        Assert.Equal(200, desk.Status);

        await browser.GetAsync(Page);
        Assert.Contains("Approved.", browser.Text, StringComparison.Ordinal);
        Assert.Contains(await portal.MailsAsync(me.Email), m => m.Text.Contains("approved your request", StringComparison.Ordinal));
        Assert.Equal("1", portal.Read("select count(*) from member_certificates where subject = @0 and source = 'request'", subject));

        // Decided is decided.
        await desk.SendAsync(
            $"/desk/certificates/{id}",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["formToken"] = token,
                [$"words-{id}"] = "no",
                ["decision"] = "refuse",
            }
        );
        desk.AssertRefused(422, "certificate.request-closed");
    }

    [Fact]
    public async Task A_refusal_needs_words_and_carries_them_to_the_member()
    {
        var (me, account) = await MemberAsync();
        var subject = $"/DC=org/DC=demo-grid/C=DE/O=Mill/CN=Robot - Refused {account}";
        using var browser = await SignInAsync(null, account);
        await AskAsync(browser, subject, "Something");
        using var desk = await portal.RegistrarAsync();
        await desk.GetAsync("/desk/certificates");
        var id = portal.Read("select id from certificate_requests where subject = @0", subject).ToLowerInvariant();

        await desk.PostFormAsync(id, ("decision", "refuse"));
        desk.AssertRefused(422, "certificate.words-missing");
        await desk.PostFormAsync(id, ("decision", "refuse"), ($"words-{id}", "Ask your group first."));

        Assert.Equal(200, desk.Status);
        Assert.Contains(await portal.MailsAsync(me.Email), m => m.Text.Contains("Ask your group first.", StringComparison.Ordinal));
        Assert.Equal("0", portal.Read("select count(*) from member_certificates where subject = @0", subject));
    }

    [Fact]
    public async Task The_desk_is_told_whose_a_subject_is_and_the_asker_is_not()
    {
        var (other, _) = await MemberAsync();
        var (_, account) = await MemberAsync();
        using var browser = await SignInAsync(null, account);

        await AskAsync(browser, other.Subject, "I want to be somebody else");

        Assert.StartsWith(Page + "?done=asked", browser.Path, StringComparison.Ordinal);
        using var desk = await portal.RegistrarAsync();
        await desk.GetAsync("/desk/certificates");
        var id = portal.Read("select id from certificate_requests where subject = @0", other.Subject).ToLowerInvariant();
        var asked = desk.Html.Split("<section").Single(part => part.Contains(id, StringComparison.Ordinal));
        Assert.Contains("Already linked to", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"approve\"", asked, StringComparison.Ordinal);
        await desk.PostFormAsync(id, ("decision", "approve"));
        desk.AssertRefused(422, "certificate.linked-to");
    }

    [Fact]
    public async Task What_was_asked_for_and_then_added_from_the_browser_can_still_be_approved()
    {
        var (me, account) = await MemberAsync();
        var second = portal.Mill.Person("Found The Token " + account);
        using var browser = await SignInAsync(second, account);
        await AskAsync(browser, second.Subject, "My other machine");
        await AddAsync(browser);
        Assert.StartsWith(Page + "?done=added", browser.Path, StringComparison.Ordinal);

        using var desk = await portal.RegistrarAsync();
        await desk.GetAsync("/desk/certificates");
        var id = portal.Read("select id from certificate_requests where subject = @0", second.Subject).ToLowerInvariant();
        var asked = desk.Html.Split("<section").Single(part => part.Contains(id, StringComparison.Ordinal));
        Assert.Contains("added from the browser meanwhile", asked, StringComparison.Ordinal);
        Assert.Contains("value=\"approve\"", asked, StringComparison.Ordinal);
        await desk.PostFormAsync(id, ("decision", "approve"));

        Assert.Equal(200, desk.Status);
        Assert.DoesNotContain(id, desk.Html, StringComparison.Ordinal);
        Assert.Contains(await portal.MailsAsync(me.Email), m => m.Text.Contains("approved your request", StringComparison.Ordinal));
        Assert.Equal("browser", portal.Read("select source from member_certificates where subject = @0", second.Subject));
    }

    [Theory]
    [InlineData("Ada Lovelace", "because", "certificate.subject-unreadable")]
    [InlineData("", "because", "certificate.subject-unreadable")]
    [InlineData("/DC=org/CN=Robot - X", "", "certificate.purpose-missing")]
    public async Task A_request_that_says_nothing_is_refused_and_keeps_what_was_typed(string subject, string purpose, string code)
    {
        var (_, account) = await MemberAsync();
        using var browser = await SignInAsync(null, account);

        await AskAsync(browser, subject, purpose);

        browser.AssertRefused(422, code);
        Assert.Contains(subject, browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspended_one_opens_nothing_until_it_is_used_again()
    {
        var (me, account) = await MemberAsync();
        using var browser = await SignInAsync(me, account);
        await browser.GetAsync(Page);

        await browser.PostFormAsync(Page + "/suspend\"");

        Assert.StartsWith(Page + "?done=suspended", browser.Path, StringComparison.Ordinal);
        await browser.GetAsync(portal.Options.CertificateLink("/password/reissue"));
        browser.AssertRefused(403, "certificate.suspended");
        await browser.GetAsync(portal.Options.CertificateLink("/register/certificate"));
        browser.AssertRefused(403, "certificate.suspended");
        await browser.GetAsync(portal.Options.CertificateLink("/certificate"));
        browser.AssertRefused(200, "certificate.suspended");
        await AddAsync(browser);
        browser.AssertRefused(409, "certificate.suspended");

        await browser.GetAsync(Page);
        await browser.PostFormAsync(Page + "/resume\"");

        Assert.StartsWith(Page + "?done=resumed", browser.Path, StringComparison.Ordinal);
        await browser.GetAsync(portal.Options.CertificateLink("/password/reissue"));
        Assert.Equal(200, browser.Status);
        Assert.Equal(("1", "1"), (Audited("certificate.suspended", account), Audited("certificate.resumed", account)));
    }

    [Fact]
    public async Task One_that_is_suspended_and_resumed_within_a_second_can_be_suspended_again()
    {
        var (me, account) = await MemberAsync();
        using var browser = await SignInAsync(null, account);
        await browser.GetAsync(Page);

        foreach (var turn in new[] { "suspend", "resume", "suspend", "resume" })
        {
            await browser.PostFormAsync($"{Page}/{turn}\"");
            Assert.StartsWith($"{Page}?done={turn}", browser.Path, StringComparison.Ordinal);
        }

        Assert.Equal(("2", "2"), (Audited("certificate.suspended", account), Audited("certificate.resumed", account)));
        var mails = (await portal.MailsAsync(me.Email)).Select(m => m.Subject).ToList();
        Assert.Equal(2, mails.Count(s => s.EndsWith("is suspended", StringComparison.Ordinal)));
        Assert.Equal(2, mails.Count(s => s.EndsWith("counts again", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nobody_suspends_what_is_anothers()
    {
        var (other, _) = await MemberAsync();
        var (_, account) = await MemberAsync();
        using var browser = await SignInAsync(null, account);
        await browser.GetAsync(Page);

        await browser.PostFormAsync(
            Page + "/suspend\"",
            ("key", portal.Read("select key from member_certificates where subject = @0", other.Subject))
        );

        browser.AssertRefused(422, "certificate.not-yours");
        Assert.Equal(
            "0",
            portal.Read("select count(*) from member_certificates where suspended_at is not null and subject = @0", other.Subject)
        );
    }

    [Fact]
    public async Task Strangers_and_members_without_the_role_are_kept_out()
    {
        var (_, account) = await MemberAsync();
        using var stranger = portal.Visit();
        await stranger.GetAsync(Page);
        Assert.StartsWith("/sign-in", stranger.Path, StringComparison.Ordinal);
        using var member = await SignInAsync(null, account);

        await member.GetAsync("/desk/certificates");

        member.AssertRefused(403, "request.not-allowed");
    }

    private string Audited(string action, string account) =>
        portal.Read(
            "select count(*) from audit_records where action = @0 and account_id = (select id from accounts where name = @1)",
            action,
            account
        );

    private async Task<(DemoCertificate Holder, string Account)> MemberAsync()
    {
        var holder = portal.NextMember();
        var (visitor, account) = await portal.JoinAsync(holder);
        visitor.Dispose();
        return (holder, account);
    }

    private Task<Visitor> SignInAsync(DemoCertificate? holder, string account) => portal.Visit(holder).SignInAsync(account, Steps.Password);

    private static async Task AddAsync(Visitor browser)
    {
        await browser.GetAsync(Page);
        await browser.PostFormAsync(Page + "/add\"");
        Assert.StartsWith(Page + "/confirm?shown=", browser.Path, StringComparison.Ordinal);
        await browser.PostFormAsync("Add it");
    }

    private static async Task AskAsync(Visitor browser, string subject, string purpose)
    {
        await browser.GetAsync(Page);
        await browser.PostFormAsync(Page + "/ask\"", ("subject", subject), ("purpose", purpose));
    }
}
