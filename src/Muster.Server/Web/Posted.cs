using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Muster.Core;
using Muster.Core.Roles;
using Muster.Server.Web.Api;

namespace Muster.Server.Web;

/// <summary>
/// One door for pages and programs: the fields of a form post with our token in it, or of a JSON object. No page of another site can
/// send JSON with our cookie, so it needs no token; nor does a program that has nothing to say.
/// </summary>
internal static class Posted
{
    private static readonly object key = new();

    public static RouteHandlerBuilder TakesFormOrJson(this RouteHandlerBuilder route) =>
        route
            .DisableAntiforgery() // asked for here, where the body is a form
            .AddEndpointFilter(
                async (context, next) =>
                {
                    var http = context.HttpContext;
                    if (HasNoBody(http) && NeedsNone(http))
                    {
                        http.Items[key] = FormCollection.Empty;
                        return await next(context);
                    }
                    if (!http.Request.HasJsonContentType())
                    {
                        if (await FormPosts.RefusalOfAsync(http) is { } refused)
                            return refused;
                        return await next(context);
                    }
                    if (await ReadJsonAsync(http) is not { } fields)
                        return Problems.Answer(http, new Refusal("request.malformed"), StatusCodes.Status400BadRequest);
                    http.Items[key] = fields;
                    return await next(context);
                }
            );

    /// <summary>One act on a page and for programs, under the same power.</summary>
    /// <returns>The route of the interface, to be described.</returns>
    /// <param name="pattern">Behind the address of the page and that of the interface.</param>
    public static RouteHandlerBuilder MapAct(
        this IEndpointRouteBuilder routes,
        string page,
        string api,
        string pattern,
        Power power,
        Delegate handler
    )
    {
        routes.MapPost(page + pattern, handler).RequirePower(power).TakesFormOrJson();
        return routes.MapPost(api + pattern, handler).RequirePower(power).TakesFormOrJson();
    }

    /// <summary>The fields of this request; the route takes form or JSON.</summary>
    public static IFormCollection Fields(HttpContext http) => http.Items[key] as IFormCollection ?? http.Request.Form;

    private static bool HasNoBody(HttpContext http) =>
        (string.IsNullOrEmpty(http.Request.ContentType) || http.Request.HasJsonContentType())
        && http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };

    /// <summary>
    /// The act is described without a body and no page sent it: a page of another site could have it sent with our cookie, for without a body a
    /// browser asks nobody first. Browsers name the page with everything that is posted, programs name none.
    /// </summary>
    private static bool NeedsNone(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<ApiOperation>() is { Body: null, FilesIn.Count: 0 }
        && http.Request.Headers.Origin.Count == 0
        && http.Request.Headers["Sec-Fetch-Site"].Count == 0;

    private static async Task<IFormCollection?> ReadJsonAsync(HttpContext http)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            var fields = new Dictionary<string, StringValues>(StringComparer.Ordinal);
            foreach (var property in document.RootElement.EnumerateObject())
                fields[property.Name] = Values(property.Value);
            return new FormCollection(fields);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // no JSON, or half a character in a text, which is found when the text is read
        }
    }

    private static StringValues Values(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => StringValues.Empty,
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Array => value.EnumerateArray().SelectMany(v => (IEnumerable<string?>)Values(v)).ToArray(),
            _ => value.GetRawText(),
        };
}
