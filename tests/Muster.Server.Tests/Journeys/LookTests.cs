using Microsoft.Playwright;
using Xunit;

namespace Muster.Server.Tests.Journeys;

/// <summary>Every page that opens without signing in, and the registrar's: in light and in dark, narrow and wide.</summary>
public sealed class LookTests(BrowserRoom room) : IClassFixture<BrowserRoom>
{
    private static readonly string[] Open =
    [
        "/",
        "/sign-in",
        "/password/forgot",
        "/conditions",
        "/help/codes",
        "/help/get-certificate",
        "/help/import-certificate",
        "/mailbox",
        "/later/former-account",
        "/later/no-certificate",
        "/registrations/R-0000-0000",
        "/confirm/nothing",
        "/password/set/nothing",
        "/nowhere",
    ];

    [Theory]
    [InlineData(320, ColorScheme.Light)]
    [InlineData(1600, ColorScheme.Dark)]
    public async Task Every_open_page_holds_up(int width, ColorScheme scheme)
    {
        await using var window = await room.OpenAsync(null, width, scheme);
        foreach (var path in Open)
        {
            await window.GoAsync(path);
            await window.HoldsUpAsync($"open{path.Replace('/', '-')}-{width}-{scheme}");
        }
    }

    /// <summary>The longest page there is; looked at once is enough.</summary>
    [Theory]
    [InlineData(360, ColorScheme.Dark)]
    public async Task The_description_of_the_interface_holds_up(int width, ColorScheme scheme)
    {
        await using var window = await room.OpenAsync(null, width, scheme);
        await window.GoAsync("/api");
        await window.HoldsUpAsync($"api-{width}-{scheme}");
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(1600, ColorScheme.Dark)]
    public async Task The_certificate_pages_hold_up(int width, ColorScheme scheme)
    {
        foreach (var certificate in (string?[])[null, "not-on-list", "expired", "revoked", "unknown-ca"])
        {
            await using var window = await room.OpenAsync(certificate, width, scheme);
            foreach (var path in (string[])["/register/certificate", "/certificate"])
            {
                await window.GoAsync(room.Demo.CertificateOrigin + path);
                await window.HoldsUpAsync($"certificate-{certificate ?? "none"}{path.Replace('/', '-')}-{width}-{scheme}");
            }
        }
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(1600, ColorScheme.Dark)]
    public async Task What_is_sent_in_is_checked_on_the_page(int width, ColorScheme scheme)
    {
        await using var window = await room.OpenAsync(null, width, scheme);
        foreach (var (name, words) in new[] { ("on-list", "The certificate is good"), ("revoked", "was revoked on") })
        {
            await window.GoAsync(room.Demo.CertificateOrigin + "/certificate");
            await window.Page.Locator("#file").SetInputFilesAsync(room.Demo.Certificate(name));
            await window.PressAsync("Check it");
            await window.SeesAsync(words);
            await window.HoldsUpAsync($"sent-in-{name}-{width}-{scheme}");
        }

        await window.GoAsync(room.Demo.CertificateOrigin + "/certificate");
        await window.Page.Locator("#file").SetInputFilesAsync(room.Demo.Key("on-list"));
        await window.PressAsync("Check it");
        await window.SeesAsync("There is a private key in the file.");
        await window.HoldsUpAsync($"sent-in-key-{width}-{scheme}");
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(1600, ColorScheme.Dark)]
    public async Task The_desk_holds_up(int width, ColorScheme scheme)
    {
        await using var window = await room.OpenAsync(null, width, scheme);
        await window.SignInAsync("registrar", room.Demo.RegistrarPassword);
        await window.HoldsUpAsync($"my-account-{width}-{scheme}");

        await window.GoAsync("/me/certificates");
        await window.FillAsync("Subject", $"/DC=org/DC=demo-grid/C=DE/O=Desk/CN=Robot - Mover {width} {scheme}");
        await window.FillAsync("What it is for", "Copies the raw data to the archive, every night.");
        await window.PressAsync("Ask for it");
        await window.SeesAsync("A registrar will decide");
        await window.HoldsUpAsync($"my-certificates-{width}-{scheme}");

        foreach (var desk in (string[])["registrations", "certificates"])
        {
            await window.GoAsync("/desk/" + desk);
            await window.HoldsUpAsync($"desk-{desk}-{width}-{scheme}");
        }
    }

