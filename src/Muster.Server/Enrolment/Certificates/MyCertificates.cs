using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Members;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Certificates;

/// <summary>Every certificate subject that stands for me, and what I asked for.</summary>
internal static class MyCertificates
{
    public const string Path = "/me/certificates";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, HandleAsync).RequireSignIn();

    private static async Task<IResult> HandleAsync(HttpContext http, Loader loader, string? done, CancellationToken ct)
    {
        var model = await loader.LoadAsync(http, ct);
        return Problems.WantsJson(http)
            ? Results.Json(model.Certificates.Select(c => new CertificateLine(c.Subject, c.Issuer, c.NotAfter, c.SuspendedAt, c.Source)))
            : Pages.Show<MyCertificatesPage>(http, new { Model = model with { Done = Outcomes.Contains(done) ? done : null } });
    }

    /// <summary>What the page can be asked to say, after a form.</summary>
    private static readonly HashSet<string?> Outcomes = new(StringComparer.Ordinal) { "added", "nothing", "asked", "suspended", "resumed" };

    private sealed record CertificateLine(
        string Subject,
        string? Issuer,
        DateTimeOffset? NotAfter,
        DateTimeOffset? SuspendedAt,
        string Source
    );

    /// <summary>Loads the page again where a form of it was refused.</summary>
    internal sealed class Loader(IDbContextFactory<MusterDb> contexts)
    {
        public async Task<MyCertificatesModel> LoadAsync(HttpContext http, CancellationToken ct)
        {
            var me = SignedIn.On(http)!; // the route needs it
            await using var db = await contexts.CreateDbContextAsync(ct);
            var account = await db.AccountAsync(me.Id, ct);
            var member = account is null ? null : await db.MemberAsync(account.MemberId, ct);
            return member is null
                ? new MyCertificatesModel([], [])
                : new MyCertificatesModel(
                    [.. member.Certificates.OrderBy(c => c.SuspendedAt is not null).ThenBy(c => c.AddedAt)],
                    await db.CertificateRequestsOfAsync(member.Id, ct)
                );
        }

        public async Task<IResult> RefusedAsync(HttpContext http, Refusal why, string? subject, string? purpose, CancellationToken ct)
        {
            if (Problems.WantsJson(http))
                return Problems.Answer(http, why, StatusCodes.Status422UnprocessableEntity);
            var model = await LoadAsync(http, ct);
            return Pages.Show<MyCertificatesPage>(
                http,
                new { Model = model with { Errors = [why], Subject = subject, Purpose = purpose } },
                StatusCodes.Status422UnprocessableEntity
            );
        }
    }
}

/// <summary>What the page shows.</summary>
public sealed record MyCertificatesModel(IReadOnlyList<MemberCertificate> Certificates, IReadOnlyList<CertificateRequest> Requests)
{
    public string? Done { get; init; }
    public IReadOnlyList<Refusal> Errors { get; init; } = [];
    public string? Subject { get; init; }
    public string? Purpose { get; init; }
}
