using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Muster.Server.Web;

/// <summary>Answers with a page rendered on the server.</summary>
internal static class Pages
{
    public static IResult Show<TPage>(HttpContext http, object parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        http.Response.StatusCode = status;
        return new RazorComponentResult<TPage>(parameters) { StatusCode = status, PreventStreamingRendering = true };
    }
}
