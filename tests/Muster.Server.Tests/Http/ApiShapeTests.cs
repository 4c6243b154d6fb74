using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Muster.Server.Operator.Demo;
using Muster.Server.Web.Api;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>What the interface answers is what its description says.</summary>
public sealed class ApiShapeTests(AddressPortal portal) : IClassFixture<AddressPortal>
{
    [Fact]
    public async Task What_comes_back_has_the_shape_that_is_described()
    {
        var document = await portal.DescriptionAsync();
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("Shapely");
        var other = await desk.EnterInstituteAsync("Shapelier");
        var person = await desk.EnterPersonAsync(institute, "Shea", "Shape", native: "Шея", orcid: "0000-0002-1825-0097");
        var own = $"{institute}/2024-01-01";
        var day = portal.Now.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var (speaker, account) = await portal.JoinAsync(portal.NextMember());
        using var _ = speaker;

        (HttpMethod Method, string Path, string Url, object? Body)[] asked =
        [
            (HttpMethod.Get, "/api/people", "/api/people", null),
            (HttpMethod.Get, "/api/people", "/api/people?q=Shapf", null),
            (HttpMethod.Get, "/api/people/{id}", $"/api/people/{person}", null),
            (HttpMethod.Post, "/api/people/{id}", $"/api/people/{person}", new { given = "Shay", family = "Shape" }),
            (
                HttpMethod.Post,
                "/api/people/{id}/memberships/{institute}/{from}",
                $"/api/people/{person}/memberships/{own}",
                new { position = "postdoc", until = day }
            ),
            (
                HttpMethod.Post,
                "/api/people/{id}/extend",
                $"/api/people/{person}/extend",
                new
                {
                    membership = own,
                    lastDay = portal.Now.AddDays(40).UtcDateTime.ToString("yyyy-MM-dd", null),
                    reason = "Stays",
                }
            ),
            (
                HttpMethod.Post,
                "/api/people/{id}/move",
                $"/api/people/{person}/move",
                new
                {
                    leaving = own,
                    institute = other,
                    position = "staff",
                    from = day,
                }
            ),
            (HttpMethod.Get, "/api/institutes", "/api/institutes?show=all", null),
            (HttpMethod.Get, "/api/institutes/{id}", $"/api/institutes/{institute}?on=2025-01-01", null),
            (
                HttpMethod.Post,
                "/api/institutes/{id}/representatives",
                $"/api/institutes/{other}/representatives",
                new { member = person, kind = "Deputy" }
            ),
            (HttpMethod.Post, "/api/institutes/{id}/successors", $"/api/institutes/{institute}/successors", new { successor = other }),
            (HttpMethod.Get, "/api/ror", "/api/ror?q=university", null),
            (HttpMethod.Get, "/api/roles", "/api/roles?ended", null),
            (HttpMethod.Post, "/api/roles", "/api/roles", new { account, role = "auditor" }),
            (HttpMethod.Get, "/api/desk", "/api/desk", null),
            (HttpMethod.Get, "/api/numbers", "/api/numbers?series=members", null),
            (HttpMethod.Get, "/api/numbers", "/api/numbers?series=by-country", null),
            (HttpMethod.Get, "/api/expiring", "/api/expiring?within=180&on=2024-06-01", null),
            (HttpMethod.Get, "/api/certificate-authorities", "/api/certificate-authorities", null),
            (HttpMethod.Post, "/api/password-check", "/api/password-check", new { password = "short" }),
            (
                HttpMethod.Post,
                "/api/people/{id}/memberships",
                $"/api/people/{portal.MemberOf(account)}/memberships",
                new
                {
                    institute = other,
                    position = "staff",
                    from = "2024-01-01",
                }
            ),
            (
                HttpMethod.Post,
                "/api/institutes/{id}/representatives",
                $"/api/institutes/{other}/representatives",
                new { member = portal.MemberOf(account), kind = "Representative" }
            ),
            (HttpMethod.Post, "/api/rounds", "/api/rounds", new { name = "Shapes", lastDay = day }),
            (HttpMethod.Get, "/api/rounds", "/api/rounds", null),
            (HttpMethod.Post, "/api/imports", "/api/imports", new[] { new { given = "No", family = "Address" } }),
        ];
        foreach (var (method, path, url, body) in asked)
            await AssertShapedAsync(document, desk, method, path, url, body);
        await speaker.SignInAsync(account, Steps.Password);
        var mine = await AssertShapedAsync(document, speaker, HttpMethod.Get, "/api/my-institute", "/api/my-institute", null);
        Assert.Equal(other, Assert.Single(mine.EnumerateArray()).GetProperty("id").GetGuid());
        await AssertShapedAsync(document, speaker, HttpMethod.Get, "/api/my-institute/{id}", $"/api/my-institute/{other}", null);
        var round = portal.Read("select id from confirmation_rounds");
        var batch = portal.Read("select id from imports");
        foreach (var (path, id) in new[] { ("/api/rounds/{id}", round), ("/api/imports/{id}", batch) })
        {
            var (_, answer) = await desk.JsonAsync(HttpMethod.Get, path.Replace("{id}", id, StringComparison.Ordinal));
            var schema = document["paths"]![path]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!;
            AssertShaped(document, schema, answer, path);
        }
    }

