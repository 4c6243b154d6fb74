using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Muster.Server.Web.Api;

/// <summary>
/// The description of the interface (OpenAPI 3.1.1), made from the routes as they are when somebody first asks for it, and kept as the
/// bytes that are sent and as people read them.
/// </summary>
internal sealed class ApiDocument(EndpointDataSource routes, IOptions<PortalOptions> portal, IStringLocalizer<ApiText> words)
{
    public const string Root = "/api";

    private static readonly JsonSerializerOptions writing = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // served as JSON only
    };

    private byte[]? made;
    private ApiModel? model;

    public byte[] Bytes => made ??= JsonSerializer.SerializeToUtf8Bytes(Make(), writing);

    public ApiModel Model => model ??= ApiModel.Of(JsonNode.Parse(Bytes)!.AsObject()); // made here

    private JsonObject Make()
    {
        var schemas = new ApiSchemas(About);
        schemas.Add("Problem", ApiProblems.Schema());
        var operations = new ApiPaths(schemas, words);
        var paths = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var route in routes.Endpoints.OfType<RouteEndpoint>())
            if (route.Metadata.GetMetadata<ApiOperation>() is { } operation)
                foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
                {
                    var path = PathOf(route.RoutePattern);
                    if (!paths.TryGetValue(path, out var item))
                        paths[path] = item = [];
                    var described = operations.Describe(route, operation);
                    if (operation.ByCertificate)
                        described["servers"] = Servers(portal.Value.CertificateOrigin, "Server.Certificate");
                    item[method.ToLowerInvariant()] = described;
                }
        var tags = paths.Keys.Select(ApiPaths.TagOf).Distinct(StringComparer.Ordinal);
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = Text("Title", portal.Value.Collaboration),
                ["description"] = Text("Lead"),
                ["version"] = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "0",
                ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" },
                ["contact"] = new JsonObject { ["email"] = portal.Value.Contact },
            },
            ["servers"] = Servers(portal.Value.Origin, "Server.Session"),
            ["tags"] = new JsonArray([.. tags.Select(t => new JsonObject { ["name"] = t, ["description"] = Text($"Tag.{t}") })]),
            ["paths"] = new JsonObject(paths.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, p.Value))),
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.All(),
                ["responses"] = ApiProblems.Responses(Text),
                ["securitySchemes"] = new JsonObject
                {
                    [ApiPaths.Session] = new JsonObject
                    {
                        ["type"] = "apiKey",
                        ["in"] = "cookie",
                        ["name"] = "__Host-muster",
                        ["description"] = Text("Scheme.Session"),
                    },
                    [ApiPaths.Certificate] = new JsonObject { ["type"] = "mutualTLS", ["description"] = Text("Scheme.Certificate") },
                },
            },
        };
    }

    private JsonArray Servers(string origin, string about) => [new JsonObject { ["url"] = origin, ["description"] = Text(about) }];

    /// <summary>As OpenAPI writes it: names without what must be true of them.</summary>
    public static string PathOf(RoutePattern pattern) =>
        "/"
        + string.Join(
            '/',
            pattern.PathSegments.Select(s =>
                string.Concat(
                    s.Parts.Select(p =>
                        p switch
                        {
                            RoutePatternLiteralPart literal => literal.Content,
                            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
                            _ => "",
                        }
                    )
                )
            )
        );

    private string Text(string key, params object[] values) =>
        words[key, values] is { ResourceNotFound: false } found
            ? found.Value
            : throw new KeyNotFoundException($"ApiText.resx has no '{key}'.");

    /// <summary>
    /// Of a field: one shape may mean its own by it, or the same by all of its fields; what is sent and what comes back may be called alike
    /// and mean another day.
    /// </summary>
    private string? About(Type of, string field) =>
        Find($"Field.{of.Name}.{field}")
        ?? Find($"Field.{of.Name}")
        ?? Find($"Field.{(of.Name.EndsWith("Answer", StringComparison.Ordinal) ? "Answer" : "Body")}.{field}")
        ?? Find($"Field.{field}");

    private string? Find(string key) => words[key] is { ResourceNotFound: false } found ? found.Value : null;
}
