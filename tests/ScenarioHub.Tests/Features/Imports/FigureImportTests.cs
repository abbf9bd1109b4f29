using System.Text.Json.Nodes;
using ScenarioHub.Tests.Support;
using static ScenarioHub.Tests.Features.Imports.Imported;

namespace ScenarioHub.Tests.Features.Imports;

public class FigureImportTests(Hub hub)
{
    [Fact]
    public async Task Rows_of_one_scenario_and_month_become_one_filing_wherever_they_stand()
    {
        var p = await hub.Programme();
        var (filer, one, two) = (await p.FilerA(), await p.ApprovedScenario(), await p.ApprovedScenario());
        var import = await p.Imports(filer, Figures, Line(one, "2026-08", "COST_SAVE", 1200.5m) + Line(two, "2026-08", "COST_SAVE", 3) + Line(one, "2026-08", "HOURS_SAVED", 40));
        import.Is("done", created: 2);
        Assert.Equal((3, 3, 2), (import["readRows"]!.GetValue<int>(), import["totalRows"]!.GetValue<int>(), import["entries"]!.GetValue<int>()));
        var filing = await filer.Gets($"/api/v1/scenarios/{one}/filings/2026-08");
        Assert.Equal("draft", filing["state"]!.GetValue<string>());
        var filed = filing["figures"]!.AsArray().Where(f => f!["value"] is not null).ToDictionary(f => f!["measure"]!.GetValue<string>(), f => f!["value"]!.GetValue<decimal>());
        Assert.Equal((1200.5m, 40m), (filed["COST_SAVE"], filed["HOURS_SAVED"]));

        (await p.Imports(filer, Figures, Line(one, "2026-08", "COST_SAVE", 1200.5m) + Line(one, "2026-08", "HOURS_SAVED", 40))).Is("done", unchanged: 1);
        (await p.Imports(filer, Figures, Line(one, "2026-08", "COST_SAVE", 7))).Is("done", updated: 1);
    }

