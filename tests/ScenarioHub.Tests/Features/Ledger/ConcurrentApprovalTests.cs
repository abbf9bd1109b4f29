using ScenarioHub.Features.Ledger;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Ledger;

public class ConcurrentApprovalTests(Hub hub)
{
    [Fact]
    public async Task Sixteen_clients_approving_overlapping_selections_while_the_books_are_closed_lose_nothing_and_double_nothing()
    {
        var p = await hub.Programme();
        var regulator = await p.Regulator();
        var scenarios = new List<long>();
        for (var i = 0; i < 4; i++) scenarios.Add(await p.ApprovedScenario(i % 2 == 0 ? p.SubsidiaryA : p.SubsidiaryB));
        var filer = await p.FilerOfAll();
        var items = scenarios.SelectMany((s, i) => Enumerable.Range(1, 10).Select(m => new { scenario = s, period = $"2026-{m:00}", figures = new[] { new { measure = "COST_SAVE", value = 100m * i + m } } })).ToArray();
        var ids = (await filer.Posts("/api/v1/filings/batch", new { items }, 207))["items"]!.AsArray().Select(i => i!["filing"]!["filingId"]!.GetValue<long>()).ToArray();
        Assert.Equal(40, (await filer.Posts("/api/v1/filings/submit", new { ids }))["done"]!.GetValue<int>());

        using var over = new CancellationTokenSource();
        var closing = Task.Run(async () => { while (!over.IsCancellationRequested) await p.Fold(); });
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(client =>
            regulator.Posts("/api/v1/filings/approve", new { ids = ids.Where((_, i) => (i + client) % 3 != 0).ToArray() })));
        await over.CancelAsync();
        await closing;

        Assert.Equal(40, answers.Sum(a => a["done"]!.GetValue<int>()));
        var won = answers.SelectMany(a => a["items"]!.AsArray()).Where(i => i!["outcome"]!.GetValue<string>() == "approved").Select(i => i!["id"]!.GetValue<long>()).ToList();
        Assert.Equal(ids.Order(), won.Order());
        Assert.All(answers.SelectMany(a => a["items"]!.AsArray()), i => Assert.Contains(i!["outcome"]!.GetValue<string>(), new[] { "approved", "filing-not-submitted" }));
        var total = (await regulator.Gets("/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026"))["total"]!;
        Assert.Equal(items.Sum(i => i.figures[0].value), total["value"]!.GetValue<decimal>());
        Assert.Equal(40, await Explained.AddsUp(regulator, total));
        var check = await p.Hub.Send(p.AdminUserId, new CheckLedger());
        Assert.True(check.Holds, check.ToString());
    }
}
