using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Demo;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Platform.Data;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Ledger;

/// <summary>
/// The bulk path of <c>generate</c> is proven equal to posting: posting finds nothing to add, recounting no balance that differs, the tree's rows are those of the features.
/// Broken once by hand: a measure left out of the totals of missing months.
/// </summary>
public class NationalDataTests
{
    [Fact]
    public async Task What_is_loaded_past_the_features_is_what_they_would_have_made_and_they_go_on_from_it()
    {
        if (Hub.OnSqlServer) Assert.Skip("The bulk path is for the embedded database; a server has tools of its own.");
        using var hub = new Hub();
        using var output = new StringWriter();
        Assert.Equal(0, await NationalData.Run(hub.Services, 40, 800, output, default));
        Assert.True(await Verbs.Verify(hub.Services, output, default) == 0, output.ToString());
        Assert.True(await Verbs.Rebuild(hub.Services, output, default) == 0, output.ToString());

        var regulator = await Person.SignIn(hub, "national.regulator", DemoSeed.Password);
        var rollup = await regulator.Gets("/api/v1/rollups?measure=HOURS_SAVED&by=organization&from=2024-11&to=2026-10");
        // Two scenarios of three file it, three months each; one in 25 owes a month more that is missing, but for those of the last quarter.
        var (filed, missing) = (Enumerable.Range(0, 800).Count(s => s % 3 < 2) * 3, Enumerable.Range(0, 800).Count(s => s % 3 < 2 && s % 25 == 0 && s % 8 < 7));
        var coverage = rollup["total"]!["coverage"]!;
        Assert.Equal((filed, missing), (coverage["reported"]!.GetValue<int>() + coverage["zero"]!.GetValue<int>() + coverage["exempt"]!.GetValue<int>(), coverage["missing"]!.GetValue<int>()));
        Assert.Equal(rollup["total"]!["value"]!.GetValue<decimal>(), rollup["cells"]!.AsArray().Sum(c => c!["value"]?.GetValue<decimal>() ?? 0));
        foreach (var cell in rollup["cells"]!.AsArray()) await Explained.AddsUp(regulator, cell!);

        // A missing month is filed through the features: what was missing is not any more.
        var filer = await Person.SignIn(hub, "national.filer", DemoSeed.Password);
        var entries = new List<JsonNode>();
        for (string? after = ""; after is not null;)
        {
            var page = await regulator.Gets($"/api/v1/rollups/explain?limit=500&handle={rollup["total"]!["handle"]}{(after.Length == 0 ? "" : "&after=" + after)}");
            entries.AddRange(page["entries"]!.AsArray().Select(e => e!));
            after = page["next"]?.GetValue<string>();
        }
        var before = entries.Where(e => e["state"]!.GetValue<string>() == "reported").ToLookup(e => e["scenarioId"]!.GetValue<long>());
        var gap = entries.First(e => e["state"]!.GetValue<string>() == "missing" && before[e["scenarioId"]!.GetValue<long>()].Count() == 3);
        // As much as the month before: nothing that the rules would ask about.
        var usual = before[gap["scenarioId"]!.GetValue<long>()].MaxBy(e => e["period"]!.GetValue<string>(), StringComparer.Ordinal)!["quantity"]!.GetValue<decimal>();
        var saved = await filer.Puts($"/api/v1/scenarios/{gap["scenarioId"]}/filings/{gap["period"]}", new { figures = new[] { new { measure = "HOURS_SAVED", value = usual + 1 } } });
        Assert.Equal(1, (await filer.Posts("/api/v1/filings/submit", new { ids = new[] { saved["id"]!.GetValue<long>() } }))["done"]!.GetValue<int>());
        Assert.Equal(1, (await regulator.Posts("/api/v1/filings/approve", new { ids = new[] { saved["id"]!.GetValue<long>() } }))["done"]!.GetValue<int>());
        Assert.Equal(missing - 1, (await regulator.Gets("/api/v1/rollups?measure=HOURS_SAVED&by=sector&from=2024-11&to=2026-10"))["total"]!["coverage"]!["missing"]!.GetValue<int>());
        await hub.Services.GetRequiredService<LedgerJobs>().FoldAll(default);
        Assert.True(await Verbs.Verify(hub.Services, output, default) == 0, output.ToString());
    }
}
