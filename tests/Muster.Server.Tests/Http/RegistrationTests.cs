using Xunit;

namespace Muster.Server.Tests.Http;

public sealed class RegistrationTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_member_on_the_list_is_approved_by_rule_and_the_trail_names_the_rule()
    {
        var me = portal.NextMember();

        var (_, account) = await portal.JoinAsync(me);

        Assert.Matches("^[a-z]{4,8}[0-9]*$", account);
        Assert.Equal(
            "rule members-list.certificate-subject",
            portal.Read(
                "select actor_kind || ' ' || actor_name from audit_records a join accounts c on c.id = a.account_id where c.name = @0 and action = 'registration.approved'",
                account
            )
        );
        Assert.Equal("Active", portal.Read("select state from accounts where name = @0", account));
        Assert.Equal("1", portal.Read("select enabled from directory_entries where uid = @0", account));
    }

    [Fact]
    public async Task What_the_certificate_says_and_what_was_typed_are_both_kept()
    {
        var me = portal.NextMember();

        await portal.RegisterAsync(me, ("given", "Another"), ("native", "別の名"));

        Assert.Equal(
            "Another|別の名",
            portal.Read("select given || '|' || native from registrations where email_key = @0", me.Email.ToLowerInvariant())
        );
        Assert.Equal(
            CommonName(me.Subject),
            portal.Read("select certificate_names from registrations where email_key = @0", me.Email.ToLowerInvariant())
        );
    }

    [Fact]
    public async Task An_address_that_differs_from_the_list_is_explained_with_the_way_out()
    {
        var me = portal.NextMember();

        var visitor = await portal.RegisterAsync(me, ("email", "somebody.else@example.org"));

        visitor.AssertRefused(422, "registration.email-differs");
        var besidesTheSubject = visitor.Text.Replace(CommonName(me.Subject), "", StringComparison.Ordinal);
        Assert.DoesNotContain(me.Email, besidesTheSubject, StringComparison.OrdinalIgnoreCase);
        await visitor.PostAsync(("email", "somebody.else@example.org"), ("aup", "on"), ("askRegistrar", "on"));
        await visitor.GetAsync(await portal.LinkAsync("somebody.else@example.org", "/confirm/"));
        Assert.Equal("AwaitingDecision", portal.Read("select state from registrations where reference = @0", visitor.Reference()));
    }

    [Fact]
    public async Task Every_fault_of_the_form_is_told_at_once_and_nothing_typed_is_lost()
    {
        var me = portal.NextMember();

        var visitor = await portal.RegisterAsync(
            me,
            ("family", ""),
            ("given", ""),
            ("email", "no address"),
            ("accountName", "X"),
            ("aup", ""),
            ("native", "Ωmega")
        );

        visitor.AssertRefused(422, "email.malformed");
        visitor.AssertRefused(422, "aup.not-accepted");
        Assert.Contains("Ωmega", System.Net.WebUtility.HtmlDecode(visitor.Html), StringComparison.Ordinal);
        Assert.Contains("value=\"no address\"", visitor.Html, StringComparison.Ordinal);
        Assert.Equal("0", portal.Read("select count(*) from registrations where certificate_subject = @0", me.Subject));
    }

    [Theory]
    [InlineData("expired", "certificate.expired")]
    [InlineData("revoked", "certificate.revoked")]
    [InlineData("unknown-ca", "certificate.")]
    public async Task A_certificate_that_does_not_hold_is_refused_with_the_reason(string name, string code)
    {
        var visitor = portal.Visit(portal.Authority[name]);

        await visitor.GetAsync(portal.Options.CertificateLink("/register/certificate"));

        Assert.Equal(403, visitor.Status);
        Assert.Contains(code, visitor.Html, StringComparison.Ordinal);
        var (status, body) = await visitor.JsonAsync(
            HttpMethod.Post,
            portal.Options.CertificateLink("/api/registrations"),
            new { email = "a@b.example" }
        );
        Assert.Equal(403, status);
        Assert.StartsWith(code, body.GetProperty("code").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_certificate_the_door_says_what_to_do()
    {
        var visitor = portal.Visit();

        await visitor.GetAsync(portal.Options.CertificateLink("/register/certificate"));

        visitor.AssertRefused(403, "certificate.none");
    }

    [Fact]
    public async Task Somebody_not_on_the_list_waits_for_a_registrar()
    {
        var stranger = portal.Authority["not-on-list"];
        var visitor = await portal.RegisterAsync(stranger);

        await visitor.GetAsync(await portal.LinkAsync(stranger.Email, "/confirm/"));

        var reference = visitor.Reference();
        Assert.Equal(
            "AwaitingDecision not-on-list",
            portal.Read("select state || ' ' || wait_reasons from registrations where reference = @0", reference)
        );
        var registrar = await portal.RegistrarAsync();
        await registrar.GetAsync("/desk/registrations");
        Assert.Contains(reference, registrar.Text, StringComparison.Ordinal);
        await registrar.GetAsync($"/desk/registrations/{reference}");
        Assert.Contains(stranger.Subject, registrar.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registrar_approves_a_member_with_another_address_and_is_named_in_the_trail()
    {
        var me = portal.NextMember();
        var visitor = await portal.RegisterAsync(me, ("email", "moved@elsewhere.example"), ("askRegistrar", "on"));
        await visitor.GetAsync(await portal.LinkAsync("moved@elsewhere.example", "/confirm/"));
        var reference = visitor.Reference();
        Assert.Equal("AwaitingDecision", portal.Read("select state from registrations where reference = @0", reference));

        var registrar = await portal.RegistrarAsync();
        await registrar.GetAsync($"/desk/registrations/{reference}");
        await registrar.PostFormAsync("/approve", ("note", "seen in person"));

        Assert.Equal(200, registrar.Status);
        await portal.SettleAsync();
        Assert.Equal(
            "account:registrar seen in person",
            portal.Read("select decided_by || ' ' || decision_note from registrations where reference = @0", reference)
        );
        Assert.NotNull((await portal.MailsAsync("moved@elsewhere.example"))[^1].Link("/password/set/"));
        await registrar.GetAsync($"/desk/registrations/{reference}");
        Assert.DoesNotContain("/approve", registrar.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registrar_refuses_in_words_that_the_applicant_reads()
    {
        var me = portal.Issue("/DC=org/DC=demo-grid/C=XX/O=Nowhere/CN=Nobody Atall", "nobody@nowhere.example");
        var visitor = await portal.RegisterAsync(me);
        await visitor.GetAsync(await portal.LinkAsync(me.Email, "/confirm/"));
        var reference = visitor.Reference();

        var registrar = await portal.RegistrarAsync();
        await registrar.GetAsync($"/desk/registrations/{reference}");
        await registrar.PostFormAsync("/refuse", ("words", ""));
        Assert.Equal("AwaitingDecision", portal.Read("select state from registrations where reference = @0", reference));
        await registrar.GetAsync($"/desk/registrations/{reference}");
        await registrar.SendAsync(
            $"/desk/registrations/{reference}/refuse",
            [.. registrar.Fields().Where(f => f.Key == "formToken"), new("words", "Please ask your institute first.")]
        );

        Assert.Equal("Refused", portal.Read("select state from registrations where reference = @0", reference));
        Assert.Contains("Please ask your institute first.", (await portal.MailsAsync(me.Email))[^1].Text, StringComparison.Ordinal);
        await visitor.GetAsync($"/registrations/{reference}");
        Assert.Contains("Please ask your institute first.", visitor.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_desk_is_closed_to_everybody_else()
    {
        var (member, account) = await portal.JoinAsync(portal.NextMember());
        await member.SignInAsync(account, Steps.Password);

        await member.GetAsync("/desk/registrations");
        member.AssertRefused(403, "request.not-allowed");
        await member.GetAsync("/me");
        var token = member.Fields().Where(f => f.Key == "formToken");
        await member.SendAsync("/desk/registrations/R-AAAA-AAAA/approve", [.. token, new("member", Guid.Empty.ToString())]);
        Assert.Equal(403, member.Status);
        var stranger = await portal.Visit().GetAsync("/desk/registrations");
        Assert.StartsWith("/sign-in", stranger.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_status_page_is_as_unknown_as_one_that_does_not_exist()
    {
        var mine = await portal.RegisterAsync(portal.NextMember());

        var other = await portal.Visit().GetAsync($"/registrations/{mine.Reference()}");
        var none = await portal.Visit().GetAsync("/registrations/R-AAAA-AAAA");

        other.AssertRefused(404, "registration.unknown");
        none.AssertRefused(404, "registration.unknown");
    }

    // A subject may itself carry the holder's address, as those of several national authorities do.
    private static string CommonName(string subject) => subject[(subject.LastIndexOf("CN=", StringComparison.Ordinal) + 3)..];
}