    [Fact]
    public async Task What_is_answered_about_members_has_the_shape_that_is_described_whoever_asks()
    {
        var document = await portal.DescriptionAsync();
        using var desk = await portal.RegistrarAsync();
        var (me, holder, account) = await portal.MemberAsync();
        using var _ = me;
        var (other, _, second) = await portal.MemberAsync();
        other.Dispose();
        var (own, others) = (Guid.Parse(portal.MemberOf(account)), Guid.Parse(portal.MemberOf(second)));
        var (get, post) = (HttpMethod.Get, HttpMethod.Post);

        (Visitor By, HttpMethod Method, string Path, string Url, object? Body)[] asked =
        [
            (me, get, "/api/me/addresses", "/api/me/addresses", null),
            (me, post, "/api/me/addresses", "/api/me/addresses", new { email = AddressSteps.Fresh() }),
            (
                desk,
                post,
                "/api/people/{id}/addresses",
                $"/api/people/{own}/addresses",
                new { email = AddressSteps.Fresh(), reason = "As she asked" }
            ),
            (desk, post, "/api/people/{id}/aliases", $"/api/people/{own}/aliases", new { alias = $"head-{own:N}", reason = "Office" }),
            (desk, get, "/api/addresses", "/api/addresses", null),
            (desk, post, "/api/addresses/give", "/api/addresses/give", new { }),
            (me, get, "/api/me/contact", "/api/me/contact", null),
            (me, post, "/api/me/contact", "/api/me/contact", new { languages = (string[])["de", "en"], office = "B 2" }),
            (desk, get, "/api/people/{id}/contact", $"/api/people/{own}/contact", null),
            (desk, post, "/api/people/{id}/contact", $"/api/people/{own}/contact", new { phone = "+49 40 123" }),
            (desk, get, "/api/privacy", "/api/privacy", null),
            (desk, post, "/api/privacy", "/api/privacy", new { country = "desk" }),
            (me, get, "/api/me/privacy", "/api/me/privacy", null),
            (me, post, "/api/me/privacy", "/api/me/privacy", new { email = "desk" }),
            (me, get, "/api/members", "/api/members", null),
            (me, get, "/api/members", $"/api/members?q={Uri.EscapeDataString(holder.Email)}", null),
            (me, get, "/api/members/{id}", $"/api/members/{own}", null),
            (me, get, "/api/members/{id}", $"/api/members/{others}", null),
            (desk, get, "/api/members/{id}", $"/api/members/{own}", null),
            (desk, get, "/api/people/{id}", $"/api/people/{own}", null),
            (me, get, "/api/me/looks", "/api/me/looks", null),
        ];
        foreach (var (by, method, path, url, body) in asked)
            await AssertShapedAsync(document, by, method, path, url, body);
        var profile = (await me.JsonAsync(get, $"/api/members/{others}")).Body;
        var shape = document["components"]!["schemas"]!["Profile"]!;
        Assert.Equal(["id", "name", "sortName"], shape["required"]!.AsArray().Select(r => (string)r!));
        Assert.All(profile.EnumerateObject(), p => Assert.NotEqual(JsonValueKind.Null, p.Value.ValueKind));
    }

