using Microsoft.Playwright;
using Xunit;

namespace Muster.Server.Tests.Journeys;

/// <summary>One demonstration and one Chromium for all browser tests of a class; every test opens a window of its own.</summary>
public sealed class BrowserRoom : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";
    private static readonly string[] Flags =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public DemoProcess Demo { get; } = new();

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
            return;
        await Demo.StartAsync(TestContext.Current.CancellationToken);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Flags });
    }

    /// <param name="certificate">Name of the demonstration's certificate that the browser presents; null for none.</param>
    public async Task<BrowserWindow> OpenAsync(
        string? certificate = null,
        int width = 1280,
        ColorScheme scheme = ColorScheme.Light,
        bool javaScript = true
    )
    {
        if (browser is null)
            Assert.Skip("chromium is not installed");
        var context = await browser.NewContextAsync(
            new()
            {
                IgnoreHTTPSErrors = true,
                ViewportSize = new() { Width = width, Height = 900 },
                ColorScheme = scheme,
                JavaScriptEnabled = javaScript,
                ClientCertificates = certificate is null
                    ? null
                    :
                    [
                        new()
                        {
                            Origin = Demo.CertificateOrigin,
                            CertPath = Demo.Certificate(certificate),
                            KeyPath = Demo.Key(certificate),
                        },
                    ],
            }
        );
        return await BrowserWindow.OnAsync(context, Demo);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        await Demo.DisposeAsync();
    }
}
