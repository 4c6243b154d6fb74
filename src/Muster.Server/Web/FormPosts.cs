using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Muster.Core;
using Muster.Server.Storage;

namespace Muster.Server.Web;

/// <summary>What every form post has in common: our own token in it, a body that can be read, text that is text.</summary>
internal static class FormPosts
{
    /// <summary>Longest value of a field that is looked at; a rule of the field refuses long before.</summary>
    private const int LongestValue = 4_000;

    /// <summary>
    /// A body of up to this many octets for this route, of which no field is cut short: the server's bound is the only one. It stays in memory and
    /// never lies on a disk, for people send what they should not.
    /// </summary>
    public static RouteHandlerBuilder TakeUpTo(this RouteHandlerBuilder route, int octets) =>
        route
            .WithMetadata(new RequestSizeLimitAttribute(octets))
            .WithFormOptions(memoryBufferThreshold: octets, valueLengthLimit: octets, multipartBodyLengthLimit: octets);

    /// <param name="tooLarge">What to say of a body beyond the bound; null for the words that every route has.</param>
    public static RouteHandlerBuilder RequireFormToken(this RouteHandlerBuilder route, Func<HttpContext, IResult>? tooLarge = null) =>
        route.AddEndpointFilter(async (context, next) => await RefusalOfAsync(context.HttpContext, tooLarge) ?? await next(context));

    /// <summary>Why the body is no form of ours; null when it is one.</summary>
    public static async Task<IResult?> RefusalOfAsync(HttpContext http, Func<HttpContext, IResult>? tooLarge = null)
    {
        if (!http.Request.HasFormContentType)
            return Problems.Answer(http, new Refusal("form.unreadable"), StatusCodes.Status415UnsupportedMediaType);
        try
        {
            await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (BadHttpRequestException e) when (tooLarge is not null && e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return tooLarge(http);
        }
        catch (Exception e)
            when (e is InvalidDataException or IOException and not BadHttpRequestException or ArgumentException or NotSupportedException)
        {
            return Problems.Answer(http, new Refusal("form.unreadable"), StatusCodes.Status400BadRequest);
        }
        if (!await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
            return Problems.Answer(http, new Refusal("form.stale"), StatusCodes.Status400BadRequest);
        return null;
    }

    /// <summary>The one value of a field, or null when it is absent or empty. Text that could not be decoded stays visible as U+FFFD.</summary>
    public static string? Text(this IFormCollection form, string field)
    {
        var value = form[field].FirstOrDefault();
        return string.IsNullOrEmpty(value) ? null : StorableText.Of(value, LongestValue);
    }

    /// <summary>Words of a person, without blanks around them and cut at the bound; null when there are none.</summary>
    public static string? Words(this IFormCollection form, string field, int longest)
    {
        var trimmed = form.Text(field)?.Trim();
        return string.IsNullOrEmpty(trimmed) ? null : StorableText.Of(trimmed, longest);
    }

    /// <summary>One of the words of <typeparamref name="T"/>, in any case; null for anything else, numbers among it.</summary>
    public static T? Choice<T>(string? word)
        where T : struct, Enum =>
        word is [var first, ..]
        && char.IsLetter(first)
        && Enum.TryParse<T>(word, ignoreCase: true, out var chosen)
        && Enum.IsDefined(chosen)
            ? chosen
            : null;

    public static bool Ticked(this IFormCollection form, string field) => form[field].FirstOrDefault() is "on" or "true" or "yes" or "1";
}