    [Fact]
    public async Task What_the_guide_answers_has_the_shape_that_is_described()
    {
        var document = await portal.DescriptionAsync();
        using var desk = await portal.RegistrarAsync();
        using var stranger = portal.Visit();
        var (get, post) = (HttpMethod.Get, HttpMethod.Post);
        await AssertShapedAsync(document, stranger, get, "/api/guide", "/api/guide", null);
        await AssertShapedAsync(document, desk, get, "/api/guide", "/api/guide", null);
        var added = await AssertShapedAsync(
            document,
            desk,
            post,
            "/api/guide/steps",
            "/api/guide/steps",
            new
            {
                title = "Read the shapes",
                text = "All of them.",
                version = 0,
            }
        );
        var (step, version) = (added.GetProperty("id").GetString(), added.GetProperty("version").GetInt32());
        (HttpMethod Method, string Act, object? Body)[] asked =
        [
            (post, "steps/{id}/done", new { done = true }),
            (
                post,
                "steps/{id}",
                new
                {
                    title = "Read all shapes",
                    text = "Each.",
                    version,
                }
            ),
            (post, "steps/{id}/move", new { by = "up", version }),
            (post, "steps/{id}/show", new { shown = false, version = version + 1 }),
            (post, "steps/{id}/remove", new { version = version + 3 }),
            (get, "versions", null),
            (get, "versions/{number}", null),
            (post, "versions/{number}/restore", new { version = version + 4 }),
        ];
        foreach (var (method, act, body) in asked)
        {
            var url = act.Replace("{id}", step, StringComparison.Ordinal).Replace("{number}", "1", StringComparison.Ordinal);
            await AssertShapedAsync(document, desk, method, "/api/guide/" + act, "/api/guide/" + url, body);
        }
    }

    [Fact]
    public async Task What_a_certificate_check_answers_has_the_shape_that_is_described()
    {
        var document = await portal.DescriptionAsync();
        var schema = document["paths"]!["/api/certificate"]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!;
        foreach (var certificate in new DemoCertificate?[] { portal.NextMember(), null })
        {
            using var visitor = portal.Visit(certificate);
            var (_, answer) = await visitor.JsonAsync(HttpMethod.Get, portal.Options.CertificateLink("/api/certificate"));
            AssertShaped(document, schema, answer, certificate?.Subject ?? "none");
        }
    }

    [Theory]
    [InlineData("GET", "/api/people/0199f0c0-0000-7000-8000-000000000001", 404, true)]
    [InlineData("GET", "/api/people?on=soon", 400, true)]
    [InlineData("POST", "/api/people", 422, true)]
    [InlineData("GET", "/api/people", 401, false)]
    [InlineData("POST", "/api/rounds", 401, false)]
    public async Task A_refusal_has_the_shape_that_is_described(string method, string url, int status, bool signedIn)
    {
        var document = await portal.DescriptionAsync();
        using var visitor = signedIn ? await portal.RegistrarAsync() : portal.Visit();

        var (got, problem) = await visitor.JsonAsync(new HttpMethod(method), url, method == "POST" ? new { } : null);

        Assert.Equal(status, got);
        AssertShaped(document, ApiSchemas.Reference("Problem"), problem, url);
    }

    private static async Task<JsonElement> AssertShapedAsync(
        JsonObject document,
        Visitor by,
        HttpMethod method,
        string path,
        string url,
        object? body
    )
    {
        var (status, answer) = await by.JsonAsync(method, url, body);
        Assert.True(status is 200 or 201, $"{method} {url}: {status} {answer}");
        var responses = document["paths"]![path]![method.Method.ToLowerInvariant()]!["responses"]!;
        AssertShaped(document, responses[$"{status}"]!["content"]!["application/json"]!["schema"]!, answer, url);
        return answer;
    }

    private static void AssertShaped(JsonObject document, JsonNode schema, JsonElement answer, string what)
    {
        var whole = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["allOf"] = new JsonArray(schema.DeepClone()),
            ["$defs"] = document["components"]!["schemas"]!.DeepClone(),
        };
        var text = whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
        var result = JsonSchema
            .FromText(text)
            .Evaluate(answer, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        Assert.True(
            result.IsValid,
            what
                + ": "
                + string.Join(
                    "; ",
                    (result.Details ?? [])
                        .Where(d => d.Errors is not null)
                        .Select(d => $"{d.InstanceLocation} {string.Join(", ", d.Errors!.Values)}")
                )
                + " "
                + answer
        );
    }
}

internal static class ApiSteps
{
    public static async Task<JsonObject> DescriptionAsync(this Portal portal)
    {
        using var visitor = portal.Visit();
        var (status, body) = await visitor.JsonAsync(HttpMethod.Get, ShowApi.Document);
        Assert.Equal(200, status);
        return JsonObject.Create(body)!; // an object, or the test ends here
    }
}
