using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Muster.Server.Web.Api;

/// <summary>Schemas of the records that are sent and answered (JSON Schema 2020-12, as OpenAPI 3.1 takes it), each named once.</summary>
internal sealed class ApiSchemas(Func<Type, string, string?> about)
{
    private static readonly JsonSerializerOptions usual = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private readonly SortedDictionary<string, JsonNode?> named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Type> types = new(StringComparer.Ordinal);

    public JsonObject All() => [.. named.Select(n => KeyValuePair.Create(n.Key, n.Value?.DeepClone()))];

    public static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    public void Add(string name, JsonObject schema) => named[name] = schema;

    /// <summary>For a body or an answer: a reference, or a list of references.</summary>
    /// <param name="writing">How it is written, where not as usual; what is then left out when it is null, is not required.</param>
    public JsonNode Of(Type type, JsonSerializerOptions? writing = null)
    {
        var options = writing is null
            ? usual
            : new JsonSerializerOptions(writing)
            {
                NumberHandling = usual.NumberHandling,
                RespectNullableAnnotations = true,
                RespectRequiredConstructorParameters = true,
                TypeInfoResolver = usual.TypeInfoResolver,
            };
        return Export(type, options, isNamed: false);
    }

    private JsonNode Export(Type type, JsonSerializerOptions options, bool isNamed) =>
        options.GetJsonSchemaAsNode(
            type,
            new JsonSchemaExporterOptions
            {
                TreatNullObliviousAsNonNullable = true,
                TransformSchemaNode = (context, schema) =>
                    IsRecord(context.TypeInfo.Type) && !(isNamed && context.Path.IsEmpty)
                        ? Named(context, schema, options)
                        : Tidied(context.TypeInfo.Type, schema, options),
            }
        );

    /// <summary>What has a name of its own is described once, and pointed at.</summary>
    private JsonObject Named(JsonSchemaExporterContext context, JsonNode schema, JsonSerializerOptions options)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var name = NameOf(type);
        if (types.TryAdd(name, type))
        {
            named[name] = null; // it may hold itself
            named[name] = Export(type, options, isNamed: true);
        }
        else if (types[name] != type)
            throw new InvalidOperationException($"Two records are called {name}: {types[name]} and {type}.");
        return AllowsNull(schema) && context.PropertyInfo is not null
            ? new JsonObject { ["anyOf"] = new JsonArray(Reference(name), new JsonObject { ["type"] = "null" }) }
            : Reference(name);
    }

    private JsonNode Tidied(Type type, JsonNode schema, JsonSerializerOptions options)
    {
        if (schema is not JsonObject one || one["properties"] is not JsonObject properties)
            return schema;
        if (one["type"] is JsonArray)
            one["type"] = "object"; // what has a name is there; where it may be missing, who points at it says so
        foreach (var (name, value) in properties)
            if (value is JsonObject property && about(type, name) is { } words)
                property["description"] = words;
        if (
            options.DefaultIgnoreCondition == System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull
            && one["required"] is JsonArray required
        )
            foreach (var name in required.Select(r => (string)r!).Where(r => AllowsNull(properties[r])).ToList()) // names of properties
                required.Remove(required.First(r => (string)r! == name));
        return one;
    }

    private static bool AllowsNull(JsonNode? schema) =>
        schema is JsonObject one
        && (
            one["type"] is JsonArray kinds && kinds.Any(k => (string)k! == "null")
            || one["anyOf"] is JsonArray ways
                && ways.Any(w => w is JsonObject way && way["type"] is JsonValue kind && (string)kind! == "null")
        );

    private static bool IsRecord(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.Namespace?.StartsWith("Muster.", StringComparison.Ordinal) == true
            && !plain.IsEnum
            && !typeof(IEnumerable).IsAssignableFrom(plain);
    }

    /// <summary>Of the record; with that around it where it lies in one.</summary>
    private static string NameOf(Type type)
    {
        var own =
            type.Name.EndsWith("Answer", StringComparison.Ordinal) && type.Name != "Answer" ? type.Name[..^"Answer".Length] : type.Name;
        return type.DeclaringType is { } around ? around.Name + own : own;
    }
}
