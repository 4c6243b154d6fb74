using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Muster.Server.Tests.Http;

public sealed class BadInputTests(Portal portal) : IClassFixture<Portal>
{
    private string Form => portal.Options.CertificateLink("/register/certificate");

    [Fact]
    public async Task A_form_without_its_token_is_refused_and_changes_nothing()
    {
        var me = portal.NextMember();
        using var visitor = await portal.Visit(me).GetAsync(Form);
        var fields = new Dictionary<string, string>(visitor.Fields(), StringComparer.Ordinal) { ["email"] = me.Email, ["aup"] = "on" };
        fields.Remove("formToken");

        await visitor.SendAsync(Form, fields);

        visitor.AssertRefused(400, "form.stale");
        Assert.Equal("0", portal.Read("select count(*) from registrations where certificate_subject = @0", me.Subject));
    }

    [Fact]
    public async Task A_token_of_another_browser_is_refused()
    {
        var me = portal.NextMember();
        using var visitor = await portal.Visit(me).GetAsync(Form);
        using var other = await portal.Visit(me).GetAsync(Form);
        var token = other.Fields()["formToken"];

        await visitor.PostAsync(("email", me.Email), ("aup", "on"), ("formToken", token));

        visitor.AssertRefused(400, "form.stale");
    }

    [Theory]
    [InlineData("given", 5_000)]
    [InlineData("native", 5_000)]
    [InlineData("email", 5_000)]
    [InlineData("accountName", 5_000)]
    public async Task A_field_that_is_far_too_long_is_refused_by_name(string field, int length)
    {
        using var visitor = await portal.RegisterAsync(portal.NextMember(), (field, new string('a', length)));

        Assert.Equal(422, visitor.Status);
        Assert.Contains($"href=\"#{field}\"", visitor.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_megabytes_is_refused()
    {
        using var visitor = await portal.Visit(portal.NextMember()).GetAsync(Form);

        await visitor.SendAsync(
            Form,
            new StringContent("given=" + new string('a', 4_000_000), Encoding.ASCII, "application/x-www-form-urlencoded")
        );

        Assert.True(visitor.Status is 400 or 413, $"{visitor.Status}");
        Assert.Contains("/help/codes#", visitor.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("Robert'); DROP TABLE members;--")]
    [InlineData("\u202Eevil\u202C")]
    [InlineData("a\u0000b")]
    [InlineData("\uD800")]
    [InlineData("{{7*7}} ${jndi:ldap://x} %n%s")]
    [InlineData("zero\u200Bwidth")]
    public async Task Naughty_strings_are_refused_or_kept_as_they_are_and_never_run(string name)
    {
        var me = portal.NextMember();

        using var visitor = await portal.RegisterAsync(me, ("given", name));

        Assert.True(visitor.Status is 200 or 400 or 422, $"{visitor.Status}: {visitor.Text}");
        Assert.DoesNotContain("<script>alert", visitor.Html, StringComparison.Ordinal);
        Assert.True(int.Parse(portal.Read("select count(*) from members"), System.Globalization.CultureInfo.InvariantCulture) >= 1000);
        if (visitor.Status == 200)
            Assert.Equal(name, portal.Read("select given from registrations where certificate_subject = @0", me.Subject));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_get_a_clear_answer()
    {
        using var visitor = await portal.Visit(portal.NextMember()).GetAsync(Form);
        var token = Uri.EscapeDataString(visitor.Fields()["formToken"]);
        var content = new ByteArrayContent([
            .. Encoding.ASCII.GetBytes($"formToken={token}&given="),
            0xFF,
            0xFE,
            0xC3,
            0x28,
            .. "&family=%FF%FE%C3("u8,
        ]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");

        await visitor.SendAsync(Form, content);

        Assert.Equal(422, visitor.Status);
        Assert.Contains("/help/codes#", visitor.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_json_route_answers_with_a_problem_document()
    {
        using var visitor = portal.Visit(portal.NextMember());

        var (status, body) = await visitor.JsonAsync(
            HttpMethod.Post,
            portal.Options.CertificateLink("/api/registrations"),
            new { given = "Only", order = "sideways" }
        );

        Assert.Equal(422, status);
        Assert.Equal(422, body.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrEmpty(body.GetProperty("title").GetString()));
        var codes = body.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("code").GetString()).ToList();
        Assert.Contains("name.order-missing", codes);
        Assert.Contains("aup.not-accepted", codes);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"formKey":"made up","order":"given-first","given":"A1","family":"B2","native":"3","email":"@","accountName":"Ω"}""")]
    [InlineData("""{"formKey":"AAAAAAAAAAAAAAAAAAAAAA","acceptsAup":true,"aupVersion":"of last century"}""")]
    public async Task Whatever_a_program_is_refused_for_has_the_name_of_a_field_that_it_can_send(string sent)
    {
        var fields = typeof(Enrolment.Registrations.RegistrationBody)
            .GetProperties()
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))
            .ToHashSet(StringComparer.Ordinal);
        using var visitor = portal.Visit(portal.NextMember());
        using var content = new StringContent(sent, Encoding.UTF8, "application/json");

        var (status, body) = await visitor.JsonAsync(HttpMethod.Post, portal.Options.CertificateLink("/api/registrations"), content);

        Assert.Equal(422, status);
        var errors = body.GetProperty("errors").EnumerateArray().ToList();
        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.Contains(error.GetProperty("field").GetString() ?? "", fields));
        Assert.Contains(errors, error => error.GetProperty("field").GetString() is "acceptsAup" or "aupVersion");
        Assert.Equal(
            sent.Contains("made up", StringComparison.Ordinal),
            errors.Exists(error => error.GetProperty("field").GetString() == "formKey")
        );
    }

    [Fact]
    public async Task A_program_registers_by_json_as_a_person_does_by_the_form()
    {
        var me = portal.NextMember();
        using var visitor = await portal.Visit(me).GetAsync(Form);
        var form = visitor.Fields();

        var (status, body) = await visitor.JsonAsync(
            HttpMethod.Post,
            portal.Options.CertificateLink("/api/registrations"),
            new
            {
                given = form["given"],
                family = form["family"],
                order = form["order"],
                email = me.Email,
                accountName = form["accountName"],
                acceptsAup = true,
                aupVersion = form["aupVersion"],
            }
        );

        Assert.True(status == 201, body.ToString());
        Assert.StartsWith("R-", body.GetProperty("reference").GetString(), StringComparison.Ordinal);
        Assert.Equal("Draft", portal.Read("select state from registrations where certificate_subject = @0", me.Subject));
    }

    [Theory]
    [InlineData("/no/such/page", 404)]
    [InlineData("/registrations/%00", 404)]
    [InlineData("/later/nowhere", 404)]
    public async Task An_address_that_leads_nowhere_says_so(string path, int status)
    {
        using var visitor = await portal.Visit().GetAsync(path);

        Assert.True(visitor.Status == status || visitor.Status == 400, $"{visitor.Status}");
    }

    [Fact]
    public async Task After_sign_in_only_our_own_pages_are_followed()
    {
        using var visitor = portal.Visit();
        await visitor.GetAsync("/sign-in?to=//evil.example/");

        await visitor.PostAsync(("account", "registrar"), ("password", Portal.RegistrarPassword));

        Assert.Equal("/me", visitor.Path);
    }

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/sign-in", 200)]
    [InlineData("/no/such/page", 404)]
    [InlineData("/api/nothing", 404)]
    public async Task Asked_for_the_head_alone_it_answers_as_if_asked_for_the_whole(string path, int status)
    {
        using var visitor = portal.Visit();
        foreach (var version in new[] { System.Net.HttpVersion.Version11, System.Net.HttpVersion.Version20 })
        {
            var (seen, body) = await visitor.HeadAsync(path, version);

            Assert.Equal(status, seen);
            Assert.Empty(body);
        }
    }
}
