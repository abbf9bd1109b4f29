using System.Text.Json.Nodes;
using ScenarioHub.Tests.Features.Collections;
using ScenarioHub.Tests.Support;
using static ScenarioHub.Tests.Features.Imports.Imported;

namespace ScenarioHub.Tests.Features.Imports;

public class ReceiptTests(Hub hub)
{
    private static async Task<JsonNode> Commits(Programme p, Person person, JsonNode import)
    {
        await person.Posts($"/api/v1/imports/{import["id"]}/commit", null, 202);
        await p.Works(import["id"]!.GetValue<long>());
        return await person.Gets($"/api/v1/imports/{import["id"]}");
    }

    private static string Premises(JsonNode import) => string.Join(' ', import["failure"]!["premises"]!.AsArray().Select(x => x!["premise"]!.GetValue<string>()));

    [Fact]
    public async Task A_dry_run_finds_what_the_real_run_finds_and_writes_nothing()
    {
        var p = await hub.Programme();
        var (filer, id) = (await p.FilerA(), await p.ApprovedScenario());
        // An actual figure that is its target: a warning of the rules, found when it is submitted.
        var file = Line(id, "2026-08", "COST_SAVE", 5000, ",\"target\":5000") + Line(id, "2026-07", "COST_SAVE", -1);
        var dry = await p.Imports(filer, Figures + "&submit=true&onProblem=skipRows&validateOnly=true", file);
        dry.Is("checked", created: 1, refused: 1, submitted: 1);
        Assert.NotNull(dry["receipt"]);
        Assert.Null((await filer.Gets($"/api/v1/scenarios/{id}/filings/2026-08"))["id"]);
        var found = await filer.FindingsOf(dry);
        Assert.Equal([(1, "S-04"), (2, null)], found.Select(f => (f!["row"]!.GetValue<int>(), (string?)f["ruleId"])));

        var real = await p.Imports(filer, Figures + "&submit=true&onProblem=skipRows", file);
        real.Is("done", created: 1, refused: 1, submitted: 1);
        Assert.Equal(found.ToJsonString(), (await filer.FindingsOf(real)).ToJsonString());
    }

    [Fact]
    public async Task Committing_a_dry_run_does_what_it_found_once()
    {
        var p = await hub.Programme();
        var (filer, id) = (await p.FilerA(), await p.ApprovedScenario());
        var dry = await p.Imports(filer, Figures + "&submit=true&validateOnly=true", Line(id, "2026-08", "COST_SAVE", 5000));
        (await Commits(p, filer, dry)).Is("done", created: 1, submitted: 1);
        Assert.Equal("import-not-checked", (await filer.Posts($"/api/v1/imports/{dry["id"]}/commit", null, 409)).Code());
    }

    [Fact]
    public async Task What_was_touched_since_is_named_and_nothing_is_written()
    {
        var p = await hub.Programme();
        var (filer, id) = (await p.FilerA(), await p.ApprovedScenario());
        var dry = await p.Imports(filer, Figures + "&validateOnly=true", Line(id, "2026-08", "COST_SAVE", 5000) + Line(id, "2026-07", "COST_SAVE", 1));
        await filer.Puts($"/api/v1/scenarios/{id}/filings/2026-08", new { figures = new[] { new { measure = "COST_SAVE", value = 9 } } });
        var refused = await Commits(p, filer, dry);
        Assert.Equal(("refused", "premise-changed", "entries"), (refused["state"]!.GetValue<string>(), refused["failure"]!["code"]!.GetValue<string>(), Premises(refused)));
        Assert.Null((await filer.Gets($"/api/v1/scenarios/{id}/filings/2026-07"))["id"]);
    }

    [Fact]
    public async Task A_month_locked_since_is_named()
    {
        var p = await hub.Programme();
        var (filer, id) = (await p.FilerA(), await p.ApprovedScenario());
        var dry = await p.Imports(filer, Figures + "&validateOnly=true", Line(id, "2026-08", "COST_SAVE", 5000));
        var collection = await p.Calls(Called.Body(p.GroupA, "2026-08", dueOn: Called.Yesterday));
        await p.Strikes(collection);
        await p.Steps(collection, "lock");
        Assert.Contains("locks", Premises(await Commits(p, filer, dry)), StringComparison.Ordinal);
        // Without a receipt the locked month is refused by name.
        var import = await p.Imports(filer, Figures, Line(id, "2026-08", "COST_SAVE", 5000));
        Assert.Equal("period-locked-reason-missing", (await filer.FindingsOf(import))[0]!["code"]!.GetValue<string>());
        (await p.Imports(filer, Figures, Line(id, "2026-08", "COST_SAVE", 5000, ",\"reason\":\"漏报\""))).Is("done", created: 1);
    }

    [Fact]
    public async Task A_receipt_sent_with_the_file_holds_for_that_file_and_those_settings_alone()
    {
        var p = await hub.Programme();
        var (filer, id) = (await p.FilerA(), await p.ApprovedScenario());
        var file = Line(id, "2026-08", "COST_SAVE", 5000);
        var receipt = (await p.Imports(filer, Figures + "&validateOnly=true", file))["receipt"]!.GetValue<string>();
        Assert.Equal("premise-changed", (await filer.SendsFile($"{Figures}&receipt={receipt}", file + "\n", 409)).ErrorAt("?file"));
        Assert.Equal("premise-changed", (await filer.SendsFile($"{Figures}&submit=true&receipt={receipt}", file, 409)).ErrorAt("?submit"));
        Assert.Equal("unknown-receipt", (await filer.SendsFile(Figures + "&receipt=0000", file, 400)).ErrorAt("?receipt"));
        Assert.Equal("unknown-receipt", (await (await p.FilerB()).SendsFile($"{Figures}&receipt={receipt}", file, 400)).ErrorAt("?receipt"));
        (await p.Imports(filer, $"{Figures}&receipt={receipt}", file)).Is("done", created: 1);
    }

    [Fact]
    public async Task A_mapping_changed_since_is_named()
    {
        var p = await hub.Programme();
        var (filer, id) = (await p.FilerA(), await p.ApprovedScenario());
        object Mapping(string unit) => new { columns = new object[] { new { header = "项目", field = "scenario" }, new { header = "期", field = "period" }, new { header = "节约", field = "COST_SAVE", unit } } };
        await filer.Puts("/api/v1/import-mappings/ncc", Mapping("万元"));
        var file = $"项目,期,节约\n{id},2026-08,1.5\n";
        var dry = await p.Imports(filer, Figures + "&source=ncc&validateOnly=true", file);
        dry.Is("checked", created: 1);
        Assert.Equal("if-match-missing", (await filer.Puts("/api/v1/import-mappings/ncc", Mapping("元"), 428)).Code());
        await filer.Puts("/api/v1/import-mappings/ncc", Mapping("元"), 200, ifMatch: 1);
        Assert.Equal("mapping", Premises(await Commits(p, filer, dry)));

        await filer.Puts("/api/v1/import-mappings/ncc", Mapping("万元"), 200, ifMatch: 2);
        (await p.Imports(filer, Figures + "&source=ncc", file)).Is("done", created: 1);
        var filing = await filer.Gets($"/api/v1/scenarios/{id}/filings/2026-08");
        Assert.Contains("15000", filing.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("unknown-code", (await filer.Puts("/api/v1/import-mappings/sap", new { columns = new[] { new { header = "A", field = "noSuchField" } } }, 400))["errors"]![0]!["code"]!.GetValue<string>());
    }
}
