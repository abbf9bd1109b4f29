using System.Globalization;
using System.Text.Json.Nodes;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Tests.Features.Collections;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Ledger;

public class RollupTests(Hub hub)
{
    [Fact]
    public async Task An_approved_filing_is_in_the_very_next_read_by_exactly_its_amount_and_in_no_other_tenants()
    {
        var (p, other) = (await hub.Programme(), await hub.Programme());
        var regulator = await p.Regulator();
        var scenario = await p.ApprovedScenario();
        var before = await Cell(regulator, "COST_SAVE", "ENERGY_POWER");
        Assert.Null(before["value"]);

        var filing = await p.Files(scenario, "2026-08", new { measure = "COST_SAVE", value = 1234567.89m });
        Assert.Equal(1234567.89m, (await Cell(regulator, "COST_SAVE", "ENERGY_POWER", "&book=filed"))["value"]!.GetValue<decimal>());
        Assert.Null((await Cell(regulator, "COST_SAVE", "ENERGY_POWER"))["value"]);

        await p.ApprovesFilings(filing);
        Assert.Equal(1234567.89m, (await Cell(regulator, "COST_SAVE", "ENERGY_POWER"))["value"]!.GetValue<decimal>());
        Assert.Null((await Cell(await other.Regulator(), "COST_SAVE", "ENERGY_POWER"))["value"]);
        await p.Fold();
        Assert.Equal(1234567.89m, (await Cell(regulator, "COST_SAVE", "ENERGY_POWER"))["value"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task Missing_is_null_and_an_explicit_zero_is_zero()
    {
        var p = await hub.Programme();
        var regulator = await p.Regulator();
        var scenario = await p.ApprovedScenario();
        await p.Owes("2026-08");
        await p.ApprovesFilings(await p.Files(scenario, "2026-08", new { measure = "COST_SAVE", state = "zero" }, new { measure = "HOURS_SAVED", state = "exempt" }));
        var saved = await Cell(regulator, "COST_SAVE", "ENERGY_POWER");
        Assert.Equal(0m, saved["value"]!.GetValue<decimal>());
        Assert.Equal((1, 1, 0), (saved["coverage"]!["expected"]!.GetValue<int>(), saved["coverage"]!["zero"]!.GetValue<int>(), saved["coverage"]!["missing"]!.GetValue<int>()));
        var hours = await Cell(regulator, "HOURS_SAVED", "ENERGY_POWER");
        Assert.Null(hours["value"]);
        Assert.Equal((0, 1), (hours["coverage"]!["missing"]!.GetValue<int>(), hours["coverage"]!["exempt"]!.GetValue<int>()));
        var running = await Cell(regulator, "OPEX_COMPUTE", "ENERGY_POWER");
        Assert.Null(running["value"]);
        Assert.Equal(1, running["coverage"]!["missing"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_collections_ask_for_and_is_not_there_is_counted_in_every_layout_as_of_any_moment_and_explained()
    {
        var p = await hub.Programme();
        var regulator = await p.Regulator();
        var scenario = await p.ApprovedScenario(stage: "pilot", stageSince: "2026-06-01", measures: ["COST_SAVE"]);
        await p.ApprovedScenario(p.SubsidiaryB, division: "36", stageSince: "2026-08-01", measures: ["COST_SAVE", "HOURS_SAVED"]);
        await p.Owes("2026-07", "2026-08");                      // the one from July, the other from August: three of COST_SAVE, one of HOURS_SAVED
        await p.Calls(Called.Body(first: "2026-09"));           // two more that have not fallen due
        var before = (await p.Fold()).ClosingNo;
        await p.ApprovesFilings(await p.Files(scenario, "2026-07", new { measure = "COST_SAVE", value = 5 }));
        foreach (var folded in new[] { false, true })
        {
            if (folded) await p.Fold();
            foreach (var by in new[] { "sector", "region", "organization", "month", "stage", "keyAction", "grade" })
            {
                var rollup = await regulator.Gets($"/api/v1/rollups?measure=COST_SAVE&by={by}&from=2026-06&to=2026-12");
                Assert.Equal((3, 1, 2, 2), Coverage(rollup["total"]!));
                if (by == "grade") Assert.All(rollup["cells"]!.AsArray(), c => Assert.Null(c!["coverage"]!["missing"]));
                else Assert.Equal((3, 1, 2, 2), rollup["cells"]!.AsArray().Select(c => Coverage(c!)).Aggregate((a, b) => (a.Item1 + b.Item1, a.Item2 + b.Item2, a.Item3 + b.Item3, a.Item4 + b.Item4)));
                foreach (var cell in rollup["cells"]!.AsArray().Append(rollup["total"])) await Explained.AddsUp(regulator, cell!);
            }
            Assert.Equal((3, 0, 3, 2), Coverage((await regulator.Gets($"/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026-06&to=2026-12&asOf={before}"))["total"]!));
        }
        // From a gap to who owes it: the entries of the cell say which scenario's figure is missing.
        var automobiles = (await regulator.Gets("/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026-08"))["cells"]!.AsArray().Single(c => c!["key"]!.GetValue<string>() == "ICV")!;
        var entry = (await regulator.Gets($"/api/v1/rollups/explain?handle={automobiles["handle"]}"))["entries"]!.AsArray()[^1]!;
        Assert.Equal(("missing", "fellDue", p.SubsidiaryB, 0m), (entry["state"]!.GetValue<string>(), entry["cause"]!.GetValue<string>(), entry["organizationId"]!.GetValue<long>(), entry["quantity"]!.GetValue<decimal>()));
        // A figure nobody asked for is no other's.
        await p.ApprovesFilings(await p.Files(scenario, "2026-06", new { measure = "COST_SAVE", value = 5 }));
        Assert.Equal((4, 2, 2, 2), Coverage((await regulator.Gets("/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026-06&to=2026-12"))["total"]!));
        Assert.True((await p.Hub.Send(p.AdminUserId, new CheckLedger())).Holds);

        static (int, int, int, int) Coverage(JsonNode cell) => (Of(cell, "expected"), Of(cell, "reported"), Of(cell, "missing"), Of(cell, "notDue"));
        static int Of(JsonNode cell, string kind) => cell["coverage"]![kind]?.GetValue<int>() ?? 0;
    }

    [Fact]
    public async Task Where_something_is_missing_a_bound_is_given_and_the_value_stays_what_was_filed()
    {
        var p = await hub.Programme();
        var regulator = await p.Regulator();
        var (a, b) = (await p.ApprovedScenario(measures: ["COST_SAVE"]), await p.ApprovedScenario(measures: ["COST_SAVE"]));
        await p.ApprovesFilings(await p.Files(a, "2026-07", new { measure = "COST_SAVE", value = 100 }), await p.Files(b, "2026-07", new { measure = "COST_SAVE", value = 50 }), await p.Files(a, "2026-08", new { measure = "COST_SAVE", value = 90 }));
        Assert.Null((await Cell(regulator, "COST_SAVE", "ENERGY_POWER"))["bound"]);
        await p.Owes("2026-08");
        // July's average is 75, August's 90: the missing figure is taken to lie between.
        var cell = await Cell(regulator, "COST_SAVE", "ENERGY_POWER");
        Assert.Equal((90m, 165m, 180m), (cell["value"]!.GetValue<decimal>(), cell["bound"]!["low"]!.GetValue<decimal>(), cell["bound"]!["high"]!.GetValue<decimal>()));
        Assert.Contains("不是统计数", cell["bound"]!["method"]!.GetValue<string>(), StringComparison.Ordinal);
        // What takes away does so in the bound too, and a quotient has none.
        await p.ApprovesFilings(await p.Files(b, "2026-08", new { measure = "OPEX_COMPUTE", value = 10 }));
        var net = await Cell(regulator, "NET_BENEFIT", "ENERGY_POWER");
        Assert.Equal((80m, 155m, 170m), (net["value"]!.GetValue<decimal>(), net["bound"]!["low"]!.GetValue<decimal>(), net["bound"]!["high"]!.GetValue<decimal>()));
        Assert.Null((await Cell(regulator, "ROI", "ENERGY_POWER"))["bound"]);
        await p.ApprovesFilings(await p.Files(b, "2026-08", "补报", new { measure = "COST_SAVE", value = 1 }, new { measure = "OPEX_COMPUTE", value = 10 }));
        Assert.Null((await Cell(regulator, "COST_SAVE", "ENERGY_POWER"))["bound"]);
    }

    [Fact]
    public async Task Every_layout_has_the_same_total_and_its_cells_add_up_to_it()
    {
        var p = await hub.Programme();
        var regulator = await p.Regulator();
        await SomeFigures(p);
        foreach (var folded in new[] { false, true })
        {
            if (folded) await p.Fold();
            foreach (var by in new[] { "sector", "organization", "region", "stage", "grade", "month", "keyAction" })
            {
                var rollup = await regulator.Gets($"/api/v1/rollups?measure=COST_SAVE&by={by}&from=2026-06&to=2026-09");
                Assert.Equal(1111.11m, rollup["total"]!["value"]!.GetValue<decimal>());
                Assert.Equal(1111.11m, rollup["cells"]!.AsArray().Sum(c => c!["value"]?.GetValue<decimal>() ?? 0));
                Assert.Equal(1111.11m, rollup["total"]!["grades"]!.AsObject().Sum(g => g.Value!.GetValue<decimal>()));
            }
        }
    }

    [Fact]
    public async Task A_cell_is_explained_down_to_entries_that_add_up_to_it_page_by_page()
    {
        var p = await hub.Programme();
        var regulator = await p.Regulator();
        await SomeFigures(p);
        foreach (var (measure, by) in new[] { ("COST_SAVE", "sector"), ("COST_SAVE", "organization"), ("NET_BENEFIT", "sector"), ("ROI", "stage"), ("SCN_COUNT", "stage"), ("DETECT_ACC", "month"), ("COST_SAVE", "grade"), ("COST_SAVE", "region") })
        {
            var rollup = await regulator.Gets($"/api/v1/rollups?measure={measure}&by={by}&from=2026-06&to=2026-09");
            var explained = 0;
            foreach (var cell in rollup["cells"]!.AsArray().Append(rollup["total"]))
                explained += await Explained.AddsUp(regulator, cell!);
            Assert.True(explained > 0, $"{measure} by {by} had no entries to explain");
        }
    }

    [Fact]
    public async Task A_ratio_is_the_ratio_of_sums_and_empty_where_it_is_undefined()
    {
        var p = await hub.Programme();
        var regulator = await p.Regulator();
        var a = await p.ApprovedScenario(measures: ["DETECT_ACC", "COST_SAVE", "INVEST_HW"]);
        var b = await p.ApprovedScenario(organizationId: p.SubsidiaryB, measures: ["DETECT_ACC"]);
        await p.ApprovesFilings(await p.Files(a, "2026-08", new { measure = "DETECT_ACC", numerator = 90, denominator = 100 }, new { measure = "INVEST_HW", value = 1000 }, new { measure = "COST_SAVE", value = 1500 }));
        await p.ApprovesFilings(await p.Files(b, "2026-08", new { measure = "DETECT_ACC", numerator = 10, denominator = 300 }));
        Assert.Equal(25m, (await Cell(regulator, "DETECT_ACC", "ENERGY_POWER"))["value"]!.GetValue<decimal>());
        Assert.Equal(50m, (await Cell(regulator, "ROI", "ENERGY_POWER"))["value"]!.GetValue<decimal>());
        Assert.Equal(0.67m, Math.Round((await Cell(regulator, "PAYBACK", "ENERGY_POWER"))["value"]!.GetValue<decimal>(), 2));
        Assert.Null((await Cell(regulator, "ROI", "COAL"))["value"]);
    }

    [Fact]
    public async Task A_correction_replaces_by_reversal_and_the_past_can_be_read_as_it_was()
    {
        using var own = new Hub();   // its clock is moved
        var p = await own.Programme();
        var regulator = await p.Regulator();
        var scenario = await p.ApprovedScenario();
        await p.ApprovesFilings(await p.Files(scenario, "2026-08", new { measure = "COST_SAVE", value = 100 }));
        await p.Fold();
        var closing = (await regulator.Gets("/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026-08"))["closing"]!.GetValue<long>();
        var then = own.Clock.GetUtcNow();
        own.Clock.Step(TimeSpan.FromMinutes(5));
        await p.ApprovesFilings(await p.Files(scenario, "2026-08", "财务复核", new { measure = "COST_SAVE", value = 80 }));
        Assert.Equal(80m, (await Cell(regulator, "COST_SAVE", "ENERGY_POWER"))["value"]!.GetValue<decimal>());
        Assert.Equal(100m, (await Cell(regulator, "COST_SAVE", "ENERGY_POWER", $"&asOf={closing}"))["value"]!.GetValue<decimal>());
        await p.Fold();
        Assert.Equal(100m, (await Cell(regulator, "COST_SAVE", "ENERGY_POWER", $"&asOf={closing}"))["value"]!.GetValue<decimal>());
        Assert.Equal(100m, (await Cell(regulator, "COST_SAVE", "ENERGY_POWER", $"&asOf={then:yyyy-MM-ddTHH:mm:ssZ}"))["value"]!.GetValue<decimal>());
        Assert.Equal(80m, (await Cell(regulator, "COST_SAVE", "ENERGY_POWER"))["value"]!.GetValue<decimal>());
        var entries = (await regulator.Gets("/api/v1/rollups/explain?handle=" + (await Cell(regulator, "COST_SAVE", "ENERGY_POWER"))["handle"]))["entries"]!.AsArray();
        Assert.Equal([100m, -100m, 80m], entries.Select(e => e!["quantity"]!.GetValue<decimal>()));
        Assert.Equal(["approved", "corrected", "corrected"], entries.Select(e => e!["cause"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_group_sees_its_own_subtree_and_no_more()
    {
        var p = await hub.Programme();
        await SomeFigures(p);
        var filerA = await p.FilerA();
        var mine = await filerA.Gets("/api/v1/rollups?measure=COST_SAVE&by=organization&from=2026-06&to=2026-09");
        Assert.Equal(1011.11m, mine["total"]!["value"]!.GetValue<decimal>());
        Assert.Equal("organization-not-found", (await filerA.Gets($"/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026-08&organization={p.GroupB}", 404)).Code());
        var foreign = (await (await p.Regulator()).Gets($"/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026-06&to=2026-09&organization={p.GroupB}"))["total"]!["handle"];
        Assert.Equal("organization-not-found", (await filerA.Gets("/api/v1/rollups/explain?handle=" + foreign, 404)).Code());
    }

    [Fact]
    public async Task Moving_an_organization_changes_no_total_and_no_entry()
    {
        var p = await hub.Programme();
        await SomeFigures(p);
        var (regulator, admin) = (await p.Regulator(), await p.Admin());
        var before = await regulator.Gets("/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026-06&to=2026-09");
        await admin.Posts($"/api/v1/organizations/{p.GroupB}/move", new { to = p.GroupA, effectiveOn = "2026-11-16" });
        var after = await regulator.Gets("/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026-06&to=2026-09");
        Assert.Equal(before["throughEntry"]!.GetValue<long>(), after["throughEntry"]!.GetValue<long>());
        Assert.Equal(before["cells"]!.AsArray().Select(c => $"{c!["key"]} {c["value"]}"), after["cells"]!.AsArray().Select(c => $"{c!["key"]} {c["value"]}"));
        Assert.Equal(1111.11m, (await regulator.Gets($"/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026-06&to=2026-09&organization={p.GroupA}"))["total"]!["value"]!.GetValue<decimal>());
    }

    [Theory]
    [InlineData("measure=NOPE&by=sector&from=2026-08", "?measure", "unknown-measure")]
    [InlineData("measure=IRR&by=sector&from=2026-08", "?measure", "measure-not-rolled-up")]
    [InlineData("measure=COST_SAVE&by=colour&from=2026-08", "?by", "unknown-code")]
    [InlineData("measure=COST_SAVE&by=sector&from=2026-13", "?from", "bad-period")]
    [InlineData("measure=COST_SAVE&by=sector&from=2026-08&to=2026-07", "?to", "periods-crossed")]
    [InlineData("measure=COST_SAVE&by=sector&from=2026-08&asOf=tomorrow", "?asOf", "bad-as-of")]
    [InlineData("measure=COST_SAVE&by=sector&from=2026-08&asOf=999999", "?asOf", "bad-as-of")]
    [InlineData("measure=COST_SAVE&by=sector&from=2026-08&asOf=11/12/2026", "?asOf", "bad-as-of")]
    [InlineData("measure=COST_SAVE&by=sector&from=2026-08&asOf=10:00", "?asOf", "bad-as-of")]
    [InlineData("measure=COST_SAVE&by=sector&from=2026-08&asOf=2026-08-31", "?asOf", "bad-as-of")]
    [InlineData("measure=COST_SAVE&by=sector&from=2026-08&asOf=2026-08-31T10:00", "?asOf", "bad-as-of")]
    [InlineData("measure=COST_SAVE&by=sector&from=2026-08&sector=MOON", "?sector", "unknown-code")]
    [InlineData("measure=SCN_COUNT&by=grade&from=2026-08", "?by", "by-not-for-measure")]
    public async Task A_question_that_makes_no_sense_is_refused_by_name(string query, string pointer, string code)
    {
        var regulator = await (await hub.Programme()).Regulator();
        Assert.Equal(code, (await regulator.Gets("/api/v1/rollups?" + query, 400)).ErrorAt(pointer));
    }

    [Fact]
    public async Task A_handle_that_was_altered_made_up_or_is_another_tenants_is_refused()
    {
        var (p, other) = (await hub.Programme(), await hub.Programme());
        var regulator = await p.Regulator();
        await SomeFigures(p);
        var given = (await Cell(regulator, "COST_SAVE", "ENERGY_POWER"))["handle"]!.GetValue<string>();
        Assert.Equal(11.11m, (await regulator.Gets("/api/v1/rollups/explain?handle=" + given))["value"]!.GetValue<decimal>());
        var opened = Seal.Open(given)!;
        var recipe = Recipe.Of(ReferenceCatalog.Load().Measure("COST_SAVE"));
        var forged = new Seal(new byte[Seal.KeyBytes], 0);
        var wrong = new List<string> { "x", "W10", "WzEsMl0", "%F0%9F%A4%96", given[..^2], given + "AAAA", forged.Handle(opened.Cell, recipe, opened.Sums) };
        for (var i = 0; i < given.Length; i++) wrong.Add(given[..i] + (given[i] == 'A' ? 'B' : 'A') + given[(i + 1)..]);
        foreach (var handle in wrong)
            Assert.Equal("bad-handle", (await regulator.Gets("/api/v1/rollups/explain?handle=" + handle, 400)).ErrorAt("?handle"));
        // Another tenant's regulator, and one whose ledger has another key: the same content is vouched for by its own key alone.
        Assert.Equal("bad-handle", (await (await other.Regulator()).Gets("/api/v1/rollups/explain?handle=" + given, 400)).ErrorAt("?handle"));
        Assert.True(given.Length < 150, $"a handle of {given.Length} characters");
    }

    [Fact]
    public async Task A_handle_vouches_for_what_its_cell_came_to_and_no_longer_once_the_balances_behind_it_were_put_right()
    {
        var p = await hub.Programme();
        var regulator = await p.Regulator();
        await SomeFigures(p);
        await p.Fold();
        // A balance that no entry made: what was read of it is given again by its handle, for nothing is added up twice; until a rebuild finds it.
        var sound = await Cell(regulator, "COST_SAVE", "ENERGY_POWER");
        await p.Tamper("UPDATE ledger_total SET quantity = quantity + 700 WHERE tenant_id = @t AND measure = 'COST_SAVE' AND aspect = 'sector' AND book = 'approved' AND period = '2026-08' AND sector = 'ENERGY_POWER' AND figure_state = 'reported'", new { });
        Assert.Equal(11.11m, (await regulator.Gets("/api/v1/rollups/explain?handle=" + sound["handle"]))["value"]!.GetValue<decimal>());
        var wrong = await Cell(regulator, "COST_SAVE", "ENERGY_POWER", "&to=2026-09");   // not the question that was kept
        Assert.Equal((18.11m, 18.11m), (wrong["value"]!.GetValue<decimal>(), (await regulator.Gets("/api/v1/rollups/explain?handle=" + wrong["handle"]))["value"]!.GetValue<decimal>()));
        Assert.True((await p.Hub.Send(p.AdminUserId, new RebuildLedger())).Replaced > 0);
        Assert.Equal("bad-handle", (await regulator.Gets("/api/v1/rollups/explain?handle=" + wrong["handle"], 400)).ErrorAt("?handle"));
        var right = await Cell(regulator, "COST_SAVE", "ENERGY_POWER", "&to=2026-09");
        Assert.Equal(11.11m, right["value"]!.GetValue<decimal>());
        await Explained.AddsUp(regulator, right);
    }

    [Fact]
    public async Task Who_lost_an_organization_takes_apart_what_he_read_of_it_as_one_remainder_and_nothing_posted_since()
    {
        var p = await hub.Programme();
        var scenario = await p.ApprovedScenario(p.SubsidiaryB, division: "36");
        await p.ApprovesFilings(await p.Files(scenario, "2026-07", new { measure = "COST_SAVE", value = 40 }));
        var filerB = await p.FilerB();
        const string Query = "/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026-07&to=2026-09";
        var then = (await filerB.Gets(Query))["total"]!;
        await (await p.Admin()).Posts($"/api/v1/organizations/{p.SubsidiaryB}/move", new { to = p.GroupA, effectiveOn = "2026-08-15" });
        await p.ApprovesFilings(await p.Files(scenario, "2026-09", new { measure = "COST_SAVE", value = 2 }));
        var page = await filerB.Gets($"/api/v1/rollups/explain?handle={then["handle"]}");
        Assert.Equal((40m, 1, 0), (page["value"]!.GetValue<decimal>(), page["hidden"]!["entries"]!.GetValue<int>(), page["entries"]!.AsArray().Count));
        Assert.Null((await filerB.Gets(Query))["total"]!["value"]);
    }

    [Fact]
    public async Task The_line_of_an_organization_that_left_opens_as_one_remainder_for_who_had_it_and_not_at_all_for_others()
    {
        var p = await hub.Programme();
        var scenario = await p.ApprovedScenario(p.SubsidiaryB, division: "36");
        await p.ApprovesFilings(await p.Files(scenario, "2026-07", new { measure = "COST_SAVE", value = 40 }), await p.Files(scenario, "2026-09", new { measure = "COST_SAVE", value = 2 }));
        var closing = (await p.Fold()).ClosingNo;
        await (await p.Admin()).Posts($"/api/v1/organizations/{p.SubsidiaryB}/move", new { to = p.GroupA, effectiveOn = "2026-08-15" });
        var (filerA, filerB) = (await p.FilerA(), await p.FilerB());
        const string Query = "/api/v1/rollups?measure=COST_SAVE&by=organization&from=2026-07&to=2026-09";
        foreach (var (reading, value) in new[] { ("&tree=filed", 40m), ($"&asOf={closing}", 42m) })
        {
            var cell = (await filerB.Gets(Query + reading))["cells"]!.AsArray().Single(c => c!["key"]!.GetValue<string>() == $"{p.SubsidiaryB}")!;
            var page = await filerB.Gets($"/api/v1/rollups/explain?handle={cell["handle"]}");
            Assert.Equal((value, value), (cell["value"]!.GetValue<decimal>(), page["value"]!.GetValue<decimal>()));
            Assert.Equal((0, value), (page["entries"]!.AsArray().Count, page["hidden"]!["parts"]![0]!["quantity"]!.GetValue<decimal>()));
        }
        // It is his by what he had, not by having the handle: to another it opens nothing.
        var his = (await filerB.Gets(Query + "&tree=filed"))["cells"]!.AsArray().Single(c => c!["key"]!.GetValue<string>() == $"{p.SubsidiaryB}")!["handle"];
        var groupB = (await (await p.Regulator()).Gets(Query + "&tree=filed"))["cells"]!.AsArray().Single(c => c!["key"]!.GetValue<string>() == $"{p.GroupB}")!["handle"];
        Assert.Equal("organization-not-found", (await filerA.Gets("/api/v1/rollups/explain?handle=" + groupB, 404)).Code());
        Assert.Equal(40m, (await filerA.Gets("/api/v1/rollups/explain?handle=" + his))["entries"]!.AsArray().Sum(e => e!["quantity"]!.GetValue<decimal>()));
    }

    // 1000.00 + 11.11 in 甲 (energy), 100.00 in 乙 (vehicles), over two months, two grades and two regions.
    private static async Task SomeFigures(Programme p)
    {
        var a = await p.ApprovedScenario(measures: ["COST_SAVE", "OPEX_COMPUTE", "INVEST_HW", "DETECT_ACC"]);
        var b = await p.ApprovedScenario(organizationId: p.SubsidiaryB, division: "36", region: "310000", keyAction: "CONSUMPTION", stage: "pilot", measures: ["COST_SAVE"]);
        await p.ApprovesFilings(await p.Files(a, "2026-07", new { measure = "COST_SAVE", value = 1000 }, new { measure = "OPEX_COMPUTE", value = 10 }, new { measure = "INVEST_HW", value = 500 }, new { measure = "DETECT_ACC", numerator = 3, denominator = 4 }));
        await p.ApprovesFilings(await p.Files(a, "2026-08", new { measure = "COST_SAVE", value = 11.11m, grade = "financeConfirmed" }, new { measure = "DETECT_ACC", numerator = 1, denominator = 4 }));
        await p.ApprovesFilings(await p.Files(b, "2026-08", new { measure = "COST_SAVE", value = 0.01m, unit = "CNY10K", grade = "measured" }));
    }

    private static async Task<JsonNode> Cell(Person person, string measure, string sector, string more = "") =>
        (await person.Gets($"/api/v1/rollups?measure={measure}&by=sector&from=2026-08{more}"))["cells"]!.AsArray().Single(c => c!["key"]!.GetValue<string>() == sector)!;
}
