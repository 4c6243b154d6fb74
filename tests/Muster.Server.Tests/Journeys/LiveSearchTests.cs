using Microsoft.Playwright;
using Xunit;

namespace Muster.Server.Tests.Journeys;

/// <summary>People are found while the name is typed; the address always is that of what is shown.</summary>
public sealed class LiveSearchTests(BrowserRoom room) : IClassFixture<BrowserRoom>
{
    [Fact]
    public async Task The_list_follows_what_is_typed_and_focus_address_and_history_stay()
    {
        await using var window = await room.OpenAsync();
        await window.SignInAsync("registrar", room.Demo.RegistrarPassword);
        await window.GoAsync("/desk/people");
        var first = await NamesAsync(window);
        var family = first[^1].Split(',')[0].ToLowerInvariant();
        var asked = new List<string>();
        window.Page.Request += (_, request) => asked.Add(request.Url);
        var length = await window.Page.EvaluateAsync<int>("history.length");

        await window.Page.Locator("#q").PressSequentiallyAsync(family, new() { Delay = 40 });
        await Assertions.Expect(window.Page).ToHaveURLAsync(Ending("?q=" + Uri.EscapeDataString(family)));

        var found = await NamesAsync(window);
        Assert.NotEmpty(found);
        Assert.NotEqual(first, found);
        Assert.Contains(first[^1], found);
        Assert.Equal("q", await window.Page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Equal(length, await window.Page.EvaluateAsync<int>("history.length"));
        Assert.True(asked.Count < family.Length, string.Join(' ', asked)); // not one for each letter
        await window.HoldsUpAsync("live-search");

        await window.Page.ReloadAsync();
        Assert.Equal(found, await NamesAsync(window));
        await window.Page.Locator("#q").FillAsync("");
        await Assertions.Expect(window.Page).ToHaveURLAsync(Ending("/desk/people"));
        Assert.Equal(first, await NamesAsync(window));
    }

    [Fact]
    public async Task An_answer_that_comes_late_does_not_replace_a_newer_one()
    {
        await using var window = await room.OpenAsync();
        await window.SignInAsync("registrar", room.Demo.RegistrarPassword);
        await window.GoAsync("/desk/people");
        var name = (await NamesAsync(window))[0].Split(',')[0];
        var held = new TaskCompletionSource();
        await window.Page.RouteAsync(
            url => url.EndsWith("?q=qqqqq", StringComparison.Ordinal),
            async route =>
            {
                await held.Task;
                await route.ContinueAsync();
            }
        );
        var waiting = window.Page.WaitForRequestAsync(request => request.Url.EndsWith("?q=qqqqq", StringComparison.Ordinal));
        await window.Page.Locator("#q").FillAsync("qqqqq");
        await waiting;

        await window.Page.Locator("#q").FillAsync(name);
        await Assertions
            .Expect(window.Page)
            .ToHaveURLAsync(Ending("?q=" + Uri.EscapeDataString(name).Replace("%20", "+", StringComparison.Ordinal)));
        held.SetResult();
        await window.Page.WaitForTimeoutAsync(500);

        Assert.Contains(await NamesAsync(window), n => n.StartsWith(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Enter_searches_at_once_and_a_session_that_ended_leads_to_the_sign_in()
    {
        await using var window = await room.OpenAsync();
        await window.SignInAsync("registrar", room.Demo.RegistrarPassword);
        await window.GoAsync("/desk/people");
        await window.Page.Locator("#q").FillAsync("qqqqq");
        await window.Page.Locator("#q").PressAsync("Enter");
        await window.SeesAsync("Nobody found");
        await window.Page.Locator("#q").FillAsync("a");
        await window.Page.Locator("#q").PressAsync("Enter"); // a form is sent once, but a search as often as one likes
        await Assertions.Expect(window.Page.Locator("#found tbody tr")).Not.ToHaveCountAsync(0);

        await window.Page.Context.ClearCookiesAsync();
        await window.Page.Locator("#q").FillAsync("b");

        await Assertions.Expect(window.Page.Locator("h1")).ToHaveTextAsync("Sign in");
    }

    [Fact]
    public async Task Without_a_script_the_same_form_searches_with_its_button()
    {
        await using var window = await room.OpenAsync(javaScript: false);
        await window.SignInAsync("registrar", room.Demo.RegistrarPassword);
        await window.GoAsync("/desk/people");
        await window.Page.Locator("#q").FillAsync("qqqqq");

        await window.PressAsync("Search");

        await window.SeesAsync("Nobody found");
        Assert.EndsWith("/desk/people?q=qqqqq&on=", window.Page.Url, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(BrowserWindow window) =>
        await window.Page.Locator("#found tbody tr td:first-child a").AllInnerTextsAsync();

    private static System.Text.RegularExpressions.Regex Ending(string end) =>
        new(
            System.Text.RegularExpressions.Regex.Escape(end) + "$",
            System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
}
