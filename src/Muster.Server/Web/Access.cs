using Muster.Core;

namespace Muster.Server.Web;

/// <summary>Names the power that a route needs.</summary>
internal static class Access
{
    public const string SignInPath = "/sign-in";

    public static RouteHandlerBuilder RequireSignIn(this RouteHandlerBuilder route) => route.AddEndpointFilter(Check(role: null));

    public static RouteHandlerBuilder RequireRole(this RouteHandlerBuilder route, string role) => route.AddEndpointFilter(Check(role));

    private static Func<EndpointFilterInvocationContext, EndpointFilterDelegate, ValueTask<object?>> Check(string? role) =>
        async (context, next) =>
        {
            var http = context.HttpContext;
            if (SignedIn.On(http) is not { } account)
            {
                return Problems.WantsJson(http) || !HttpMethods.IsGet(http.Request.Method)
                    ? Problems.Answer(http, new Refusal("request.sign-in-needed"), StatusCodes.Status401Unauthorized)
                    : Results.Redirect($"{SignInPath}?to={Uri.EscapeDataString(http.Request.Path)}");
            }
            if (role is not null && !account.Has(role))
                return Problems.Answer(http, new Refusal("request.not-allowed"), StatusCodes.Status403Forbidden);
            return await next(context);
        };
}
