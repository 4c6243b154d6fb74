using Microsoft.Playwright;
using Xunit;

namespace Muster.Server.Tests.Journeys;

/// <summary>The main job, in a real browser with a client certificate: from the start page to the own account.</summary>
public sealed class MainJobTests(BrowserRoom room) : IClassFixture<BrowserRoom>
{
    private const string Password = "a long walk through the beam hall";

    [Fact]
    public async Task A_certificate_holder_on_the_list_gets_an_account_with_the_mouse()
    {
        await using var window = await room.OpenAsync("on-list");
        await window.GoAsync("/");
        await window.HoldsUpAsync("main-01-start");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "I have a grid certificate" }).ClickAsync();
        await window.HoldsUpAsync("main-02-form");

        await window.Page.GetByLabel("I have read the conditions").CheckAsync();
        await window.PressAsync("Register");
        await window.SeesAsync("confirm your e-mail address");
        await window.HoldsUpAsync("main-03-waiting-for-the-address");

        await FollowMailAsync(window, "Please confirm your e-mail address");
        await window.SeesAsync("You are in");
        await window.HoldsUpAsync("main-04-provisioned");

        await SetPasswordAsync(window);
        await SignInAsync(window);
        await window.HoldsUpAsync("main-07-my-account");
        await window.SeesAsync("My history");
        await window.SeesAsync("Conditions of use, version");

        // The same certificate again is nothing to do; suspended, it opens nothing.
        await window.GoAsync("/me/certificates");
        await window.PressAsync("Choose a certificate");
        await window.SeesAsync("Add this certificate?");
        await window.HoldsUpAsync("main-08-add-a-certificate");
        await window.PressAsync("Add it");
        await window.SeesAsync("There is nothing to do");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Suspend: /DC=" }).ClickAsync();
        await window.SeesAsync("The certificate is suspended");
        await window.HoldsUpAsync("main-09-suspended");
        await window.GoAsync(room.Demo.CertificateOrigin + "/register/certificate");
        await window.SeesAsync("This certificate is suspended.");
    }

    [Fact]
    public async Task The_same_works_without_java_script()
    {
        await using var window = await room.OpenAsync("digits-and-email", javaScript: false);
        await window.GoAsync(room.Demo.CertificateOrigin + "/register/certificate");
        await window.Page.GetByLabel("I have read the conditions").CheckAsync();
        await window.PressAsync("Register");
        await window.SeesAsync("confirm your e-mail address");

        await FollowMailAsync(window, "Please confirm your e-mail address");
        await ReloadUntilAsync(window, "You are in");
        await SetPasswordAsync(window);
        await SignInAsync(window);

        await window.SeesAsync("My history");
    }

    [Fact]
    public async Task The_same_works_with_the_keyboard_alone()
    {
        await using var window = await room.OpenAsync("reversed");
        await window.GoAsync(room.Demo.CertificateOrigin + "/register/certificate");
        await window.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await window.Page.EvaluateAsync<string>("document.activeElement.innerText"));
        await TabToAsync(window, "aup");
        await window.Page.Keyboard.PressAsync("Space");
        await window.Page.Keyboard.PressAsync("Enter");

        await window.SeesAsync("confirm your e-mail address");
    }

    [Fact]
    public async Task What_is_wrong_with_the_form_stands_at_the_top_and_at_the_field()
    {
        await using var window = await room.OpenAsync("unlisted-email");
        await window.GoAsync(room.Demo.CertificateOrigin + "/register/certificate");
        await window.Page.EvaluateAsync("document.querySelector('main form[method=post]').noValidate = true");
        await window.FillAsync("E-mail address", "nowhere");
        await window.PressAsync("Register");

        await window.SeesAsync("Please look at this again");
        await Assertions.Expect(window.Page.Locator("#email-error")).ToContainTextAsync("This is not an e-mail address.");
        await Assertions.Expect(window.Page.GetByLabel("E-mail address", new() { Exact = true })).ToHaveValueAsync("nowhere");
        await window.HoldsUpAsync("main-form-refused");
    }

    private async Task FollowMailAsync(BrowserWindow window, string subject)
    {
        var address = window.Page.Url.Contains("/registrations/", StringComparison.Ordinal)
            ? await window.Page.Locator("dt:has-text('E-mail address') + dd").InnerTextAsync()
            : throw new InvalidOperationException("Not on the status page: " + window.Page.Url);
        await OpenMailAsync(window, subject, address.Trim());
        await window.Page.Locator(".card a.mono").First.ClickAsync();
    }

    /// <summary>The mailbox is looked at until the mail is there.</summary>
    private static async Task OpenMailAsync(BrowserWindow window, string subject, string address)
    {
        var row = window.Page.Locator("tbody tr").Filter(new() { HasText = address }).Filter(new() { HasText = subject });
        for (var tries = 0; ; tries++)
        {
            await window.GoAsync("/mailbox");
            if (await row.CountAsync() > 0)
                break;
            Assert.True(tries < 40, $"No mail '{subject}' to {address}");
            await window.Page.WaitForTimeoutAsync(250);
        }
        await row.First.Locator("a").ClickAsync();
    }

    private static async Task ReloadUntilAsync(BrowserWindow window, string text)
    {
        for (var tries = 0; !(await window.Page.Locator("main").InnerTextAsync()).Contains(text, StringComparison.Ordinal); tries++)
        {
            Assert.True(tries < 40, $"The page never showed '{text}'");
            await window.Page.WaitForTimeoutAsync(250);
            await window.Page.ReloadAsync();
        }
    }

    private static async Task SetPasswordAsync(BrowserWindow window)
    {
        var address = (await window.Page.Locator("dt:has-text('E-mail address') + dd").InnerTextAsync()).Trim();
        await OpenMailAsync(window, "is ready", address);
        await window.Page.Locator(".card a.mono").First.ClickAsync();
        await window.FillAsync("New password", Password);
        await window.FillAsync("The same again", Password);
        await window.PressAsync("Set the password");
        await window.SeesAsync("Your password is set");
    }

    private static async Task SignInAsync(BrowserWindow window)
    {
        await window.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await window.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await window.SeesAsync("You are signed in as");
    }

    private static async Task TabToAsync(BrowserWindow window, string name)
    {
        for (var tabs = 0; await window.Page.EvaluateAsync<string?>("document.activeElement.name ?? null") != name; tabs++)
        {
            Assert.True(tabs < 60, $"The keyboard never reached '{name}'");
            await window.Page.Keyboard.PressAsync("Tab");
        }
    }
}
