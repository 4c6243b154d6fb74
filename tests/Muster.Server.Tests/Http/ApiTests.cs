using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Muster.Server.Operator.Demo;
using Muster.Server.Tests.House;
using Muster.Server.Web;
using Muster.Server.Web.Api;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>The description of the interface says what the routes are, and what they answer is what it says.</summary>
public sealed class ApiTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Every_route_of_the_interface_is_described_with_its_purpose_its_power_and_its_answer()
    {
        var paths = (await DocumentAsync())["paths"]!.AsObject();
        var routes = Routes().ToList();

        Assert.NotEmpty(routes);
        foreach (var (route, method) in routes)
        {
            var path = ApiDocument.PathOf(route.RoutePattern);
            var operation = paths[path]?[method.ToLowerInvariant()]?.AsObject();
            Assert.True(operation is not null, $"{method} {path} is not described");
            Assert.False(string.IsNullOrWhiteSpace((string?)operation["summary"]), path);
            var rule = route.Metadata.GetMetadata<AccessRule>()!; // every route has one, and a test of its own
            Assert.Equal(rule.Power?.ToString(), (string?)operation["x-muster-power"]);
            Assert.Equal(rule.IsOpen, (string?)operation["x-muster-access"] is "everyone" or "certificate");
            var (status, good) = operation["responses"]!.AsObject().Single(r => r.Key[0] == '2');
            Assert.True(status == "204" || good!["content"]!.AsObject().All(c => c.Value!["schema"] is JsonObject), path);
            Assert.True(rule.IsOpen || operation["responses"]!.AsObject().ContainsKey("401"), path);
            Assert.True(rule.Power is null || operation["responses"]!.AsObject().ContainsKey("403"), path);
            foreach (var name in route.RoutePattern.Parameters.Select(p => p.Name))
                Assert.Contains(operation["parameters"]!.AsArray(), p => (string?)p!["name"] == name && (string?)p["in"] == "path");
        }
        Assert.Equal(routes.Count, paths.Sum(p => p.Value!.AsObject().Count));
    }

    [Fact]
    public async Task The_description_keeps_the_rules_of_OpenApi()
    {
        var document = await DocumentAsync();

        var read = OpenApiDocument.Parse(document.ToJsonString(), "json");

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        var ids = read.Document!.Paths.SelectMany(p => p.Value.Operations!.Values).Select(o => o.OperationId).ToList();
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        foreach (var reference in References(document))
            Assert.NotNull(reference.Split('/').Skip(1).Aggregate((JsonNode?)document, (at, name) => at?[name]));
    }

    [Fact]
    public async Task What_comes_back_has_the_shape_that_is_described()
    {
        var document = await DocumentAsync();
        using var desk = await portal.RegistrarAsync();
        var institute = await desk.EnterInstituteAsync("Shapely");
        var other = await desk.EnterInstituteAsync("Shapelier");
        var person = await desk.EnterPersonAsync(institute, "Shea", "Shape", native: "Шея", orcid: "0000-0002-1825-0097");
        var own = $"{institute}/2024-01-01";
        var day = portal.Now.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var account = (await portal.JoinAsync(portal.NextMember())).Account;

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
            (HttpMethod.Post, "/api/rounds", "/api/rounds", new { name = "Shapes", lastDay = day }),
            (HttpMethod.Post, "/api/imports", "/api/imports", new[] { new { given = "No", family = "Address" } }),
        ];
        foreach (var (method, path, url, body) in asked)
        {
            var (status, answer) = await desk.JsonAsync(method, url, body);
            Assert.True(status is 200 or 201, $"{method} {url}: {status} {answer}");
            var schema = document["paths"]![path]![method.Method.ToLowerInvariant()]!["responses"]![$"{status}"]!["content"]![
                "application/json"
            ]!["schema"]!;
            AssertShaped(document, schema, answer, url);
        }
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
    public async Task What_a_certificate_check_answers_has_the_shape_that_is_described()
    {
        var document = await DocumentAsync();
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
        var document = await DocumentAsync();
        using var visitor = signedIn ? await portal.RegistrarAsync() : portal.Visit();

        var (got, problem) = await visitor.JsonAsync(new HttpMethod(method), url, method == "POST" ? new { } : null);

        Assert.Equal(status, got);
        AssertShaped(document, ApiSchemas.Reference("Problem"), problem, url);
    }

    /// <summary>What a body may hold is declared for the description alone: nothing stands there that no form or slice reads.</summary>
    [Fact]
    public void Every_field_of_a_body_is_read_somewhere()
    {
        var text = string.Concat(Sources.Under("src/Muster.Server", ".cs").Select(f => f.Text));
        var unread =
            from body in Routes().Select(r => r.Route.Metadata.GetMetadata<ApiOperation>()?.Body).OfType<Type>().Distinct()
            where body.Name.EndsWith("Body", StringComparison.Ordinal) && body != typeof(Register.Accounts.PasswordBody)
            from property in body.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            let name = JsonNamingPolicy.CamelCase.ConvertName(property.Name)
            where !text.Contains($"\"{name}\"", StringComparison.Ordinal)
            select $"{body.Name}.{name}";

        Assert.Empty(unread);
    }

    [Fact]
    public async Task Every_word_about_an_operation_is_about_one_that_is_there()
    {
        var names = (await DocumentAsync())["paths"]!
            .AsObject()
            .SelectMany(p => p.Value!.AsObject())
            .Select(o => $"Op.{o.Value!["operationId"]}")
            .ToHashSet(StringComparer.Ordinal);
        var texts = System.Xml.Linq.XDocument.Load(Path.Combine(Sources.Home, "src/Muster.Server/Web/Api/ApiText.resx"));

        Assert.Equal(
            names.Order(StringComparer.Ordinal),
            texts
                .Root!.Elements("data")
                .Select(d => d.Attribute("name")!.Value)
                .Where(n => n.StartsWith("Op.", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task The_page_shows_all_of_it_without_a_script_and_is_found_from_every_page()
    {
        var document = await DocumentAsync();
        using var visitor = await portal.Visit().GetAsync("/");
        Assert.Contains("href=\"" + portal.Options.Link("/api") + "\"", visitor.Html, StringComparison.Ordinal);

        await visitor.GetAsync("/api");

        Assert.Equal(200, visitor.Status);
        foreach (var operation in document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()))
            Assert.Contains($"id=\"{operation.Value!["operationId"]}\"", visitor.Html, StringComparison.Ordinal);
        foreach (var shape in document["components"]!["schemas"]!.AsObject())
            Assert.Contains($"id=\"shape-{shape.Key}\"", visitor.Html, StringComparison.Ordinal);
        Assert.Contains("curl --cookie", visitor.Text, StringComparison.Ordinal);
    }

    private IEnumerable<(RouteEndpoint Route, string Method)> Routes() =>
        from route in portal.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Distinct()
        where ApiDocument.PathOf(route.RoutePattern).StartsWith(ApiDocument.Root + "/", StringComparison.Ordinal)
        from method in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods // every route of ours names its methods
        select (route, method);

    private async Task<JsonObject> DocumentAsync()
    {
        using var visitor = portal.Visit();
        var (status, body) = await visitor.JsonAsync(HttpMethod.Get, ShowApi.Document);
        Assert.Equal(200, status);
        return JsonObject.Create(body)!; // an object, or the test ends here
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

    private static IEnumerable<string> References(JsonNode? node) =>
        node switch
        {
            JsonObject one => one.SelectMany(p => p.Key == "$ref" ? [(string)p.Value!] : References(p.Value)),
            JsonArray many => many.SelectMany(References),
            _ => [],
        };
}
