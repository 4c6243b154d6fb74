using Muster.Core;
using Muster.Core.Roles;

namespace Muster.Server.Web;

/// <summary>Who may use a route; every route carries one.</summary>
/// <param name="Power">Null where it is enough to be signed in, or to be anybody.</param>
internal sealed record AccessRule(bool IsOpen, Power? Power);

/// <summary>Names the power that a route needs.</summary>
internal static class Access
{
    public const string SignInPath = "/sign-in";

    /// <summary>Anybody may ask. What a stranger may learn is the route's own affair.</summary>
    public static RouteHandlerBuilder OpenToEveryone(this RouteHandlerBuilder route) => route.WithMetadata(new AccessRule(true, null));

    public static RouteHandlerBuilder RequireSignIn(this RouteHandlerBuilder route) =>
        route.WithMetadata(new AccessRule(false, null)).AddEndpointFilter(Check(power: null));

    /// <summary>Held over anything at all; a route about one institute or group asks <see cref="Powers.Over"/> for that one besides.</summary>
    public static RouteHandlerBuilder RequirePower(this RouteHandlerBuilder route, Power power) =>
        route.WithMetadata(new AccessRule(false, power)).AddEndpointFilter(Check(power));

    private static Func<EndpointFilterInvocationContext, EndpointFilterDelegate, ValueTask<object?>> Check(Power? power) =>
        async (context, next) =>
        {
            var http = context.HttpContext;
            if (SignedIn.On(http) is not { } account)
            {
                return Problems.WantsJson(http) || !HttpMethods.IsGet(http.Request.Method)
                    ? Problems.Answer(http, new Refusal("request.sign-in-needed"), StatusCodes.Status401Unauthorized)
                    : Results.Redirect($"{SignInPath}?to={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
            }
            if (power is { } needed && !account.Powers.Any(needed))
                return Problems.Answer(http, new Refusal("request.not-allowed"), StatusCodes.Status403Forbidden);
            return await next(context);
        };
}