    [Fact]
    public async Task With_submit_the_figures_stand_in_the_filed_book_at_once()
    {
        var p = await hub.Programme();
        var (filer, id) = (await p.FilerA(), await p.ApprovedScenario());
        (await p.Imports(filer, Figures + "&submit=true", Line(id, "2026-08", "COST_SAVE", 5000))).Is("done", created: 1, submitted: 1);
        var rollup = await (await p.Regulator()).Gets("/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026-08&to=2026-08&book=filed");
        Assert.Equal(5000m, rollup["total"]!["value"]!.GetValue<decimal>());
        // The nightly push once more: nothing new, nothing refused, nothing doubled.
        (await p.Imports(filer, Figures + "&submit=true", Line(id, "2026-08", "COST_SAVE", 5000))).Is("done", unchanged: 1);
        Assert.Equal(5000m, (await (await p.Regulator()).Gets("/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026-08&to=2026-08&book=filed"))["total"]!["value"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task Nothing_is_written_when_one_row_is_wrong_unless_rows_may_be_skipped()
    {
        var p = await hub.Programme();
        var (filer, id) = (await p.FilerA(), await p.ApprovedScenario());
        var file = Line(id, "2026-08", "COST_SAVE", 5) + Line(id, "2026-07", "COST_SAVE", -5, ",\"externalKey\":\"凭证-7\"");
        var refused = await p.Imports(filer, Figures, file);
        refused.Is("refused", created: 1, refused: 1);
        Assert.Equal("import-has-problems", refused["failure"]!["code"]!.GetValue<string>());
        Assert.Null((await filer.Gets($"/api/v1/scenarios/{id}/filings/2026-08"))["id"]);

        var skipped = await p.Imports(filer, Figures + "&onProblem=skipRows", file);
        skipped.Is("done", created: 1, refused: 1);
        var finding = Assert.Single(await filer.FindingsOf(skipped))!;
        Assert.Equal((2, "凭证-7", "/value", "negative-value", "blocker", true), (finding["row"]!.GetValue<int>(), finding["externalKey"]!.GetValue<string>(), finding["pointer"]!.GetValue<string>(),
            finding["code"]!.GetValue<string>(), finding["severity"]!.GetValue<string>(), finding["refused"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task The_same_said_twice_is_taken_once_and_said_differently_not_at_all()
    {
        var p = await hub.Programme();
        var (filer, id) = (await p.FilerA(), await p.ApprovedScenario());
        var import = await p.Imports(filer, Figures + "&onProblem=skipRows", Line(id, "2026-08", "COST_SAVE", 5) + Line(id, "2026-08", "COST_SAVE", 5) + Line(id, "2026-07", "COST_SAVE", 5) + Line(id, "2026-07", "COST_SAVE", 6));
        import.Is("done", created: 1, refused: 1);
        var findings = await filer.FindingsOf(import, language: "en-US");
        Assert.Equal([(2, "row-repeated", "info"), (4, "measure-twice", "blocker")], findings.Select(f => (f!["row"]!.GetValue<int>(), f["code"]!.GetValue<string>(), f["severity"]!.GetValue<string>())));
        Assert.Contains("rows 3 and 4", findings[1]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scenario_is_named_by_id_code_or_external_key_and_one_of_others_is_not_found()
    {
        var p = await hub.Programme();
        var filer = await p.FilerOfAll();
        var saved = await filer.Puts("/api/v1/scenarios/by-key/erp/项目-1", p.Scenario(), 201);
        var id = saved["id"]!.GetValue<long>();
        await p.Approves(id);
        var code = (await filer.Gets($"/api/v1/scenarios/{id}"))["code"]!.GetValue<string>();
        string Row(string scenario, string period) => $$"""{"scenario":"{{scenario}}","period":"{{period}}","measure":"COST_SAVE","value":1}""" + "\n";
        (await p.Imports(filer, Figures + "&source=erp", Row("项目-1", "2026-06") + Row(code, "2026-07") + Line(id, "2026-08", "COST_SAVE", 1))).Is("done", created: 3);

        var stranger = await p.FilerB();
        var import = await p.Imports(stranger, Figures + "&source=erp&onProblem=skipRows", Row("项目-1", "2026-06") + Line(id, "2026-08", "COST_SAVE", 1) + Row("没有的", "2026-08"));
        import.Is("done", refused: 3);
        Assert.All(await stranger.FindingsOf(import), f => Assert.Equal("scenario-not-found", f!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_file_finds_what_a_batch_of_the_same_finds()
    {
        var p = await hub.Programme();
        var (filer, id) = (await p.FilerA(), await p.ApprovedScenario());
        var secret = await p.FilerOfAll();
        string[] figures =
        [
            """{"measure":"NO_SUCH","value":1}""", """{"measure":"COST_SAVE"}""", """{"measure":"COST_SAVE","value":0}""", """{"measure":"COST_SAVE","value":1,"grade":"best"}""", """{"measure":"COST_SAVE","value":1e30}""",
            """{"measure":"COST_SAVE","value":1,"unit":"公斤"}""", """{"measure":"COST_SAVE","value":1,"grade":"regulatorVerified"}""", """{"measure":"COST_SAVE","value":1,"attribution":0.5}"""
        ];
        var months = figures.Select((_, i) => $"2026-{i + 1:00}").ToArray();
        var batch = await filer.Posts("/api/v1/filings/batch?validateOnly=true", $$"""{"items":[{{string.Join(",", figures.Select((f, i) => $$"""{"scenario":{{id}},"period":"{{months[i]}}","figures":[{{f}}]}"""))}}]}""", 207);
        var import = await p.Imports(filer, Figures + "&validateOnly=true", string.Concat(figures.Select((f, i) => $$"""{"scenario":{{id}},"period":"{{months[i]}}",{{f[1..]}}""" + "\n")));
        var found = (await filer.FindingsOf(import)).Select(f => (f!["row"]!.GetValue<int>() - 1, f["code"]!.GetValue<string>(), f["message"]!.GetValue<string>()));
        var expected = batch["items"]!.AsArray().SelectMany((item, i) => item!["problem"]!["errors"]!.AsArray().Select(e => (i, e!["code"]!.GetValue<string>(), e["message"]!.GetValue<string>())));
        Assert.Equal(expected, found);
        Assert.Equal(8, found.Select(f => f.Item1).Distinct().Count());
    }

    [Fact]
    public async Task Findings_are_told_in_the_language_of_who_asks()
    {
        var p = await hub.Programme();
        var (filer, id) = (await p.FilerA(), await p.ApprovedScenario());
        var import = await p.Imports(filer, Figures + "&validateOnly=true", Line(id, "2026-08", "COST_SAVE", -1));
        Assert.Contains("不能为负数", (await filer.FindingsOf(import))[0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("cannot be negative", (await filer.FindingsOf(import, language: "en-US"))[0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
