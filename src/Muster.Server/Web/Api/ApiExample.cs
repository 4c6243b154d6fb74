using System.Text.Json.Nodes;

namespace Muster.Server.Web.Api;

/// <summary>A body of the right shape for a request that is shown: what is needed, with values that say their kind.</summary>
internal static class ApiExample
{
    public static JsonNode Of(JsonObject schema, JsonObject document)
    {
        var own = Resolve(schema, document);
        if (own["properties"] is not JsonObject properties)
            return Value(own, document);
        var needed = (own["required"] as JsonArray ?? []).Select(r => (string)r!).ToHashSet(StringComparer.Ordinal);
        return new JsonObject(
            properties
                .Where(p => needed.Count == 0 || needed.Contains(p.Key))
                .Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, Value(p.Value!.AsObject(), document)))
        );
    }

    private static JsonNode Value(JsonObject schema, JsonObject document)
    {
        var kind = schema["type"] is JsonArray several ? (string?)several[0] : (string?)schema["type"];
        return kind switch
        {
            "integer" => 100,
            "boolean" => true,
            "array" => new JsonArray(schema["items"] is JsonObject items ? Of(items, document) : null),
            "string" => (string?)schema["format"] switch
            {
                "uuid" => "0199f0c0-0000-7000-8000-000000000001",
                "date" => "2027-03-31",
                _ => "…",
            },
            _ => schema.ContainsKey("$ref") ? Of(schema, document) : new JsonObject(),
        };
    }

    private static JsonObject Resolve(JsonObject schema, JsonObject document) =>
        (string?)schema["$ref"] is { } reference
            ? document["components"]!["schemas"]![reference.Split('/')[^1]]!.AsObject() // made by us
            : schema;
}
