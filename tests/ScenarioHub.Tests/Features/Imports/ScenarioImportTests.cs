using System.Text.Json.Nodes;
using ScenarioHub.Tests.Support;
using static ScenarioHub.Tests.Features.Imports.Imported;

namespace ScenarioHub.Tests.Features.Imports;

public class ScenarioImportTests(Hub hub)
{
    private const string Scenarios = "/api/v1/imports?kind=scenarios";

    private static string Line(JsonObject body, string key)
    {
        body["externalKeys"] = new JsonArray(new JsonObject { ["source"] = "erp", ["key"] = key });
        return body.ToJsonString() + "\n";
    }

    [Fact]
    public async Task Scenarios_are_created_then_unchanged_then_updated_by_their_external_key()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var (one, two) = (p.Scenario(), p.Scenario());
        var file = Line(one, "S-1") + Line(two, "S-2");
        (await p.Imports(filer, Scenarios, file)).Is("done", created: 2);
        (await p.Imports(filer, Scenarios, file)).Is("done", unchanged: 2);
        two["summary"] = "改写后的简介。";
        (await p.Imports(filer, Scenarios, Line(one, "S-1") + Line(two, "S-2"))).Is("done", updated: 1, unchanged: 1);
        Assert.Equal("改写后的简介。", (await filer.Gets("/api/v1/scenarios/by-key/erp/S-2"))["summary"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_file_finds_what_a_batch_finds_and_two_rows_of_one_scenario_are_told_apart()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var (bad, closed, good) = (p.Scenario(), p.Scenario(), p.Scenario());
        (bad["region"], bad["stage"], closed["organization"]) = ("999999", "flying", p.GroupB);
        var batch = await filer.Posts("/api/v1/scenarios/batch?validateOnly=true", new JsonObject { ["items"] = new JsonArray(bad.DeepClone(), closed.DeepClone()) }, 207);
        var import = await p.Imports(filer, Scenarios + "&onProblem=skipRows", Line(bad, "S-1") + Line(closed, "S-2") + Line(good, "S-3") + Line(good, "S-3"));
        import.Is("done", created: 1, refused: 3);
        var found = await filer.FindingsOf(import);
        var expected = batch["items"]!.AsArray().SelectMany((i, row) => i!["problem"]!["errors"]!.AsArray().Select(e => (row + 1, e!["pointer"]!.GetValue<string>(), e["code"]!.GetValue<string>(), e["message"]!.GetValue<string>()))).ToArray();
        Assert.True(expected.Length >= 3);
        Assert.Equal(expected, found.SkipLast(1).Select(f => (f!["row"]!.GetValue<int>(), f["pointer"]!.GetValue<string>(), f["code"]!.GetValue<string>(), f["message"]!.GetValue<string>())));
        Assert.Equal((4, "entry-twice-in-file", "erp:S-3"), (found[^1]!["row"]!.GetValue<int>(), found[^1]!["code"]!.GetValue<string>(), found[^1]!["externalKey"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_table_is_read_by_the_names_of_the_dictionary()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var import = await p.Imports(filer, Scenarios + "&source=erp", $"externalKey,name,kind,organization,region,industryDivision,keyAction,stage,stageSince,openScope,stateSecret,capexTotalCny\nS-9,智能配煤,application,{p.SubsidiaryA},110000,44,INDUSTRY,idea,2026/8/1,registered,否,\"1,200万元\"\n", "s.csv");
        Assert.True(import["state"]!.GetValue<string>() == "done", (await filer.FindingsOf(import)).ToJsonString());
        var saved = await filer.Gets("/api/v1/scenarios/by-key/erp/S-9");
        // By its code, and the organization by its credit code.
        var credit = (await filer.Gets($"/api/v1/organizations/{p.SubsidiaryA}"))["creditCode"]!.GetValue<string>();
        var renamed = await p.Imports(filer, Scenarios, $"code,name,kind,organization,region,industryDivision,keyAction,stage,stageSince,openScope,stateSecret,capexTotalCny\n{saved["code"]},智能配煤二期,application,{credit},110000,44,INDUSTRY,idea,2026/8/1,registered,否,1200万元\n", "s.csv");
        Assert.True(renamed["updated"]!.GetValue<int>() == 1, (await filer.FindingsOf(renamed)).ToJsonString());
        Assert.Equal(("智能配煤", 12_000_000m, "2026-08-01"), (saved["name"]!.GetValue<string>(), saved["capexTotalCny"]!.GetValue<decimal>(), saved["stageSince"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_dry_run_of_scenarios_writes_none_and_its_receipt_holds_until_one_is_changed()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var body = p.Scenario();
        var dry = await p.Imports(filer, Scenarios + "&validateOnly=true", Line(body, "S-1"));
        dry.Is("checked", created: 1);
        await filer.Gets("/api/v1/scenarios/by-key/erp/S-1", 404);
        await filer.Puts("/api/v1/scenarios/by-key/erp/S-1", body.DeepClone(), 201);
        await filer.Posts($"/api/v1/imports/{dry["id"]}/commit", null, 202);
        await p.Works(dry["id"]!.GetValue<long>());
        Assert.Equal("premise-changed", (await filer.Gets($"/api/v1/imports/{dry["id"]}"))["failure"]!["code"]!.GetValue<string>());
    }
}
