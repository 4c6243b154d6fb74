using System.Text.Json;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>The newcomers' guide: explained to strangers, true to members, and in the hands of the registrar.</summary>
public sealed class GuideTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_stranger_reads_every_step_and_what_the_connection_shows()
    {
        using var stranger = await portal.Visit().GetAsync("/guide");
        Assert.Equal(200, stranger.Status);
        Assert.Contains("Confirm your e-mail address", stranger.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("tag good", stranger.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"/guide\"", (await stranger.GetAsync("/")).Html, StringComparison.Ordinal);

        using var holder = await portal.Visit(portal.NextMember()).GetAsync(portal.Options.CertificateLink("/guide"));
        Assert.Contains("presents a certificate, and it is good", holder.Text, StringComparison.Ordinal);
        using var without = await portal.Visit().GetAsync(portal.Options.CertificateLink("/guide"));
        Assert.Contains("asked for a certificate and presented none", without.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_browser_that_registered_sees_what_is_waited_for_and_a_stranger_does_not()
    {
        var me = portal.NextMember();
        using var applicant = await portal.RegisterAsync(me, ("email", "else@guide.example"));
        await applicant.PostAsync(("email", "else@guide.example"), ("aup", "on"), ("askRegistrar", "on"));
        Assert.Equal("next", Standing(await StepsAsync(applicant), "email"));

        await applicant.GetAsync(await portal.LinkAsync("else@guide.example", "/confirm/"));

        var steps = await StepsAsync(applicant);
        Assert.Equal("waiting", Standing(steps, "approval"));
        Assert.Equal("registrar", Step(steps, "approval").GetProperty("waitsFor").GetString());
        await applicant.GetAsync("/guide");
        Assert.Contains("Waiting for a registrar", applicant.Text, StringComparison.Ordinal);
        using var stranger = portal.Visit();
        Assert.Equal("explained", Standing(await StepsAsync(stranger), "approval"));
    }

    [Fact]
    public async Task A_member_sees_what_is_done_and_ticks_what_only_the_member_knows()
    {
        var (me, account) = await portal.JoinAsync(portal.NextMember());
        using var _ = me;
        await me.SignInAsync(account, Steps.Password);
        Assert.Contains("href=\"/guide\"", (await me.GetAsync("/me")).Html, StringComparison.Ordinal);

        var steps = await StepsAsync(me);
        foreach (
            var id in (string[])
                ["membership", "certificate", "certificate-check", "registration", "conditions", "email", "approval", "account", "password"]
        )
            Assert.Equal("done", Standing(steps, id));
        Assert.Equal("next", Standing(steps, "look-around"));

        await me.GetAsync("/guide");
        await me.PostFormAsync("look-around/done");
        Assert.StartsWith("/guide", me.Path, StringComparison.Ordinal);
        Assert.Equal("done", Standing(await StepsAsync(me), "look-around"));
        Assert.Equal(200, (await me.JsonAsync(HttpMethod.Post, "/api/guide/steps/look-around/done", new { })).Status); // again
        await me.GetAsync("/guide");
        await me.PostFormAsync("look-around/done");
        Assert.Equal("next", Standing(await StepsAsync(me), "look-around"));
        Assert.Equal(404, (await me.JsonAsync(HttpMethod.Post, "/api/guide/steps/account/done", new { })).Status);
    }

    [Fact]
    public async Task Who_was_given_an_account_is_told_what_is_not_needed()
    {
        using var registrar = await portal.RegistrarAsync();

        var steps = await StepsAsync(registrar);

        Assert.Equal("not-needed", Standing(steps, "registration"));
        Assert.Equal("has-account", Step(steps, "registration").GetProperty("why").GetString());
        Assert.Contains("so there is nothing left to do here", (await registrar.GetAsync("/guide")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_five_cases_the_guide_tells_how_long_it_took_half_of_them()
    {
        for (var i = 0; i < 5; i++)
            (await portal.JoinAsync(portal.NextMember())).Visitor.Dispose();
        using var stranger = await portal.Visit().GetAsync("/guide");

        Assert.Contains("Half of those admitted last were approved within", stranger.Text, StringComparison.Ordinal);
        Assert.True(Step(await StepsAsync(stranger), "approval").GetProperty("halfWithinSeconds").GetInt64() >= 0);
        Assert.Equal(JsonValueKind.Null, Step(await StepsAsync(stranger), "certificate").GetProperty("halfWithinSeconds").ValueKind);
    }

    [Fact]
    public async Task The_registrar_moves_hides_rewords_adds_and_takes_away_and_each_act_is_a_version_on_record()
    {
        using var desk = await portal.RegistrarAsync();
        var begin = await VersionAsync(desk);
        await desk.GetAsync("/desk/guide");
        await desk.SendAsync("/desk/guide/steps/certificate/move", [Token(desk), new("version", $"{begin}"), new("by", "up")]);
        Assert.Equal("/desk/guide", desk.Path);
        await desk.PostFormAsync("/steps/look-around/move"); // neither up nor down
        desk.AssertRefused(422, "guide.direction-unknown");

        await desk.GetAsync("/desk/guide/steps/new");
        await desk.PostAsync(
            ("title", "Meet <b>us</b>"),
            ("text", "Hello <script>alert(1)</script>\n\n[The list](https://lists.example/x)"),
            ("act", "preview")
        );
        Assert.Contains("Not saved yet", desk.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"https://lists.example/x\"", desk.Html, StringComparison.Ordinal);
        await desk.PostAsync();
        Assert.Equal("/desk/guide", desk.Path);
        using var stranger = await portal.Visit().GetAsync("/guide");
        Assert.DoesNotContain("<script>alert", stranger.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>us", stranger.Html, StringComparison.Ordinal);
        var own = All(await ReadAsync(stranger))
            .Single(s => s.GetProperty("title").GetString() == "Meet <b>us</b>")
            .GetProperty("id")
            .GetString()!;

        await desk.GetAsync("/desk/guide/steps/email");
        await desk.PostAsync(("title", "Open the link"), ("text", "It is in the mail."));
        await ActAsync(desk, $"steps/{own}/show", new { shown = "no", version = await VersionAsync(desk) });
        await stranger.GetAsync("/guide");
        Assert.Contains("Open the link", stranger.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Meet", stranger.Text, StringComparison.Ordinal);
        await ActAsync(desk, $"steps/{own}/remove", new { version = await VersionAsync(desk) });
        Assert.Equal(
            "guide.step-stays",
            (await RefusedAsync(desk, "steps/email/remove", new { version = await VersionAsync(desk) })).Code()
        );

        Assert.Equal(begin + 5, await VersionAsync(desk));
        await desk.GetAsync("/desk/guide/versions");
        foreach (var act in (string[])["moved:", "step added:", "words changed:", "hidden:", "taken away:"])
            Assert.Contains(act, desk.Text, StringComparison.Ordinal);
        await desk.GetAsync($"/desk/guide/versions/{begin}");
        await desk.PostFormAsync("/restore");
        await stranger.GetAsync("/guide");
        Assert.DoesNotContain("Open the link", stranger.Text, StringComparison.Ordinal);
        Assert.Equal(
            "1",
            portal.Read(
                "select count(*) from audit_records where action = 'guide.changed' and actor_name = 'registrar' and details like @0",
                $"%\"act\":\"restored\"%\"version\":\"{begin + 6}\"%"
            )
        );
    }

    [Fact]
    public async Task Of_two_who_change_one_step_the_second_sees_both_texts_and_may_insist()
    {
        using var one = await portal.RegistrarAsync();
        using var two = await portal.RegistrarAsync();
        await one.GetAsync("/desk/guide/steps/account");
        await two.GetAsync("/desk/guide/steps/account");

        await one.PostAsync(("title", "First words"), ("text", "One."));
        await two.PostAsync(("title", "Second words"), ("text", "Two."));

        two.AssertRefused(409, "guide.changed-meanwhile");
        Assert.Contains("First words", two.Text, StringComparison.Ordinal);
        Assert.Contains("Second words", two.Html, StringComparison.Ordinal);
        await two.PostAsync();
        Assert.Equal("/desk/guide", two.Path);
        Assert.Equal("Second words", Step(await StepsAsync(two), "account").GetProperty("title").GetString());

        await two.GetAsync("/desk/guide/steps/account");
        await two.PostAsync(("shipped", "on"));
        Assert.Equal("Get your account", Step(await StepsAsync(two), "account").GetProperty("title").GetString());
    }

    [Fact]
    public async Task The_same_form_sent_twice_at_once_adds_one_step_and_an_old_order_is_refused()
    {
        using var desk = await portal.RegistrarAsync();
        var version = await VersionAsync(desk);
        var step = new
        {
            title = "Once only",
            text = "",
            key = Guid.CreateVersion7(),
            version,
        };

        var both = await Task.WhenAll(
            desk.JsonAsync(HttpMethod.Post, "/api/guide/steps", step),
            desk.JsonAsync(HttpMethod.Post, "/api/guide/steps", step)
        );

        Assert.All(both, b => Assert.Equal(201, b.Status));
        var steps = All(await ReadAsync(desk)).Select(s => s.GetProperty("id").GetString()!).ToList();
        Assert.Single(All(await ReadAsync(desk)), s => s.GetProperty("title").GetString() == "Once only");
        Assert.Equal("guide.changed-meanwhile", (await RefusedAsync(desk, "order", new { order = steps, version })).Code());
        steps.Reverse();
        await ActAsync(desk, "order", new { order = steps, version = await VersionAsync(desk) });
        Assert.Equal(steps, All(await ReadAsync(desk)).Select(s => s.GetProperty("id").GetString()));
        await ActAsync(desk, $"versions/{version}/restore", new { version = await VersionAsync(desk) });
    }

    [Theory]
    [InlineData("", "text", "guide.title-missing")]
    [InlineData("title", "[x](javascript:alert(1))", "guide.link-refused")]
    [InlineData("title", "[x](//evil.example)", "guide.link-refused")]
    [InlineData("ti\u202Etle", "", "guide.bad-characters")]
    public async Task Words_that_would_do_harm_are_refused(string title, string text, string code)
    {
        using var desk = await portal.RegistrarAsync();
        var before = await VersionAsync(desk);

        var problem = await RefusedAsync(
            desk,
            "steps",
            new
            {
                title,
                text,
                version = before,
            }
        );

        Assert.Equal(code, problem.Code());
        Assert.Equal(before, await VersionAsync(desk));
        Assert.Equal("guide.version-unknown", (await RefusedAsync(desk, "steps/email/move", new { by = "up", version = 999 })).Code());
        Assert.Equal("guide.step-unknown", (await RefusedAsync(desk, "steps/nothing", new { title = "x", version = before })).Code());
    }

    private static KeyValuePair<string, string> Token(Visitor visitor) => new("formToken", visitor.Fields()["formToken"]);

    private static async Task<JsonElement> ReadAsync(Visitor visitor)
    {
        var (status, body) = await visitor.JsonAsync(HttpMethod.Get, "/api/guide");
        Assert.Equal(200, status);
        return body;
    }

    private static async Task<int> VersionAsync(Visitor visitor) => (await ReadAsync(visitor)).GetProperty("version").GetInt32();

    private static async Task<List<JsonElement>> StepsAsync(Visitor visitor) => All(await ReadAsync(visitor));

    private static List<JsonElement> All(JsonElement guide) => [.. guide.GetProperty("steps").EnumerateArray()];

    private static JsonElement Step(List<JsonElement> steps, string id) => steps.Single(s => s.GetProperty("id").GetString() == id);

    private static string? Standing(List<JsonElement> steps, string id) => Step(steps, id).GetProperty("standing").GetString();

    private static async Task ActAsync(Visitor desk, string act, object body)
    {
        var (status, answer) = await desk.JsonAsync(HttpMethod.Post, "/api/guide/" + act, body);
        Assert.True(status == 200, answer.ToString());
    }

    private static async Task<JsonElement> RefusedAsync(Visitor desk, string act, object body)
    {
        var (status, answer) = await desk.JsonAsync(HttpMethod.Post, "/api/guide/" + act, body);
        Assert.True(status >= 400, answer.ToString());
        return answer;
    }
}
