using System.Text.Json;
using System.Text.Json.Nodes;

namespace Muster.Server.Web.Api;

/// <summary>The same description as people read it.</summary>
public sealed record ApiModel(IReadOnlyList<ApiPart> Parts, IReadOnlyList<ApiShape> Shapes)
{
    internal static ApiModel Of(JsonObject document)
    {
        var origin = (string)document["servers"]![0]!["url"]!; // made by us, as all of it
        var shapes = document["components"]!["schemas"]!.AsObject();
        var operations =
            from path in document["paths"]!.AsObject()
            from method in path.Value!.AsObject()
            select ApiLine.Of(method.Key.ToUpperInvariant(), path.Key, method.Value!.AsObject(), document, origin);
        return new ApiModel(
            [
                .. operations
                    .GroupBy(o => o.Tag, StringComparer.Ordinal)
                    .Select(g => new ApiPart(
                        g.Key,
                        (string)document["tags"]!.AsArray().First(t => (string)t!["name"]! == g.Key)!["description"]!,
                        [.. g]
                    )),
            ],
            [.. shapes.Select(s => ApiShape.Of(s.Key, s.Value!.AsObject()))]
        );
    }
}

public sealed record ApiPart(string Tag, string About, IReadOnlyList<ApiLine> Operations);

/// <param name="Who">Everyone, who is signed in, who has a certificate, or the name of a power.</param>
/// <param name="Sends">Names of shapes, or kinds of file.</param>
/// <param name="Answers">Names of shapes, or kinds of file.</param>
public sealed record ApiLine(
    string Id,
    string Tag,
    string Method,
    string Path,
    string Summary,
    string? About,
    string Access,
    IReadOnlyList<ApiField> Parameters,
    ApiWords? Sends,
    ApiWords? Answers,
    int Status,
    IReadOnlyList<string> Refusals,
    string Example
)
{
    public static ApiLine Of(string method, string path, JsonObject operation, JsonObject document, string origin)
    {
        var responses = operation["responses"]!.AsObject();
        var good = responses.First(r => r.Key.StartsWith('2'));
        var body = operation["requestBody"]?["content"]?.AsObject();
        return new ApiLine(
            (string)operation["operationId"]!,
            (string)operation["tags"]![0]!,
            method,
            path,
            (string)operation["summary"]!,
            (string?)operation["description"],
            (string)operation["x-muster-access"]!,
            [.. (operation["parameters"]?.AsArray() ?? []).Select(p => ApiField.OfParameter(p!.AsObject()))],
            ApiWords.Of(body),
            ApiWords.Of(good.Value!["content"]?.AsObject()),
            int.Parse(good.Key, System.Globalization.CultureInfo.InvariantCulture),
            [.. responses.Select(r => r.Key).Where(k => !k.StartsWith('2'))],
            Curl(method, path, operation, body, document, origin)
        );
    }

    private static string Curl(string method, string path, JsonObject operation, JsonObject? body, JsonObject document, string origin)
    {
        var parts = new List<string> { "curl" };
        switch ((string)operation["x-muster-access"]!)
        {
            case "certificate":
                parts.Add("--cert usercert.pem --key userkey.pem");
                origin = (string)operation["servers"]![0]!["url"]!;
                break;
            case not "everyone":
                parts.Add("--cookie \"__Host-muster=$SESSION\"");
                break;
        }
        if (method != "GET")
            parts.Add($"--request {method}");
        if (body?["application/json"]?["schema"] is JsonObject schema && schema.Count > 0)
            parts.Add($"--json '{ApiExample.Of(schema, document).ToJsonString(JsonSerializerOptions.Default)}'");
        else if (body?.FirstOrDefault().Key is { } kind)
            parts.Add($"--header 'Content-Type: {kind}' --data-binary @FILE");
        var needed = (operation["parameters"]?.AsArray() ?? [])
            .Where(p => (string)p!["in"]! == "query" && (bool?)p["required"] == true)
            .Select(p => $"{p!["name"]}={((string)p["name"]!).ToUpperInvariant()}")
            .ToList();
        var query = needed.Count > 0 ? "?" + string.Join('&', needed) : "";
        parts.Add($"'{origin}{path.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)}{query}'");
        return string.Join(' ', parts);
    }
}

/// <summary>What is sent or comes back: a shape, several of them, or kinds of file.</summary>
public sealed record ApiWords(string? Shape, bool IsList, IReadOnlyList<string> Kinds)
{
    public static ApiWords? Of(JsonObject? content)
    {
        if (content is null)
            return null;
        var schema = content["application/json"]?["schema"] as JsonObject;
        var list = schema?["items"] as JsonObject;
        var reference = (string?)(list ?? schema)?["$ref"];
        return new ApiWords(reference?.Split('/')[^1], list is not null, [.. content.Select(c => c.Key)]);
    }
}

public sealed record ApiShape(string Name, IReadOnlyList<ApiField> Fields)
{
    public static ApiShape Of(string name, JsonObject schema)
    {
        var required = (schema["required"] as JsonArray ?? []).Select(r => (string)r!).ToHashSet(StringComparer.Ordinal);
        return new ApiShape(
            name,
            [.. (schema["properties"] as JsonObject ?? []).Select(p => ApiField.Of(p.Key, p.Value as JsonObject, required.Contains(p.Key)))]
        );
    }
}

/// <param name="Kind">As JSON Schema names it.</param>
/// <param name="Shape">Where it is a shape, or a list of one.</param>
public sealed record ApiField(string Name, string Kind, string? Shape, bool IsNeeded, string? About)
{
    public static ApiField OfParameter(JsonObject parameter) =>
        Of((string)parameter["name"]!, parameter["schema"]!.AsObject(), (bool?)parameter["required"] == true) with
        {
            About = (string?)parameter["description"],
        };

    public static ApiField Of(string name, JsonObject? schema, bool isNeeded)
    {
        var plain = schema?["anyOf"] is JsonArray { Count: > 0 } ways ? ways[0] as JsonObject : schema;
        var kinds = plain?["type"] switch
        {
            JsonArray several => several.Select(s => (string)s!).ToList(),
            JsonValue one => [(string)one!],
            _ => [],
        };
        var reference = (string?)plain?["$ref"] ?? (string?)(plain?["items"] as JsonObject)?["$ref"];
        var format = (string?)plain?["format"];
        if (schema?["anyOf"] is not null)
            kinds.Add("null");
        return new ApiField(
            name,
            string.Join(" | ", kinds) + (format is null ? "" : $" ({format})"),
            reference?.Split('/')[^1],
            isNeeded,
            (string?)schema?["description"]
        );
    }
}
