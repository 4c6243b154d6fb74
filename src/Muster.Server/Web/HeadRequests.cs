using Microsoft.AspNetCore.Http.Features;

namespace Muster.Server.Web;

/// <summary>HEAD is GET without the body (RFC 9110 §9.3.2): for every page, without a route of its own.</summary>
internal static class HeadRequests
{
    public static void UseHeadRequests(this WebApplication app) =>
        app.Use(
            (http, next) =>
            {
                if (HttpMethods.IsHead(http.Request.Method))
                {
                    http.Request.Method = HttpMethods.Get;
                    http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
                }
                return next(http);
            }
        );
}
