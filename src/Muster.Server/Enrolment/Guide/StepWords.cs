using Microsoft.Extensions.Localization;
using Muster.Core.Accounts;
using Muster.Core.Guide;
using Muster.Core.Registrations;
using Muster.Server.Enrolment.Certificates;
using Muster.Server.Register.AcceptableUse;
using Muster.Server.Register.Accounts;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Guide;

/// <summary>What a step says and where it is done.</summary>
internal static class StepWords
{
    public static string Title(this GuideStep step, IStringLocalizer<GuideText> texts) => step.Title ?? texts[$"Step.{step.Id}.Title"];

    public static string Text(this GuideStep step, IStringLocalizer<GuideText> texts) => step.Text ?? texts[$"Step.{step.Id}.Text"];

    /// <summary>Whether there are words of ours to go back to.</summary>
    public static bool IsShipped(this GuideStep step) => GuideContent.Shipped.Find(step.Id) is not null;

    /// <summary>Address of the place where the step is done or followed; null where there is none.</summary>
    public static string? Place(this GuideStep step, GuideFacts facts, PortalOptions portal)
    {
        var status = facts.Registration is { } own ? portal.Link($"/registrations/{own.Reference}") : null;
        return step.Kind switch
        {
            GuideStepKind.Certificate => portal.Link(GetCertificate.Path),
            GuideStepKind.CertificateCheck => portal.CertificateLink(CheckCertificate.Path),
            GuideStepKind.Registration when facts.Registration is null or { IsOpen: false } => portal.CertificateLink(
                "/register/certificate"
            ),
            GuideStepKind.Conditions => portal.Link(AcceptableUseFeature.Path),
            GuideStepKind.Password when facts.Account is { State: AccountState.Locked } => portal.CertificateLink(
                ReissueInitialPassword.Path
            ),
            GuideStepKind.Membership or GuideStepKind.Own => null,
            _ => status,
        };
    }

    /// <summary>A time that others took, rounded up to what people count in.</summary>
    public static string Span(TimeSpan time, IStringLocalizer<GuideText> texts) =>
        time <= TimeSpan.FromMinutes(1) ? texts["Span.minute"]
        : time <= TimeSpan.FromMinutes(90) ? texts["Span.minutes", Math.Ceiling(time.TotalMinutes)]
        : time <= TimeSpan.FromHours(36) ? texts["Span.hours", Math.Ceiling(time.TotalHours)]
        : texts["Span.days", Math.Ceiling(time.TotalDays)];

    /// <summary>Word of a standing, for classes, texts and programs.</summary>
    public static string Word(this GuideStanding standing) =>
        standing switch
        {
            GuideStanding.Done => "done",
            GuideStanding.Next => "next",
            GuideStanding.Waiting => "waiting",
            GuideStanding.NotNeeded => "not-needed",
            GuideStanding.Later => "later",
            _ => "explained",
        };
}
