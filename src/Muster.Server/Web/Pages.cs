using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Muster.Core;
using Muster.Core.X509;

namespace Muster.Server.Web;

/// <summary>Answers with a page rendered on the server.</summary>
internal static class Pages
{
    /// <summary>A certificate that was refused at a door: what is wrong with it, and what to do.</summary>
    public static IResult CertificateProblem(HttpContext http, CertificateVerdict.Refused verdict) =>
        Show<CertificateProblemPage>(http, new { Verdict = verdict }, StatusCodes.Status403Forbidden);

    /// <summary>A page with a form: 422 where the form was refused.</summary>
    public static IResult ShowForm<TPage>(HttpContext http, object parameters, IReadOnlyCollection<Refusal> errors)
        where TPage : IComponent =>
        Show<TPage>(http, parameters, errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);

    public static IResult Show<TPage>(HttpContext http, object parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        http.Response.StatusCode = status;
        return new RazorComponentResult<TPage>(parameters) { StatusCode = status, PreventStreamingRendering = true };
    }
}