    [Theory]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    public async Task The_numbers_hold_up(int width, ColorScheme scheme)
    {
        await using var window = await room.OpenAsync(null, width, scheme);
        await window.SignInAsync("registrar", room.Demo.RegistrarPassword);
        await LookAtAsync(window, ["/desk", "/desk/expiring?within=180", "/desk/numbers"], $"{width}-{scheme}");
        await window.OpenAllAsync("#positions");
        await window.HoldsUpAsync($"register-numbers-open-{width}-{scheme}");

        // The registrar's own membership ends, so that the account is in its grace on a day to come, and over on a later one.
        var today = TimeProvider.System.GetUtcNow();
        await window.GoAsync("/desk/people?q=registrar");
        await window.Page.Locator("#found a[href^='/desk/people/']").First.ClickAsync();
        await window.OpenAllAsync("#memberships");
        await window.Page.Locator("#memberships [id$='-until']").First.FillAsync(Day(today.AddDays(10)));
        await window.Page.Locator("#memberships details button").First.ClickAsync();
        await window.OpenAllAsync("#extend");
        await window.HoldsUpAsync($"register-extend-{width}-{scheme}");
        foreach (var days in (int[])[20, 90])
        {
            await window.GoAsync($"/desk/expiring?on={Day(today.AddDays(days))}");
            await window.SeesAsync("registrar");
            await window.HoldsUpAsync($"register-expiring-{days}-{width}-{scheme}");
        }
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task The_register_holds_up(int width, ColorScheme scheme)
    {
        await using var window = await room.OpenAsync(null, width, scheme);
        await window.SignInAsync("registrar", room.Demo.RegistrarPassword);
        await LookAtAsync(
            window,
            [
                "/desk/people",
                "/desk/people?q=qqqqqq&on=2020-01-01",
                "/desk/people/new",
                "/desk/institutes?show=unspoken",
                "/desk/institutes?show=registry",
                "/desk/institutes/new",
                "/desk/roles",
                "/desk/rounds",
                "/desk/author-list?reference=XYZ-2027-001",
                "/desk/import",
                "/my-institute",
                "/me/copy",
            ],
            $"{width}-{scheme}"
        );
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task A_round_and_one_of_each_list_hold_up(int width, ColorScheme scheme)
    {
        await using var window = await room.OpenAsync(null, width, scheme);
        await window.SignInAsync("registrar", room.Demo.RegistrarPassword);
        await window.GoAsync("/desk/rounds");
        if (await window.Page.Locator("#lastDay").CountAsync() > 0)
            await window.PressAsync("Open it and send the mails");
        else
            await window.Page.Locator("a[href^='/desk/rounds/']").First.ClickAsync();
        await window.SeesAsync("Answers over time");
        await window.OpenAllAsync("#answers");
        await window.HoldsUpAsync($"register-round-{width}-{scheme}");

        foreach (var list in (string[])["people", "institutes"])
        {
            await window.GoAsync("/desk/" + list);
            await window.Page.Locator($"#found a[href^='/desk/{list}/']").First.ClickAsync();
            await window.SeesAsync("History");
            await window.HoldsUpAsync($"register-one-of-{list}-{width}-{scheme}");
            await window.OpenAllAsync("main");
            await window.HoldsUpAsync($"register-one-of-{list}-open-{width}-{scheme}");
        }
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task The_guide_holds_up(int width, ColorScheme scheme)
    {
        await using var stranger = await room.OpenAsync(null, width, scheme);
        await stranger.GoAsync("/guide");
        await stranger.HoldsUpAsync($"open-guide-{width}-{scheme}");
        await using var window = await room.OpenAsync(null, width, scheme);
        await window.SignInAsync("registrar", room.Demo.RegistrarPassword);
        await LookAtAsync(
            window,
            ["/guide", "/desk/guide", "/desk/guide/steps/email", "/desk/guide/versions", "/desk/guide/versions/0"],
            $"{width}-{scheme}"
        );
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task The_members_and_their_privacy_hold_up(int width, ColorScheme scheme)
    {
        await using var window = await room.OpenAsync(null, width, scheme);
        await window.SignInAsync("registrar", room.Demo.RegistrarPassword);
        await LookAtAsync(
            window,
            ["/members", "/members?q=qqqqqq", "/me/contact", "/me/privacy", "/me/looks", "/desk/privacy"],
            $"{width}-{scheme}"
        );
        await window.GoAsync("/members");
        await window.Page.Locator("main a[href^='/members/']").First.ClickAsync();
        await window.HoldsUpAsync($"register-member-{width}-{scheme}");
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task The_addresses_hold_up(int width, ColorScheme scheme)
    {
        await using var window = await room.OpenAsync(null, width, scheme);
        async Task LooksAsync(string name) => await window.HoldsUpAsync($"addresses-{name}-{width}-{scheme}");
        async Task MailAsync(string subject)
        {
            await window.GoAsync("/mailbox");
            await window.Page.GetByRole(AriaRole.Link, new() { Name = subject }).First.ClickAsync();
            await window.Page.Locator("main a[href*='/addresses/']").First.ClickAsync();
        }
        await window.SignInAsync("registrar", room.Demo.RegistrarPassword);
        await window.GoAsync("/desk/addresses");
        await LooksAsync("give");
        if (await window.Page.GetByText("Give them their addresses").CountAsync() > 0)
            await window.PressAsync("Give them their addresses");
        await window.SeesAsync("Everybody has one");
        await LooksAsync("given");

        await window.GoAsync("/me/addresses");
        await window.FillAsync("E-mail address", "somebody@muster-demo.example");
        await window.PressAsync("Mail me the link");
        await window.SeesAsync("mail would go in a circle");
        await LooksAsync("refused");
        await window.FillAsync("E-mail address", $"second.{width}@example.org");
        await window.PressAsync("Mail me the link");
        await window.SeesAsync("Look into that mailbox");
        await LooksAsync("waiting");

        await MailAsync("Please confirm your e-mail address");
        await window.SeesAsync("Is this your address?");
        await LooksAsync("confirm");
        await window.PressAsync("Yes, it is mine");
        await window.SeesAsync("The address is confirmed");
        await LooksAsync("confirmed");

        await window.GoAsync("/me/addresses");
        await window.PressAsync($"Make it the primary one: second.{width}@example.org");
        await window.SeesAsync("Your primary address is about to change");
        await LooksAsync("changing");
        await MailAsync("Your primary address is about to change");
        await window.SeesAsync("Another primary address");
        await LooksAsync("answer");
        await window.PressAsync("Stop it, I did not ask for this");
        await window.SeesAsync("The change is stopped");
        await LooksAsync("stopped");

        await window.GoAsync("/me/addresses");
        await window.PressAsync($"Remove: second.{width}@example.org");
        await window.SeesAsync("Former addresses");
        await LooksAsync("mine");
    }

    private static async Task LookAtAsync(BrowserWindow window, IEnumerable<string> paths, string how)
    {
        foreach (var path in paths)
        {
            await window.GoAsync(path);
            await window.HoldsUpAsync($"register{Flat(path)}-{how}");
        }
    }

    private static string Day(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Flat(string path) => string.Concat(path.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
}
