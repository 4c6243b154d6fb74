using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Core.Registrations;
using Muster.Core.X509;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Operator.Demo;

/// <summary>
/// The main job, walked from outside: real mutual TLS, the pages' own forms, the links out of the mails. Every step that does not
/// hold ends the walk with what was seen instead.
/// </summary>
internal sealed class DemoWalk(
    WebApplication app,
    PortalOptions portal,
    string folder,
    DemoAuthority authority,
    DemoCollaboration demo,
    DemoScreen screen
)
{
    private const string Password = "correct horse walks into the control room";

    /// <summary>A step did not hold.</summary>
    internal sealed class StepFailedException(string seen) : Exception(seen);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        if (await NextWalkerAsync(ct) is not { } walker)
        {
            screen.Failed(VerbTexts.Get("demo.step.certificate"), VerbTexts.Get("demo.nobody-left"));
            return false;
        }
        screen.Walk(walker.Name, walker.Subject);
        using var browser = new DemoBrowser(portal, authority, walker);
        var mails = new DemoMails(Path.Combine(folder, "mail"), walker.Email);
        var total = Stopwatch.StartNew();
        var usable = TimeSpan.Zero;
        var account = "";

        var held =
            await StepAsync("certificate", () => browser.GetAsync(portal.CertificateLink(StartPath), "accountName", ct))
            && await StepAsync("register", () => browser.PostAsync(form => Fill(form, walker), "/registrations/R-", ct))
            && await StepAsync("mail", async () => mails.ConfirmLink = await mails.WaitForLinkAsync("/confirm/", ct))
            && await StepAsync("confirm", () => browser.GetAsync(mails.ConfirmLink, "/registrations/R-", ct))
            && await StepAsync("account", async () => mails.PasswordLink = await mails.WaitForLinkAsync("/password/set/", ct))
            && Note(() => usable = total.Elapsed)
            && await StepAsync("link", () => browser.GetAsync(mails.PasswordLink, "name=\"password\"", ct))
            && await StepAsync(
                "password",
                () =>
                    browser.PostAsync(
                        form =>
                        {
                            form["password"] = Password;
                            form["repeat"] = Password;
                        },
                        "/sign-in",
                        ct
                    )
            )
            && await StepAsync(
                "sign-in",
                async () =>
                {
                    account = browser.FormValue("account") ?? throw new StepFailedException(browser.Seen);
                    await browser.PostAsync(form => form["password"] = Password, "/me", ct);
                }
            )
            && await StepAsync("me", () => browser.GetAsync(portal.Link("/me"), account, ct));
        if (held)
            screen.Sum(usable);
        else
            screen.NotWalked();
        return held;
    }

    private const string StartPath = "/register/certificate";

    private static void Fill(Dictionary<string, string> form, DemoCertificate walker)
    {
        form["email"] = walker.Email;
        form["aup"] = "on";
    }

    private static bool Note(Action note)
    {
        note();
        return true;
    }

    private async Task<bool> StepAsync(string key, Func<Task> step)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            await step();
        }
        catch (Exception e) when (e is StepFailedException or HttpRequestException or TimeoutException)
        {
            screen.Failed(VerbTexts.Get("demo.step." + key), e.GetBaseException().Message);
            return false;
        }
        screen.Did(VerbTexts.Get("demo.step." + key), watch.Elapsed);
        return true;
    }

    /// <summary>The walker of the cast; on later runs, when that one has an account, the next member who has none.</summary>
    private async Task<DemoCertificate?> NextWalkerAsync(CancellationToken ct)
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<MusterDb>>().CreateDbContextAsync(ct);
        var taken = await db.Set<Account>().Select(a => a.MemberId).ToHashSetAsync(ct);
        var registered = (await db.Set<Registration>().Select(r => r.CertificateKey).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        var cast = authority.Certificates.Select(c => c.MemberNumber).ToHashSet();
        var keys = await db.Set<MemberCertificate>().ToDictionaryAsync(c => c.Key, c => c.MemberId, StringComparer.Ordinal, ct);

        var walker = authority["walker"];
        foreach (
            var person in demo
                .Members.Where(m => m.Number == walker.MemberNumber || (!cast.Contains(m.Number) && IsPlain(m)))
                .OrderByDescending(m => m.Number == walker.MemberNumber)
        )
        {
            var key = DistinguishedName.ParseSlash(person.CertificateSubject!).Value.Key; // plain members have one
            if (registered.Contains(key) || !keys.TryGetValue(key, out var member) || taken.Contains(member))
                continue;
            return person.Number == walker.MemberNumber
                ? walker
                : DemoAuthority.Issue(
                    folder,
                    "walker-again",
                    person.CertificateSubject!,
                    person.Email,
                    person.Number,
                    app.Services.GetRequiredService<TimeProvider>().GetUtcNow()
                ); // as above
        }
        return null;
    }

    private bool IsPlain(DemoMember member) =>
        member is { Given: not null, Family: not null, Until: null, CertificateSubject: not null }
        && demo.Members.Count(m => m.Given == member.Given && m.Family == member.Family) == 1;
}
