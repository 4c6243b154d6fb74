using Microsoft.AspNetCore.Http.HttpResults;
using Muster.Core;

namespace Muster.Server.Web;

/// <summary>The only place that turns a refusal into an answer: a page for people, a problem document (RFC 9457) for programs.</summary>
internal static class Problems
{
    public static IResult Answer(HttpContext http, Refusal refusal, int status)
    {
        if (!WantsJson(http))
            return Pages.Show<ProblemPage>(http, new { Status = status, Refusal = refusal }, status);
        return Document([refusal], status);
    }

    /// <summary>Several refusals of one JSON request, each with its field.</summary>
    public static ProblemHttpResult Document(IReadOnlyList<Refusal> refusals, int status) =>
        TypedResults.Problem(
            title: RefusalTexts.Sentence(refusals[0]),
            detail: RefusalTexts.Hint(refusals[0]),
            type: "/help/codes#" + refusals[0].Code,
            statusCode: status,
            extensions: new Dictionary<string, object?>
            {
                ["code"] = refusals[0].Code,
                ["errors"] = refusals.Select(r => new
                {
                    code = r.Code,
                    field = r.Field,
                    sentence = RefusalTexts.Sentence(r),
                    hint = RefusalTexts.Hint(r),
                }),
            }
        );

    public static bool WantsJson(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
            return true;
        var accept = http.Request.Headers.Accept.ToString();
        return accept.Contains("application/json", StringComparison.OrdinalIgnoreCase)
            && !accept.Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }

    public static void UseProblems(this WebApplication app)
    {
        app.Use(CatchAsync);
        app.UseStatusCodePages(async context =>
        {
            var http = context.HttpContext;
            var refusal = http.Response.StatusCode switch
            {
                StatusCodes.Status404NotFound => new Refusal("request.not-found"),
                StatusCodes.Status405MethodNotAllowed => new Refusal("request.wrong-method"),
                StatusCodes.Status415UnsupportedMediaType => new Refusal("request.wrong-media-type"),
                StatusCodes.Status403Forbidden => new Refusal("request.not-allowed"),
                StatusCodes.Status413PayloadTooLarge => new Refusal("request.too-large"),
                _ => new Refusal("request.malformed"),
            };
            await Answer(http, refusal, http.Response.StatusCode).ExecuteAsync(http);
        });
    }

    private static async Task CatchAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The visitor is gone; there is nobody to answer.
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            var code = e.StatusCode == StatusCodes.Status413PayloadTooLarge ? "request.too-large" : "request.malformed";
            await Answer(http, new Refusal(code), e.StatusCode).ExecuteAsync(http);
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            var reference = http.TraceIdentifier;
            Log.RequestFailed(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Muster.Server.Web"), reference, e);
            http.Response.Clear();
            await Answer(http, Refusal.With("request.failed", reference), StatusCodes.Status500InternalServerError).ExecuteAsync(http);
        }
        catch (Exception e)
        {
            // Half of the answer is on its way; it can only be broken off, and said in the log.
            Log.RequestFailed(
                http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Muster.Server.Web"),
                http.TraceIdentifier,
                e
            );
            http.Abort();
        }
    }
}
