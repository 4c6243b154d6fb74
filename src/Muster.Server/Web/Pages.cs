using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Muster.Core.X509;

namespace Muster.Server.Web;

/// <summary>Answers with a page rendered on the server.</summary>
internal static class Pages
{
    /// <summary>A certificate that was refused at a door: what is wrong with it, and what to do.</summary>
    public static IResult CertificateProblem(HttpContext http, CertificateVerdict.Refused verdict) =>
        Show<CertificateProblemPage>(http, new { Verdict = verdict }, StatusCodes.Status403Forbidden);

    public static IResult Show<TPage>(HttpContext http, object parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        http.Response.StatusCode = status;
        return new RazorComponentResult<TPage>(parameters) { StatusCode = status, PreventStreamingRendering = true };
    }
}
