using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;

namespace Muster.Server.Web.Api;

/// <summary>One operation of the description: what it is for, what it takes, what it answers, who may.</summary>
internal sealed class ApiPaths(ApiSchemas schemas, IStringLocalizer<ApiText> words)
{
    public const string Session = "session";
    public const string Certificate = "certificate";

    /// <summary>The part of the interface that a path belongs to.</summary>
    public static string TagOf(string path) => path.Split('/')[2].Split('.')[0];

    public JsonObject Describe(RouteEndpoint route, ApiOperation operation)
    {
        var path = ApiDocument.PathOf(route.RoutePattern);
        var rule = route.Metadata.GetMetadata<AccessRule>() ?? throw new InvalidOperationException($"{path} says not who may use it.");
        var described = new JsonObject
        {
            ["operationId"] = operation.Name,
            ["summary"] = Text($"Op.{operation.Name}"),
            ["tags"] = new JsonArray(TagOf(path)),
            ["x-muster-access"] =
                operation.ByCertificate ? "certificate"
                : rule.IsOpen ? "everyone"
                : rule.Power is null ? "signed-in"
                : "power",
        };
        if (rule.Power is { } power)
        {
            described["x-muster-power"] = power.ToString();
            described["description"] = Text("Needs", Text($"Power.{power}"));
        }
        described["security"] =
            operation.ByCertificate ? new JsonArray(new JsonObject { [Certificate] = new JsonArray() })
            : rule.IsOpen ? []
            : new JsonArray(new JsonObject { [Session] = new JsonArray() });
        if (Parameters(route, operation) is { Count: > 0 } parameters)
            described["parameters"] = parameters;
        if (Body(operation) is { } body)
            described["requestBody"] = body;
        described["responses"] = Responses(route, operation, rule);
        return described;
    }

    /// <summary>Those of the path, and those that the handler takes from the query.</summary>
    private JsonArray Parameters(RouteEndpoint route, ApiOperation operation)
    {
        var inPath = route.RoutePattern.Parameters.Select(p => p.Name).ToList();
        var typed = (route.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? []).ToDictionary(p => p.Name!, StringComparer.Ordinal); // a handler's have names
        var inQuery = typed
            .Values.Where(p => IsPlain(p.ParameterType) && !inPath.Contains(p.Name!, StringComparer.Ordinal))
            .Select(p => p.Name!)
            .Concat(operation.MoreQuery);
        return
        [
            .. inPath.Select(name => Parameter(operation, name, "path", typed.GetValueOrDefault(name)?.ParameterType)),
            .. inQuery.Select(name => Parameter(operation, name, "query", typed.GetValueOrDefault(name)?.ParameterType)),
        ];
    }

    private static bool IsPlain(Type type) =>
        type == typeof(string) || type == typeof(int) || type == typeof(int?) || type == typeof(Guid) || type == typeof(bool?);

    private JsonObject Parameter(ApiOperation operation, string name, string where, Type? type)
    {
        var schema =
            type == typeof(Guid) ? new JsonObject { ["type"] = "string", ["format"] = "uuid" }
            : type == typeof(int) || type == typeof(int?) ? new JsonObject { ["type"] = "integer", ["minimum"] = 1 }
            : new JsonObject { ["type"] = "string" };
        if (name is "on" or "from" or "to")
            schema["format"] = "date";
        var parameter = new JsonObject
        {
            ["name"] = name,
            ["in"] = where,
            ["description"] = words[$"Param.{operation.Name}.{name}"] is { ResourceNotFound: false } own
                ? own.Value
                : Text($"Param.{name}"),
            ["schema"] = schema,
        };
        if (where == "path" || operation.NeededQuery.Contains(name, StringComparer.Ordinal))
            parameter["required"] = true;
        return parameter;
    }

    private JsonObject? Body(ApiOperation operation)
    {
        var content = new JsonObject();
        if (operation.Body is { } shape)
            content["application/json"] = new JsonObject { ["schema"] = schemas.Of(shape) };
        foreach (var kind in operation.FilesIn)
            content[kind] = new JsonObject { ["schema"] = new JsonObject() };
        return content.Count == 0 ? null : new JsonObject { ["required"] = true, ["content"] = content };
    }

    private JsonObject Responses(RouteEndpoint route, ApiOperation operation, AccessRule rule)
    {
        var good = new JsonObject { ["description"] = Text(operation.Status == StatusCodes.Status201Created ? "Made" : "Good") };
        if (operation.Answer is { } answer)
            good["content"] = new JsonObject
            {
                ["application/json"] = new JsonObject { ["schema"] = schemas.Of(answer, operation.Writing) },
            };
        else if (operation.FilesOut.Count > 0)
            good["content"] = new JsonObject(
                operation.FilesOut.Select(kind =>
                    KeyValuePair.Create<string, JsonNode?>(
                        kind,
                        new JsonObject { ["schema"] = kind == "application/json" ? [] : new JsonObject { ["type"] = "string" } }
                    )
                )
            );
        var responses = new JsonObject { [$"{operation.Status}"] = good };
        var isAct = !(route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? false);
        var usual = ApiProblems.StatusesOf(isAct, rule, operation.ByCertificate, route.RoutePattern.Parameters.Count > 0);
        foreach (var status in usual.Union(operation.AlsoRefuses).Order())
            responses[$"{status}"] = new JsonObject { ["$ref"] = $"#/components/responses/Refused{status}" };
        return responses;
    }

    private string Text(string key, params object[] values) =>
        words[key, values] is { ResourceNotFound: false } found
            ? found.Value
            : throw new KeyNotFoundException($"ApiText.resx has no '{key}'.");
}
