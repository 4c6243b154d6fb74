using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Core;
using Muster.Core.AcceptableUse;
using Muster.Core.Members;
using Muster.Core.Registrations;
using Muster.Core.X509;
using Muster.Server.Audit;
using Muster.Server.Register.AcceptableUse;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Addresses;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Enrolment.Registrations;

/// <summary>Takes the form, finds what already exists for this person, and opens one registration with a confirmation mail.</summary>
internal static class SubmitRegistration
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(StartRegistration.Path, HandleFormAsync).OpenToEveryone().RequireFormToken();
        routes
            .MapPost("/api/registrations", HandleJsonAsync)
            .OpenToEveryone()
            .Takes<RegistrationBody, RegisteredAnswer>("register", StatusCodes.Status201Created, o => o with { ByCertificate = true });
    }

    private static async Task<IResult> HandleFormAsync(HttpContext http, SubmitRegistrationWork work, CancellationToken ct) =>
        await HandleAsync(http, RegistrationForm.From(await http.Request.ReadFormAsync(ct)), work, ct);

    /// <summary>The same for programs: the body has the form's fields; a certificate is the sign-in, so no form token is asked for.</summary>
    private static Task<IResult> HandleJsonAsync(
        HttpContext http,
        RegistrationBody body,
        SubmitRegistrationWork work,
        CancellationToken ct
    ) => HandleAsync(http, body.Form(), work, ct);

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        RegistrationForm form,
        SubmitRegistrationWork work,
        CancellationToken ct
    )
    {
        var verdict = work.Certificates.JudgePerson(http);
        if (verdict is not CertificateVerdict.Accepted accepted)
            return StartRegistration.Problem(http, verdict);
        var aup = work.Aup.Current(http);
        var (application, errors) = form.Parse(work.Accounts.NameRules, aup.Version, aup.Language);
        if (application is null)
            return await AgainAsync(http, form, accepted.EndEntity, aup, errors, work, ct);

        var outcome = await work.CommitAsync(http, application, accepted.EndEntity, aup, ct);
        if (outcome is SubmitOutcome.Exists)
            await work.NoteRenewalAsync(http, accepted.EndEntity, ct);

        return outcome switch
        {
            SubmitOutcome.Made made => Follow(http, made.Registration, work),
            SubmitOutcome.Exists exists => Problems.WantsJson(http)
                ? Problems.Answer(
                    http,
                    new Refusal(exists.What.AccountName is null ? "registration.another-is-open" : "registration.account-exists"),
                    409
                )
                : Pages.Show<AlreadyHerePage>(http, new { Model = exists.What }, StatusCodes.Status409Conflict),
            SubmitOutcome.Wrong wrong => await AgainAsync(http, form, accepted.EndEntity, aup, wrong.Errors, work, ct),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static IResult Follow(HttpContext http, Registration made, SubmitRegistrationWork work)
    {
        work.Links.Remember(http, made.Id);
        var follow = work.Links.Follow(made.Id);
        return Problems.WantsJson(http) ? Results.Created(follow, new RegisteredAnswer(made.Reference, follow)) : Results.Redirect(follow);
    }

    private static async Task<IResult> AgainAsync(
        HttpContext http,
        RegistrationForm form,
        ClientCertificate certificate,
        AupDocument aup,
        IReadOnlyList<Refusal> errors,
        SubmitRegistrationWork work,
        CancellationToken ct
    )
    {
        if (Problems.WantsJson(http))
            return Problems.Document(
                http.Request.HasFormContentType ? errors : [.. errors.Select(RegistrationBody.Named)],
                StatusCodes.Status422UnprocessableEntity
            );
        await using var db = await work.Contexts.CreateDbContextAsync(ct);
        var member = await db.MemberByCertificateAsync(certificate.Subject.Key, ct);
        var shown = form with { FormKey = RegistrationForm.NewFormKey(), AupVersion = aup.Version };
        var model = RegisterModel.For(shown, certificate, member, StartRegistration.Propose(certificate, member), aup, errors);
        return Pages.ShowForm<RegisterPage>(http, new { Model = model }, errors);
    }
}

/// <param name="Follow">Where to see how far it is.</param>
internal sealed record RegisteredAnswer(string Reference, string Follow);

/// <summary>How a submission ended.</summary>
internal abstract record SubmitOutcome
{
    public sealed record Made(Registration Registration) : SubmitOutcome;

    public sealed record Exists(ExistingForCertificate What) : SubmitOutcome;

    public sealed record Wrong(IReadOnlyList<Refusal> Errors) : SubmitOutcome;
}

/// <summary>The load–decide–commit part of the slice, shared by the form and the JSON route.</summary>
internal sealed class SubmitRegistrationWork(
    Writer writer,
    AuditTrail audit,
    TimeProvider clock,
    IOptions<RegistrationsOptions> options,
    IOptions<AccountsOptions> accounts,
    SubmitRegistrationParts parts
)
{
    public ClientCertificates Certificates => parts.Certificates;
    public RegistrationLinks Links => parts.Links;
    public AupLibrary Aup => parts.Aup;
    public IDbContextFactory<MusterDb> Contexts => parts.Contexts;
    public AccountsOptions Accounts => accounts.Value;

    /// <summary>Who has an account already may have come with a renewed certificate; whoever is approved brings it along.</summary>
    public async Task NoteRenewalAsync(HttpContext http, ClientCertificate certificate, CancellationToken ct)
    {
        await using var db = await Contexts.CreateDbContextAsync(ct);
        await parts.Renewals.OfAsync(db, certificate, http.Connection.RemoteIpAddress?.ToString(), ct);
    }

    public Task<SubmitOutcome> CommitAsync(
        HttpContext http,
        Application application,
        ClientCertificate certificate,
        AupDocument aup,
        CancellationToken ct
    )
    {
        var id = new RegistrationId(Guid.CreateVersion7(clock.GetUtcNow()));
        var reference = Reference.From(RandomNumberGenerator.GetBytes(Reference.RandomBytes));
        var presented = Presented(certificate, ClientCertificates.Of(http)!); // judged as accepted, so it was presented
        var origin = http.Connection.RemoteIpAddress?.ToString();
        return writer.WriteAsync<SubmitOutcome>(
            nameof(SubmitRegistration),
            async (db, unit) =>
            {
                var now = clock.GetUtcNow();
                if (await db.RegistrationByFormAsync(application.FormKey, unit) is { } same)
                    return same.CertificateKey == presented.Key ? new SubmitOutcome.Made(same) : Wrong(new Refusal("form.stale"));
                if (await ExistingForCertificate.FindAsync(db, presented.Key, Links, unit) is { } existing)
                    return new SubmitOutcome.Exists(existing);

                if (parts.Addresses.Value.RefusesMailbox(application.Email) is { } own)
                    return Wrong(own.At("email"));
                var member = await db.MemberByCertificateAsync(presented.Key, unit);
                if (member is not null && !member.HasEmail(application.Email) && !application.AsksForRegistrar)
                    return Wrong(EmailDiffers(member));
                if (await db.IsAccountNameTakenAsync(application.AccountName.Value, unit))
                    return Wrong(new Refusal("account-name.taken", "accountName") { Arguments = [application.AccountName.Value] });
                var heldBack = await HeldBack.FindAsync(db, application.Email.Key, except: null, unit);

                var registration = Registration.Submit(
                    id,
                    reference,
                    application with
                    {
                        IsHeldBack = heldBack is not null,
                    },
                    presented,
                    options.Value.Deadlines,
                    now
                );

                db.Add(registration);
                db.Add(new AupAcceptance(Guid.CreateVersion7(now), new AupVersion(aup.Version, aup.Language, aup.TextHash), id.Value, now));
                db.Add(RegistrationMails.Confirmation(registration, heldBack, now));
                await audit.AppendAsync(db, Entry(registration, presented, aup, origin), now, unit);
                await db.SaveChangesAsync(unit);
                return new SubmitOutcome.Made(registration);
            },
            ct
        );
    }

    private static SubmitOutcome.Wrong Wrong(Refusal why) => new([why]);

    private static Refusal EmailDiffers(Member member) =>
        new("registration.email-differs", "email")
        {
            Arguments = [member.PrimaryEmail is { } listed ? EmailAddress.Parse(listed).Value.Masked : "–"],
        };

    private static PresentedCertificate Presented(ClientCertificate certificate, PresentedChain chain) =>
        new(
            certificate.Subject.Key,
            certificate.Subject.Slash,
            certificate.Issuer.Slash,
            certificate.SerialHex,
            certificate.NotAfter,
            string.Join('\n', certificate.Subject.CommonNames),
            chain.ToBytes()
        );

    private static AuditEntry Entry(Registration registration, PresentedCertificate presented, AupDocument aup, string? origin) =>
        new("registration.submitted", Actor.Certificate(presented.Subject))
        {
            RegistrationId = registration.Id.Value,
            Origin = origin,
            Details =
            {
                ["accountName"] = registration.AccountName,
                ["aup"] = $"{aup.Version} ({aup.Language}) {aup.TextHash}",
                ["certificateSerial"] = presented.Serial,
                ["certificateIssuer"] = presented.Issuer,
                ["email"] = registration.Email,
                ["heldBack"] = registration.IsHeldBack ? "address already known" : null,
                ["name"] = registration.DisplayName,
                ["nameProposed"] = registration.ProposedName,
                ["native"] = registration.Native,
                ["reference"] = registration.Reference,
            },
        };
}

/// <summary>What the route needs beside the work itself.</summary>
internal sealed record SubmitRegistrationParts(
    ClientCertificates Certificates,
    RegistrationLinks Links,
    AupLibrary Aup,
    NoteRenewal Renewals,
    IOptions<AddressesOptions> Addresses,
    IDbContextFactory<MusterDb> Contexts
);
