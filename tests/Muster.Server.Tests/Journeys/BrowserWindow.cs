using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Muster.Server.Tests.Journeys;

/// <summary>A window with one page; remembers what the browser complained of.</summary>
public sealed class BrowserWindow : IAsyncDisposable
{
    /// <summary>A text that is missing shows its own name, such as <c>Start.Title</c>.</summary>
    private const string NamesOfTexts = """
        (() => {
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [document.title.split(" ")[0]];
          while (walk.nextNode()) found.push(walk.currentNode.textContent.trim());
          return found.filter((text) => /^[A-Z][A-Za-z]*(\.[A-Za-z0-9-]+)+$/.test(text)).join(" ");
        })()
        """;

    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];
    private readonly DemoProcess demo;

    private BrowserWindow(IBrowserContext context, IPage page, DemoProcess demo)
    {
        (this.context, Page, this.demo) = (context, page, demo);
        // A status that says "no" is an answer of ours; everything else on the console is a fault.
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                complaints.Add($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => complaints.Add($"{page.Url}: {error}");
    }

    public IPage Page { get; }

    public static async Task<BrowserWindow> OnAsync(IBrowserContext context, DemoProcess demo) =>
        new(context, await context.NewPageAsync(), demo);

    public async Task<BrowserWindow> GoAsync(string path)
    {
        await Page.GotoAsync(path.StartsWith('/') ? demo.Origin + path : path);
        return this;
    }

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task FillAsync(string label, string text) => Page.GetByLabel(label, new() { Exact = true }).FillAsync(text);

    public async Task SignInAsync(string account, string password)
    {
        await GoAsync("/sign-in");
        await FillAsync("Account name", account);
        await FillAsync("Password", password);
        await Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await SeesAsync("You are signed in as");
    }

    /// <summary>Everything that is folded away.</summary>
    public Task OpenAllAsync(string within) =>
        Page.EvaluateAsync("within => { for (const d of document.querySelectorAll(within + ' details')) d.open = true; }", within);

    public Task<string> HeadingAsync() => Page.Locator("h1").InnerTextAsync();

    /// <summary>Waits until the page shows a text.</summary>
    public Task SeesAsync(string text) => Assertions.Expect(Page.Locator("main")).ToContainTextAsync(text, new() { Timeout = 15_000 });

    /// <summary>Nothing for axe-core to find, no scrolling sideways, no complaint of the browser, no name of a text instead of the text.</summary>
    public async Task HoldsUpAsync(string name)
    {
        var result = await Page.RunAxe();
        Assert.True(
            result.Violations.Length == 0,
            $"{name}: {string.Join("; ", result.Violations.Select(v => $"{v.Id} {v.Nodes[0].Html}"))}"
        );
        Assert.False(
            await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"),
            $"{name} scrolls sideways"
        );
        Assert.Empty(complaints);
        Assert.Equal("", await Page.EvaluateAsync<string>(NamesOfTexts));
        if (Environment.GetEnvironmentVariable("MUSTER_SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
