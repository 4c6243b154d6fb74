using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Registrations;
using Muster.Core.Roles;
using Muster.Server.Audit;
using Muster.Server.Register.Institutes;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Registrations;

/// <summary>A member of the list whom the registration may be about, beside what the applicant showed and typed.</summary>
public sealed record Candidate(Member Member, Institute? Institute, string FoundBy, bool IsActive);

/// <summary>Everything needed for one decision, on one page.</summary>
public sealed record ReviewModel(
    Registration Registration,
    IReadOnlyList<Candidate> Candidates,
    IReadOnlyList<Duplicate> Duplicates,
    IReadOnlyList<AuditRecord> History,
    IReadOnlyList<Refusal> Errors
);

/// <summary>Shows a registrar what the certificate says, what the applicant typed and what the list knows, side by side.</summary>
internal static class ReviewRegistration
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                ListRegistrations.Path + "/{reference}",
                (HttpContext http, string reference, Loader loader, CancellationToken ct) => loader.ShowAsync(http, reference, [], ct)
            )
            .RequirePower(Power.DecideRegistrations);

    internal sealed class Loader(IDbContextFactory<MusterDb> contexts, TimeProvider clock)
    {
        public async Task<IResult> ShowAsync(HttpContext http, string reference, IReadOnlyList<Refusal> errors, CancellationToken ct)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (Reference.Normalise(reference) is not { } known || await db.RegistrationAsync(known, ct) is not { } registration)
                return Problems.Answer(http, new Refusal("registration.unknown"), StatusCodes.Status404NotFound);

            var candidates = await CandidatesAsync(db, registration, ct);
            var duplicates = registration.IsOpen
                ? await FactsTable.DuplicatesAsync(db, registration, candidates.FirstOrDefault()?.Member, ct)
                : [];
            var history = await db.Set<AuditRecord>()
                .Where(a => a.RegistrationId == registration.Id.Value)
                .OrderBy(a => a.Sequence)
                .ToListAsync(ct);
            var model = new ReviewModel(registration, candidates, duplicates, history, errors);
            return Pages.Show<ReviewRegistrationPage>(http, new { Model = model }, errors.Count > 0 ? 400 : 200);
        }

        private async Task<List<Candidate>> CandidatesAsync(MusterDb db, Registration registration, CancellationToken ct)
        {
            var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            var found = new List<(Member Member, string By)>();
            if (await db.MemberByCertificateAsync(registration.CertificateKey, ct) is { } bySubject)
                found.Add((bySubject, "certificate"));
            found.AddRange((await db.MembersByEmailAsync(registration.EmailKey, ct)).Select(m => (m, "email")));
            found.AddRange((await db.MembersByNameKeyAsync(registration.NameKey, 5, ct)).Select(m => (m, "name")));
            var candidates = new List<Candidate>();
            foreach (var (member, by) in found.DistinctBy(f => f.Member.Id))
                candidates.Add(new Candidate(member, await db.InstituteOfAsync(member, today, ct), by, member.IsActiveOn(today)));
            return candidates;
        }
    }
}
