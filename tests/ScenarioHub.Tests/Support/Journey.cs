using System.Text.Json.Nodes;
using ScenarioHub.Features.Ledger;

namespace ScenarioHub.Tests.Support;

public static class Explained
{
    /// <summary>Reads every page behind a cell and checks that its entries add up to its parts and the parts give its value. Returns the number of entries.</summary>
    public static async Task<int> AddsUp(Person person, JsonNode cell)
    {
        var sums = new Dictionary<string, (decimal Quantity, decimal Denominator)>();
        JsonNode page;
        string? after = null;
        var count = 0;
        do
        {
            page = await person.Gets($"/api/v1/rollups/explain?limit=3&handle={cell["handle"]}{(after is null ? "" : "&after=" + after)}");
            foreach (var entry in page["entries"]!.AsArray())
            {
                var (quantity, denominator) = sums.GetValueOrDefault(entry!["measure"]!.GetValue<string>());
                sums[entry["measure"]!.GetValue<string>()] = (quantity + entry["quantity"]!.GetValue<decimal>(), denominator + (entry["denominator"]?.GetValue<decimal>() ?? 0));
                count++;
            }
            after = page["next"]?.GetValue<string>();
        } while (after is not null);
        Assert.Equal(page["entryCount"]!.GetValue<int>(), count);
        Assert.Equal(cell["value"]?.GetValue<decimal>(), page["value"]?.GetValue<decimal>());
        foreach (var part in page["parts"]!.AsArray())
        {
            var (quantity, denominator) = sums.GetValueOrDefault(part!["measure"]!.GetValue<string>());
            Assert.Equal(quantity, part["quantity"]!.GetValue<decimal>());
            if (part["denominator"] is { } under) Assert.Equal(denominator, under.GetValue<decimal>());
        }
        return count;
    }
}

public static class Journey
{
    public static Task<long> Files(this Programme p, long scenario, string period, params object[] figures) => Files(p, scenario, period, null, figures);

    /// <summary>Files a month for a scenario and submits it; gives the filing's id.</summary>
    public static async Task<long> Files(this Programme p, long scenario, string period, string? reason, params object[] figures)
    {
        var filer = await p.SignedInAs("enterpriseAdmin", p.Root);
        var saved = await filer.Sends(HttpMethod.Put, $"/api/v1/scenarios/{scenario}/filings/{period}", new { reason, figures }, 200);
        var id = (saved["filingId"] ?? saved["id"])!.GetValue<long>();
        var decided = await filer.Posts("/api/v1/filings/submit", new { ids = new[] { id } });
        Assert.Equal(1, decided["done"]!.GetValue<int>());
        return id;
    }

    public static async Task ApprovesFilings(this Programme p, params long[] filings) =>
        Assert.Equal(filings.Length, (await (await p.Regulator()).Posts("/api/v1/filings/approve", new { ids = filings }))["done"]!.GetValue<int>());

    /// <summary>Closes the books, as the clock does every minute.</summary>
    public static Task<LedgerClosing> Fold(this Programme p) => p.Hub.Send(p.AdminUserId, new FoldLedger());
}
