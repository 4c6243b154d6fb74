using System.Diagnostics;

namespace Muster.Bench;

/// <summary>All requests of one registration: form, submission, status, confirmation, status, and the page for the password.</summary>
internal static class Journey
{
    /// <summary>Time from the click on the confirmation link until the mail with the password link lay there.</summary>
    public static async Task<TimeSpan> WalkAsync(Site site, Applicant applicant, Mailboxes mails)
    {
        using var browser = new Browser(site, applicant.Certificate);
        await browser.GetAsync(site.Portal.CertificateLink("/register/certificate"));
        await browser.PostAsync(("email", applicant.Email), ("aup", "on"));
        var confirm = await mails.LinkAsync(applicant.Email, "/confirm/");

        var click = Stopwatch.StartNew();
        var ready = TimeAsync();
        await browser.GetAsync(confirm);
        var usable = await ready;
        await browser.GetAsync(await mails.LinkAsync(applicant.Email, "/password/set/"));
        return usable;

        async Task<TimeSpan> TimeAsync()
        {
            await mails.LinkAsync(applicant.Email, "/password/set/");
            return click.Elapsed;
        }
    }
}
