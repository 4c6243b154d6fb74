using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Muster.Core.Profiles;
using Muster.Server.Register.Numbers;
using Muster.Server.Register.Profiles;
using Muster.Server.Tests.House;
using Muster.Server.Web;
using Muster.Server.Web.Api;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>The description of the interface says what the routes are, all of them.</summary>
public sealed class ApiTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task Every_route_of_the_interface_is_described_with_its_purpose_its_power_and_its_answer()
    {
        var paths = (await portal.DescriptionAsync())["paths"]!.AsObject();
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
        var document = await portal.DescriptionAsync();

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
    public void What_is_said_of_privacy_names_every_field_of_a_profile_once()
    {
        var fields = PrivacySettings.Fields.Select(f => f.ToString()).ToList();
        foreach (
            var shape in (Type[])
                [typeof(PrivacyRulesAnswer), typeof(PrivacyRulesBody), typeof(PrivacyChoicesAnswer), typeof(PrivacyChoicesBody)]
        )
            Assert.Equal(
                fields,
                shape
                    .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    .Select(p => p.Name)
                    .Except(["Seen"], StringComparer.Ordinal)
            );
    }

    [Fact]
    public async Task An_act_that_is_described_without_a_body_is_done_without_one()
    {
        using var desk = await portal.RegistrarAsync();
        var acts = (
            from path in (await portal.DescriptionAsync())["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            where operation.Key != "get" && operation.Value!["requestBody"] is null
            select (Method: new HttpMethod(operation.Key.ToUpperInvariant()), Path: path.Key, Id: (string)operation.Value!["operationId"]!)
        ).ToList();

        Assert.Contains(acts, a => a.Id == "endRole");
        Assert.Contains(acts, a => a.Id == "discardImport");
        Assert.Contains(acts, a => a.Id == "rollbackImport");
        foreach (var (method, path, id) in acts)
        {
            var url = System.Text.RegularExpressions.Regex.Replace(path, @"\{\w+\}", $"{Guid.CreateVersion7(portal.Now)}");
            var (status, answer) = await desk.JsonAsync(method, url);
            Assert.True(status is 200 or 404 or 409 or 422, $"{id}: {status} {answer}");
            // Without a body a browser asks nobody before it sends; that another site's page has it send our cookie is refused.
            (status, answer) = await desk.JsonAsync(method, url, origin: "https://elsewhere.example");
            Assert.Equal((415, "form.unreadable"), (status, answer.Code()));
        }
    }

    [Fact]
    public async Task What_needs_a_certificate_names_the_listener_that_asks_for_one()
    {
        var document = await portal.DescriptionAsync();
        static IEnumerable<string> Servers(JsonNode? of) => of?["servers"]?.AsArray().Select(s => (string)s!["url"]!) ?? [];

        Assert.Equal([portal.Options.Origin], Servers(document));
        foreach (var operation in document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()).Select(o => o.Value!))
            Assert.Equal(
                (string?)operation["x-muster-access"] == "certificate" ? [portal.Options.CertificateOrigin] : [],
                Servers(operation)
            );
    }

    [Fact]
    public async Task Registering_says_which_fields_it_needs_and_how_it_refuses_them()
    {
        var document = await portal.DescriptionAsync();
        var operation = document["paths"]!["/api/registrations"]!["post"]!;
        var reference = (string)operation["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"]!;

        Assert.Equal(
            ["order", "email", "accountName", "acceptsAup", "aupVersion"],
            document["components"]!["schemas"]![reference.Split('/')[^1]]!["required"]!.AsArray().Select(r => (string)r!)
        );
        Assert.Contains("422", operation["responses"]!.AsObject().Select(r => r.Key));
    }

    [Theory]
    [InlineData("countNumbers", "series", true)]
    [InlineData("countNumbersCsv", "series", true)]
    [InlineData("authorList", "reference", true)]
    [InlineData("findPeople", "q", false)]
    public async Task A_parameter_without_which_is_refused_is_required(string operation, string parameter, bool isRequired)
    {
        var one = (await ParametersAsync()).Single(p => p.Operation == operation && p.Name == parameter);
        Assert.Equal(isRequired, one.IsRequired);
    }

    [Fact]
    public async Task What_a_parameter_means_is_told_of_each_operation()
    {
        var parameters = await ParametersAsync();
        string About(string operation, string name) => parameters.Single(p => p.Operation == operation && p.Name == name).About;

        Assert.NotEqual(About("findInstitutes", "show"), About("findExpiring", "show"));
        Assert.NotEqual(About("findExpiring", "show"), About("findExpiringCsv", "show"));
        Assert.NotEqual(About("findPeople", "on"), About("exportPeopleCsv", "on"));
        Assert.NotEqual(About("countNumbers", "on"), About("findExpiring", "on"));
        foreach (var series in Counted.Names)
            Assert.Contains(series, About("countNumbers", "series"), StringComparison.Ordinal);
        foreach (var list in Enum.GetNames<ExpiringList>())
            Assert.Contains(list, About("findExpiring", "show"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_words_about_a_parameter_of_one_operation_are_of_one_that_is_there()
    {
        var own = (await ParametersAsync()).Select(p => $"Param.{p.Operation}.{p.Name}").ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(Texts("Param."), k => k.Split('.').Length == 3 && !own.Contains(k));
    }

    [Theory]
    [InlineData("changePerson")]
    [InlineData("changeInstitute")]
    [InlineData("changeMembership")]
    [InlineData("changeContact")]
    [InlineData("changeMyContact")]
    public async Task What_takes_the_whole_says_what_becomes_of_what_is_left_out(string operation)
    {
        var summary = (await portal.DescriptionAsync())["paths"]!
            .AsObject()
            .SelectMany(p => p.Value!.AsObject())
            .Where(o => (string?)o.Value!["operationId"] == operation)
            .Select(o => (string)o.Value!["summary"]!)
            .Single();

        Assert.Contains("what is left out", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_a_moment_is_not_told_as_that_of_a_day()
    {
        var shapes = (await portal.DescriptionAsync())["components"]!["schemas"]!.AsObject();
        var moments = (
            from shape in shapes
            from property in (shape.Value!["properties"] as JsonObject ?? []).Where(p => p.Key == "until")
            where (string?)property.Value!["format"] == "date-time"
            select (Shape: shape.Key, About: (string?)property.Value!["description"])
        ).ToList();

        Assert.Contains(moments, m => m.Shape == "FormerName");
        Assert.Contains(moments, m => m.Shape == "RoleHolder");
        Assert.All(moments, m => Assert.DoesNotContain("day", m.About, StringComparison.Ordinal));
    }

    private async Task<List<(string Operation, string Name, bool IsRequired, string About)>> ParametersAsync() =>
        [
            .. from path in (await portal.DescriptionAsync())["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            from parameter in operation.Value!["parameters"] as JsonArray ?? []
            select (
                (string)operation.Value!["operationId"]!,
                (string)parameter!["name"]!,
                (bool?)parameter["required"] == true,
                (string)parameter["description"]!
            ),
        ];

    private static IEnumerable<string> Texts(string prefix) =>
        System
            .Xml.Linq.XDocument.Load(Path.Combine(Sources.Home, "src/Muster.Server/Web/Api/ApiText.resx"))
            .Root!.Elements("data")
            .Select(d => d.Attribute("name")!.Value)
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>What a body may hold is declared for the description alone: nothing stands there that no form or slice reads.</summary>
    [Fact]
    public void Every_field_of_a_body_is_read_somewhere()
    {
        var text = string.Concat(Sources.Under("src/Muster.Server", ".cs").Select(f => f.Text));
        var unread =
            from body in Routes().Where(r => !IsBound(r.Route)).Select(r => BodyOf(r.Route)).OfType<Type>().Distinct()
            where body.Name.EndsWith("Body", StringComparison.Ordinal)
            from property in body.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            where !IsReadByField(body, property)
            let name = JsonNamingPolicy.CamelCase.ConvertName(property.Name)
            where !text.Contains($"\"{name}\"", StringComparison.Ordinal)
            select $"{body.Name}.{name}";

        Assert.Empty(unread);
    }

    private static Type? BodyOf(RouteEndpoint route) => route.Metadata.GetMetadata<ApiOperation>()?.Body;

    /// <summary>The handler takes the record itself.</summary>
    private static bool IsBound(RouteEndpoint route) =>
        route.Metadata.GetMetadata<MethodInfo>()!.GetParameters().Any(p => p.ParameterType == BodyOf(route)); // of every handler of ours

    /// <summary>Read in a loop over all fields of a profile, so that no name of one stands anywhere.</summary>
    private static bool IsReadByField(Type body, PropertyInfo property) =>
        (body == typeof(PrivacyRulesBody) || body == typeof(PrivacyChoicesBody)) && Enum.TryParse<ProfileField>(property.Name, out _);

    [Fact]
    public async Task Every_word_about_an_operation_is_about_one_that_is_there()
    {
        var names = (await portal.DescriptionAsync())["paths"]!
            .AsObject()
            .SelectMany(p => p.Value!.AsObject())
            .Select(o => $"Op.{o.Value!["operationId"]}")
            .ToHashSet(StringComparer.Ordinal);

        Assert.Equal(names.Order(StringComparer.Ordinal), Texts("Op.").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_page_shows_all_of_it_without_a_script_and_is_found_from_every_page()
    {
        var document = await portal.DescriptionAsync();
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

    private static IEnumerable<string> References(JsonNode? node) =>
        node switch
        {
            JsonObject one => one.SelectMany(p => p.Key == "$ref" ? [(string)p.Value!] : References(p.Value)),
            JsonArray many => many.SelectMany(References),
            _ => [],
        };
}
