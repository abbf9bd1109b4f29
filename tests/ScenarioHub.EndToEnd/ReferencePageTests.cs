using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace ScenarioHub.EndToEnd;

public class ReferencePageTests(StartedHub hub)
{
    [Fact]
    public async Task The_reference_page_shows_the_routes_and_asks_nothing_of_any_other_host()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
        });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1400, Height = 900 } });
        var asked = new ConcurrentQueue<string>();
        var failed = new ConcurrentQueue<string>();
        page.Request += (_, request) => asked.Enqueue(request.Url);
        page.RequestFailed += (_, request) => failed.Enqueue(request.Url);
        await page.GotoAsync(new Uri(hub.Address, "/reference").ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
        await page.GetByText("Rollups").First.WaitForAsync();
        Assert.NotEmpty(asked);
        Assert.All(asked.Where(url => url.StartsWith("http", StringComparison.Ordinal)), url => Assert.Equal(hub.Address.Authority, new Uri(url).Authority));
        Assert.Empty(failed);
        if (Environment.GetEnvironmentVariable("SCENARIOHUB_SCREENSHOTS") is { } folder) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "reference.png") });
    }
}
