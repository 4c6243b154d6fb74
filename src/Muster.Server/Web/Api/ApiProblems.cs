using System.Text.Json.Nodes;

namespace Muster.Server.Web.Api;

/// <summary>How the interface says no (RFC 9457): one shape, stable codes, and the statuses that each kind of route may answer with.</summary>
internal static class ApiProblems
{
    private const string Kind = "application/problem+json";

    private static readonly int[] all = [400, 401, 403, 404, 409, 413, 415, 422, 429, 500];

    public static IEnumerable<int> StatusesOf(bool isAct, AccessRule rule, bool byCertificate, bool namesSomething) =>
        all.Where(status =>
            status switch
            {
                StatusCodes.Status401Unauthorized => !rule.IsOpen,
                StatusCodes.Status403Forbidden => rule.Power is not null || byCertificate,
                StatusCodes.Status404NotFound => namesSomething,
                StatusCodes.Status409Conflict => isAct,
                StatusCodes.Status413PayloadTooLarge or StatusCodes.Status415UnsupportedMediaType => isAct,
                StatusCodes.Status429TooManyRequests => isAct && rule.IsOpen,
                _ => true,
            }
        );

    public static JsonObject Responses(Func<string, object[], string> text) =>
        [
            .. all.Select(status =>
                KeyValuePair.Create<string, JsonNode?>(
                    $"Refused{status}",
                    new JsonObject
                    {
                        ["description"] = text($"Refused.{status}", []),
                        ["content"] = new JsonObject { [Kind] = new JsonObject { ["schema"] = ApiSchemas.Reference("Problem") } },
                    }
                )
            ),
        ];

    /// <summary>As <see cref="Problems.Document"/> writes it; every code there is.</summary>
    public static JsonObject Schema()
    {
        var codes = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. RefusalTexts.Codes().Select(c => (JsonNode)c)]) };
        return new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("title", "status", "type", "code", "errors"),
            ["properties"] = new JsonObject
            {
                ["type"] = Words(),
                ["title"] = Words(),
                ["detail"] = Words(),
                ["status"] = new JsonObject { ["type"] = "integer" },
                ["code"] = codes,
                ["errors"] = new JsonObject
                {
                    ["type"] = "array",
                    ["items"] = new JsonObject
                    {
                        ["type"] = "object",
                        ["required"] = new JsonArray("code", "field", "sentence", "hint"),
                        ["properties"] = new JsonObject
                        {
                            ["code"] = codes.DeepClone(),
                            ["field"] = WordsOrNull(),
                            ["sentence"] = Words(),
                            ["hint"] = WordsOrNull(),
                        },
                    },
                },
            },
        };
    }

    private static JsonObject Words() => new() { ["type"] = "string" };

    private static JsonObject WordsOrNull() => new() { ["type"] = new JsonArray("string", "null") };
}
