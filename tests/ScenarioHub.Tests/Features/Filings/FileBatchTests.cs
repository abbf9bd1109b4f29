using System.Text.Json.Nodes;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Filings;

public class FileBatchTests(Hub hub)
{
    private static object Item(object scenario, string period, decimal yuan, string? externalKey = null, string? reason = null) =>
        new { scenario, period, figures = new[] { new { measure = "COST_SAVE", value = yuan } }, externalKey, reason };

    [Fact]
    public async Task Each_item_gets_its_answer_in_order_and_a_bad_one_keeps_none_from_being_saved()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var (mine, theirs) = (await p.ApprovedScenario(), await p.ApprovedScenario(p.SubsidiaryB));
        await filer.FilesAndSubmits(mine, "2026-01", 1m);
        await filer.Files(mine, "2026-02", 1m);
        var answer = await filer.Posts("/api/v1/filings/batch", new
        {
            items = new[]
            {
                Item(mine, "2026-08", 5m, "ERP-1"), Item((await filer.Gets($"/api/v1/scenarios/{mine}"))["code"]!.GetValue<string>(), "2026-09", 6m, "ERP-2"), Item(theirs, "2026-08", 5m, "ERP-3"), Item("SC-none", "2026-08", 5m, "ERP-4"),
                Item(mine, "2026-07", -1m, "ERP-5"), Item(mine, "2026-01", 2m, "ERP-6"), Item(mine, "2026-02", 1.0m, "ERP-7"), Item(mine, "2026-08", 7m, "ERP-8"), Item(mine, "2026-13", 7m, "ERP-9")
            }
        }, 207);
        var items = answer["items"]!.AsArray();
        Assert.Equal([201, 201, 404, 404, 400, 409, 200, 409, 400], items.Select(i => i!.Number("status")));
        Assert.Equal([null, null, "scenario-not-found", "scenario-not-found", "invalid", "filing-under-review", null, "filing-twice-in-batch", "invalid"], items.Select(i => i!["problem"]?.Code()));
        Assert.Equal(Enumerable.Range(1, 9).Select(n => $"ERP-{n}"), items.Select(i => i!.Text("externalKey")));
        Assert.Equal(("created", "created", "unchanged"), (items[0]!["filing"]!.Text("outcome"), items[1]!["filing"]!.Text("outcome"), items[6]!["filing"]!.Text("outcome")));
        var negative = items[4]!["problem"]!["errors"]![0]!;
        Assert.Equal(("negative-value", "/items/4/figures/0/value", "ERP-5"), (negative.Text("code"), negative.Text("pointer"), negative.Text("externalKey")));
        Assert.Equal("/items/8/period", items[8]!["problem"]!["errors"]![0]!.Text("pointer"));
        Assert.Equal((3, 6), (answer.Number("saved"), answer.Number("refused")));
        Assert.Equal(5m, (await filer.Gets(Filed.Path(mine, "2026-08"))).Value("COST_SAVE"));
        Assert.Equal(6m, (await filer.Gets(Filed.Path(mine, "2026-09"))).Value("COST_SAVE"));
    }

    [Fact]
    public async Task A_dry_run_finds_the_same_and_writes_nothing()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var scenario = await p.ApprovedScenario();
        var body = new { items = new[] { Item(scenario, "2026-08", 5m), Item(scenario, "2026-09", -5m), Item(scenario, "2027-01", 5m) } };
        var dry = await filer.Posts("/api/v1/filings/batch?validateOnly=true", body, 207);
        Assert.True(dry["validateOnly"]!.GetValue<bool>());
        Assert.Null(dry["items"]![0]!["filing"]!["filingId"]);
        Assert.Empty((await filer.Gets("/api/v1/filings"))["items"]!.AsArray());
        var real = await filer.Posts("/api/v1/filings/batch", body, 207);
        static string Findings(JsonNode answer) => string.Join('\n', answer["items"]!.AsArray().Select(i => $"{i!.Number("status")} {i!["problem"]?["errors"]?.ToJsonString()}"));
        Assert.Equal(Findings(dry), Findings(real));
        Assert.Equal("unknown-parameter", (await filer.Posts("/api/v1/filings/batch?validateonyl=true", body, 400)).ErrorAt("?validateonyl"));
    }

    [Fact]
    public async Task A_scenario_is_named_by_the_senders_own_key_too_and_never_anothers()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var (mine, theirs) = (await p.ApprovedScenario(), await p.ApprovedScenario(p.SubsidiaryB));
        await Keyed(filer, mine, "S-1");
        await Keyed(await p.FilerB(), theirs, "S-2");
        var items = (await filer.Posts("/api/v1/filings/batch", new { items = new[] { Item(Key("erp", "S-1"), "2026-08", 5m, "1"), Item(Key("erp", "S-2"), "2026-08", 5m, "2"), Item(Key("sap", "S-1"), "2026-08", 5m, "3"), Item(mine, "2026-08", 5m, "4") } }, 207))["items"]!.AsArray();
        Assert.Equal([201, 404, 404, 409], items.Select(i => i!.Number("status")));
        Assert.Equal(mine, items[0]!["filing"]!["scenarioId"]!.GetValue<long>());
        await filer.Posts("/api/v1/filings/batch", new { items = new[] { Item(new { source = "erp", kye = "S-1" }, "2026-08", 5m, "1") } }, 400);

        static object Key(string source, string key) => new { source, key };
        static async Task Keyed(Person person, long scenario, string key) =>
            await person.Patches($"/api/v1/scenarios/{scenario}", new { externalKeys = new[] { Key("erp", key) } }, (int)(await person.Gets($"/api/v1/scenarios/{scenario}"))["version"]!.GetValue<long>());
    }

    [Fact]
    public async Task Sent_again_a_batch_doubles_nothing()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var scenario = await p.ApprovedScenario();
        var body = new { items = Enumerable.Range(1, 10).Select(m => Item(scenario, $"2026-{m:00}", m)).ToArray() };
        await filer.Posts("/api/v1/filings/batch", body, 207);
        var again = await filer.Posts("/api/v1/filings/batch", body, 207);
        Assert.All(again["items"]!.AsArray(), i => Assert.Equal("unchanged", i!["filing"]!.Text("outcome")));
        Assert.Equal(10, (await filer.Gets("/api/v1/filings"))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task One_batch_creates_overwrites_refiles_and_corrects()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var scenario = await p.ApprovedScenario();
        await filer.Files(scenario, "2026-01", 1m);
        await regulator.Returns("错", await filer.FilesAndSubmits(scenario, "2026-02", 1m));
        await regulator.Approves(await filer.FilesAndSubmits(scenario, "2026-03", 1m));
        await regulator.Approves(await filer.FilesAndSubmits(scenario, "2026-04", 1m));
        var items = (await filer.Posts("/api/v1/filings/batch", new
        {
            items = new[] { Item(scenario, "2026-01", 2m), Item(scenario, "2026-02", 2m), Item(scenario, "2026-03", 2m, reason: "重算"), Item(scenario, "2026-04", 2m), Item(scenario, "2026-05", 2m) }
        }, 207))["items"]!.AsArray();
        Assert.Equal("correction-reason-missing", items[3]!["problem"]!.ErrorAt("/items/3/reason"));
        Assert.Equal([(1, 2), (2, 4), (2, 4), (1, 1)], items.Where(i => i!["filing"] is not null).Select(i => (i!["filing"]!.Number("version"), i["filing"]!.Number("revision"))));
        foreach (var (month, value) in new[] { ("2026-01", 2m), ("2026-02", 2m), ("2026-03", 2m), ("2026-04", 1m), ("2026-05", 2m) })
            Assert.Equal(value, (await filer.Gets(Filed.Path(scenario, month))).Value("COST_SAVE"));
        Assert.Equal([1m, 2m], (await filer.Gets(Filed.Path(scenario, "2026-03") + "/versions"))["versions"]!.AsArray().Select(v => v!.Value("COST_SAVE")!.Value));
    }

    [Fact]
    public async Task A_number_no_ledger_can_hold_refuses_its_own_item_only()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var scenario = await p.ApprovedScenario();
        var items = (await filer.Posts("/api/v1/filings/batch", $$"""
            {"items":[{"scenario":{{scenario}},"period":"2026-08","figures":[{"measure":"COST_SAVE","value":1e30}]},
                      {"scenario":{{scenario}},"period":"2026-09","figures":[{"measure":"COST_SAVE","value":1.25E2}]}]}
            """, 207))["items"]!.AsArray();
        Assert.Equal("value-too-large", items[0]!["problem"]!.ErrorAt("/items/0/figures/0/value"));
        Assert.Equal(201, items[1]!.Number("status"));
        Assert.Equal(125m, (await filer.Gets(Filed.Path(scenario, "2026-09"))).Value("COST_SAVE"));
    }

    [Fact]
    public async Task A_batch_has_a_size()
    {
        var filer = await (await hub.Programme()).FilerA();
        Assert.Equal("batch-size", (await filer.Posts("/api/v1/filings/batch", new { items = Array.Empty<object>() }, 400)).ErrorAt("/items"));
        Assert.Equal("batch-size", (await filer.Posts("/api/v1/filings/batch", new { items = Enumerable.Repeat(Item(1, "2026-08", 1m), 1001) }, 400)).ErrorAt("/items"));
        Assert.Equal("required", (await filer.Posts("/api/v1/filings/batch", """{"items":[null]}""", 400)).ErrorAt("/items/0"));
        Assert.Equal("wrong-type", (await filer.Posts("/api/v1/filings/batch", """{"items":[{"scenario":true,"period":"2026-08","figures":[]}]}""", 400)).ErrorAt("/items/0/scenario"));
    }

    [Fact]
    public async Task A_thousand_filings_are_written_and_decided_as_sets()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var scenarios = new List<long>();
        for (var i = 0; i < 8; i++) scenarios.Add(await p.ApprovedScenario(stageSince: "2015-01-01"));
        var items = scenarios.SelectMany(s => Enumerable.Range(0, 125).Select(m => Item(s, $"{2015 + m / 12}-{m % 12 + 1:00}", 100m + m))).ToArray();
        Assert.Equal(1000, (await filer.Posts("/api/v1/filings/batch", new { items }, 207)).Number("saved"));
        var all = new { filter = new { from = "2015-01", to = "2026-10" } };
        Assert.Equal((1000, 0), Counts(await filer.Posts("/api/v1/filings/submit", all)));
        Assert.Equal((1000, 0), Counts(await regulator.Posts("/api/v1/filings/approve", all)));
        Assert.Equal((0, 0), Counts(await regulator.Posts("/api/v1/filings/approve", all)));

        static (int, int) Counts(JsonNode decided) => (decided.Number("done"), decided.Number("refused"));
    }

    [Fact]
    public async Task Sixteen_who_file_one_month_at_once_make_one_filing()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var scenario = await p.ApprovedScenario();
        await Task.WhenAll(Enumerable.Range(1, 16).Select(n => filer.Puts(Filed.Path(scenario, "2026-08"), Filed.Saving(n))));
        var filing = await filer.Gets(Filed.Path(scenario, "2026-08"));
        Assert.Equal((1, 16), (filing.Number("version"), filing.Number("revision")));
        Assert.Single((await filer.Gets("/api/v1/filings"))["items"]!.AsArray());
    }
}
