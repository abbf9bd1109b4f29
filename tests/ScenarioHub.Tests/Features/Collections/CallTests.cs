using System.Text.Json.Nodes;
using ScenarioHub.Features.Collections;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Collections;

public class CallTests(Hub hub)
{
    [Fact]
    public async Task Every_approved_scenario_in_scope_owes_what_it_promised_from_its_going_live_to_its_retirement()
    {
        var p = await hub.Programme();
        var whole = await p.ApprovedScenario();
        var late = await p.ApprovedScenario(stageSince: "2026-09-10");
        var notLive = await p.ApprovedScenario(stage: "building", stageSince: "2026-01-01");
        var retired = await p.ApprovedScenario();
        var version = (await (await p.Regulator()).Gets($"/api/v1/scenarios/{retired}"))["version"]!.GetValue<int>();
        await (await p.Regulator()).Posts($"/api/v1/scenarios/{retired}/retire", new { retiredOn = "2026-08-20", reason = "停用", version });
        await (await p.FilerOfAll()).Adds("/api/v1/scenarios", p.Scenario());   // a draft owes nothing
        await p.ApprovedScenario(p.SubsidiaryB);                                 // outside the scope

        var id = await p.Calls(Called.Body(p.GroupA, "2026-08", "2026-10"));
        var missing = await p.Missing(id);
        string[] Months(long scenario) => [.. missing.Where(m => m!["scenarioId"]!.GetValue<long>() == scenario).Select(m => m!["period"]!.GetValue<string>())];
        Assert.Equal(["2026-08", "2026-09", "2026-10"], Months(whole));
        Assert.Equal(["2026-09", "2026-10"], Months(late));
        Assert.Equal(["2026-08"], Months(retired));
        Assert.Empty(Months(notLive));
        Assert.Equal(6, missing.Count);
        Assert.Equal(["COST_SAVE", "HOURS_SAVED", "OPEX_COMPUTE"], missing[0]!["measures"]!.AsArray().Select(m => m!.GetValue<string>()));
        Assert.Null(missing[0]!["overdueSince"]);
        Assert.Equal(("open", null), ((await p.Collection(id))["state"]!.GetValue<string>(), (await p.Collection(id))["underWay"]?.GetValue<string>()));
    }

    [Fact]
    public async Task State_secret_scenarios_owe_nothing()
    {
        var p = await hub.Programme();
        var scenario = await p.Saves();
        await p.Tamper("UPDATE scenario SET state_secret = 1 WHERE tenant_id = @t AND scenario_id = @scenario", new { scenario });
        var id = await p.Calls(Called.Body());
        Assert.Empty(await p.Missing(id));
        Assert.Null((await p.Coverage(id))["total"]!["completeness"]);
    }

    [Fact]
    public async Task Sectors_narrow_the_call_measures_replace_what_was_promised_and_extra_ones_come_beside_it()
    {
        var p = await hub.Programme();
        var power = await p.ApprovedScenario(division: "44", measures: ["COST_SAVE"]);
        await p.ApprovedScenario(division: "36", measures: ["COST_SAVE"]);
        var sector = "ENERGY_POWER";

        async Task<JsonArray> Of(JsonObject body) => await p.Missing(await p.Calls(body));
        var (only, extra, narrow) = (Called.Body(), Called.Body(), Called.Body());
        only["measures"] = new JsonArray("OPEX_COMPUTE", "HOURS_SAVED");
        extra["extraMeasures"] = new JsonArray("HOURS_SAVED");
        narrow["sectors"] = new JsonArray(sector);
        Assert.All(await Of(only), m => Assert.Equal("HOURS_SAVED OPEX_COMPUTE", string.Join(' ', m!["measures"]!.AsArray().Select(x => x!.GetValue<string>()))));
        Assert.All(await Of(extra), m => Assert.Equal("COST_SAVE HOURS_SAVED", string.Join(' ', m!["measures"]!.AsArray().Select(x => x!.GetValue<string>()))));
        Assert.Equal([power], (await Of(narrow)).Select(m => m!["scenarioId"]!.GetValue<long>()));
    }

    [Fact]
    public async Task A_call_that_cannot_be_met_is_refused_with_all_that_is_wrong()
    {
        var p = await hub.Programme();
        var regulator = await p.Regulator();
        var body = Called.Body(first: "2026-11", last: "2026-12", dueOn: "2026-10-01");
        body["locksOn"] = "2026-09-01";
        body["sectors"] = new JsonArray("NO_SUCH");
        body["measures"] = new JsonArray("ROI");
        body["extraMeasures"] = new JsonArray("COST_SAVE");
        body["remindDays"] = new JsonArray(3, 3);
        var refused = await regulator.Posts("/api/v1/collections", body, 400);
        Assert.Equal("period-not-begun", refused.ErrorAt("/lastPeriod"));
        Assert.Equal("due-before-open", refused.ErrorAt("/dueOn"));
        Assert.Equal("lock-before-due", refused.ErrorAt("/locksOn"));
        Assert.Equal("unknown-code", refused.ErrorAt("/sectors/0"));
        Assert.Equal("measure-not-filed", refused.ErrorAt("/measures/0"));
        Assert.Equal("measures-or-extra", refused.ErrorAt("/extraMeasures"));
        Assert.Equal("remind-days-out-of-range", refused.ErrorAt("/remindDays"));
        Assert.Equal("range-backwards", (await regulator.Posts("/api/v1/collections", Called.Body(first: "2026-08", last: "2026-07"), 400)).ErrorAt("/lastPeriod"));
        Assert.Equal("range-too-long", (await regulator.Posts("/api/v1/collections", Called.Body(first: "2024-08", last: "2026-08"), 400)).ErrorAt("/lastPeriod"));
        Assert.Equal("period-not-a-month", (await regulator.Posts("/api/v1/collections", Called.Body(first: "2026Q3"), 400)).ErrorAt("/firstPeriod"));
        Assert.Equal("organization-not-found", (await regulator.Posts("/api/v1/collections", Called.Body(1), 404)).Code());
        await p.Plans(Called.Body(first: "2026-11", dueOn: "2026-12-12"));   // the present month may be called for
    }

    [Fact]
    public async Task A_collection_is_opened_once_and_two_may_ask_for_the_same_month()
    {
        var p = await hub.Programme();
        var scenario = await p.Saves();
        var (one, two) = (await p.Calls(Called.Body()), await p.Calls(Called.Body(p.GroupA)));
        Assert.Equal("collection-not-planned", (await p.Steps(one, "open", status: 409)).Code());
        await p.Files(scenario, "2026-08", Called.Figure());
        foreach (var id in new[] { one, two }) (await p.Coverage(id))["total"]!.Counts(1, 1, 0, 1, 0, 0, 0);
        await p.Steps(one, "exempt", new { scenarios = new[] { scenario }, reason = "检修" });
        (await p.Coverage(one))["total"]!.Counts(0, 0, 0, 0, 0, 0, 1);
        (await p.Coverage(two))["total"]!.Counts(1, 1, 0, 1, 0, 0, 0);
    }

    [Fact]
    public async Task Opening_goes_on_where_it_was_killed_and_running_it_again_changes_nothing()
    {
        var p = await hub.Programme();
        var regulator = await p.Regulator();
        for (var i = 0; i < 3; i++) await p.Saves();
        var id = await p.Plans(Called.Body(last: "2026-09"));
        // Dead between the command and the first part: the row says what is left to do.
        await hub.Send(regulator.UserId, new OpenCollection(id));
        var half = await p.Collection(id);
        Assert.Equal(("open", "opened"), (half["state"]!.GetValue<string>(), half["underWay"]!.GetValue<string>()));
        Assert.False((await p.Coverage(id))["complete"]!.GetValue<bool>());
        Assert.Equal("collection-opening", (await p.Steps(id, "exempt", new { organization = p.GroupA, reason = "检修" }, 409)).Code());
        await p.Strikes(id);
        Assert.Equal(6, (await p.Missing(id)).Count);

        // Dead after some were written, before it was noted: the same part again.
        await p.Tamper("UPDATE collection_step SET finished_at = NULL, through_id = 0 WHERE tenant_id = @t AND collection_id = @id AND kind = 'opened'", new { id });
        await p.Tamper("DELETE FROM obligation WHERE tenant_id = @t AND collection_id = @id AND period = '2026-09'", new { id });
        await p.Strikes(id);
        await p.Strikes(id);
        Assert.Equal(6, (await p.Missing(id)).Count);
        Assert.Null((await p.Collection(id))["underWay"]);
        Assert.True((await p.Coverage(id))["complete"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Once_open_only_name_note_a_later_due_day_lock_day_and_reminders_change()
    {
        var p = await hub.Programme();
        var regulator = await p.Regulator();
        var id = await p.Plans(Called.Body());
        await regulator.Patches($"/api/v1/collections/{id}", new { firstPeriod = "2026-07", organization = p.GroupA }, 1);
        Assert.Equal("stale-version", (await regulator.Patches($"/api/v1/collections/{id}", new { name = "改" }, 1, 412)).Code());
        Assert.Equal("if-match-missing", (await regulator.Patches($"/api/v1/collections/{id}", new { name = "改" }, null, 428)).Code());
        Assert.Equal("organization-not-found", (await regulator.Patches($"/api/v1/collections/{id}", new { organization = 1 }, 2, 404)).Code());
        await p.Steps(id, "open");
        var version = (await p.Collection(id))["version"]!.GetValue<int>();
        var refused = await regulator.Patches($"/api/v1/collections/{id}", new { lastPeriod = "2026-09", sectors = new[] { "ENERGY_POWER" }, dueOn = "2026-11-29", locksOn = "2026-12-01" }, version, 400);
        Assert.Equal("collection-scope-fixed", refused.ErrorAt("/lastPeriod"));
        Assert.Equal("collection-scope-fixed", refused.ErrorAt("/sectors"));
        Assert.Equal("due-on-earlier", refused.ErrorAt("/dueOn"));
        var changed = await regulator.Patches($"/api/v1/collections/{id}", new { name = "八月", note = "请尽快", dueOn = "2026-12-05", locksOn = "2026-12-31", remindDays = new[] { 1, 7 } }, version);
        Assert.Equal(("八月", "2026-12-05", "2026-12-31", version + 1),
            (changed["name"]!.GetValue<string>(), changed["dueOn"]!.GetValue<string>(), changed["locksOn"]!.GetValue<string>(), changed["version"]!.GetValue<int>()));
        // The same again is no change.
        Assert.Equal(version + 1, (await regulator.Patches($"/api/v1/collections/{id}", new { remindDays = new[] { 7, 1 } }, version + 1))["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task Exempt_scenarios_owe_nothing_until_that_is_taken_back()
    {
        var p = await hub.Programme();
        var (a, b) = (await p.Saves(), await p.Saves(p.SubsidiaryB));
        var id = await p.Calls(Called.Body(dueOn: Called.Yesterday, last: "2026-09"));
        await p.Strikes(id);
        (await p.Coverage(id))["total"]!.Counts(4, 0, 0, 0, 0, 4, 0);

        Assert.Equal("scenario-owes-nothing", (await p.Steps(id, "exempt", new { scenarios = new[] { a, 1 }, reason = "检修" }, 400)).ErrorAt("/scenarios/1"));
        Assert.Equal("selection-missing", (await p.Steps(id, "exempt", new { reason = "检修" }, 400)).ErrorAt("/scenarios"));
        Assert.Equal("required", (await p.Steps(id, "exempt", new { scenarios = new[] { a } }, 400)).ErrorAt("/reason"));
        Assert.Equal("organization-not-found", (await p.Steps(id, "exempt", new { organization = 1, reason = "检修" }, 404)).Code());
        (await p.Coverage(id))["total"]!.Counts(4, 0, 0, 0, 0, 4, 0);

        await p.Steps(id, "exempt", new { scenarios = new[] { a }, reason = "检修" });
        await p.Steps(id, "exempt", new { organization = p.GroupB, reason = "重组" });
        (await p.Coverage(id))["total"]!.Counts(0, 0, 0, 0, 0, 0, 4);
        Assert.Empty(await p.Missing(id));
        await p.Steps(id, "unexempt", new { organization = p.GroupB, reason = "重组已完成" });
        await p.Steps(id, "unexempt", new { scenarios = new[] { a }, reason = "检修已完成" });
        (await p.Coverage(id))["total"]!.Counts(4, 0, 0, 0, 0, 4, 0);
        Assert.Equal([b, b], (await p.Missing(id)).Select(m => m!["scenarioId"]!.GetValue<long>()).Where(s => s == b));
        var steps = (await (await p.Regulator()).Gets($"/api/v1/collections/{id}/history?limit=500"))["items"]!.AsArray();
        Assert.Equal(["obliged", "obliged", "exempted", "exempted", "fellDue", "opened", "called"], steps.Select(s => s!["kind"]!.GetValue<string>()));
        Assert.Equal(("检修已完成", 2, (await p.Regulator()).UserId), (steps[0]!["reason"]!.GetValue<string>(), steps[0]!["touched"]!.GetValue<int>(), steps[0]!["byUserId"]!.GetValue<long>()));
    }

    [Fact]
    public async Task A_cancelled_collection_takes_its_obligations_away_and_leaves_what_was_filed()
    {
        var p = await hub.Programme();
        var scenario = await p.Saves();
        var id = await p.Calls(Called.Body(last: "2026-09"));
        await p.Steps(id, "exempt", new { organization = p.GroupA, reason = "检修" });
        await p.Files(scenario, "2026-08", Called.Figure());
        Assert.Equal("required", (await p.Steps(id, "cancel", new { }, 400)).ErrorAt("/reason"));
        await p.Steps(id, "cancel", new { reason = "重复布置" });
        await p.Strikes(id);
        Assert.Equal("cancelled", (await p.Collection(id))["state"]!.GetValue<string>());
        (await p.Coverage(id))["total"]!.Counts(0, 0, 0, 0, 0, 0, 0);
        Assert.Equal("submitted", (await (await p.Regulator()).Gets($"/api/v1/scenarios/{scenario}/filings/2026-08"))["state"]!.GetValue<string>());
        foreach (var (step, code) in new[] { ("cancel", "collection-ended"), ("open", "collection-not-planned"), ("remind", "collection-not-running"), ("lock", "collection-not-due"), ("unlock", "collection-not-locked") })
            Assert.Equal(code, (await p.Steps(id, step, step is "cancel" or "unlock" ? new { reason = "再一次" } : (object)new { }, 409)).Code());
        Assert.Equal("collection-not-opened", (await p.Steps(id, "exempt", new { organization = p.GroupA, reason = "检修" }, 409)).Code());
        Assert.Equal("collection-ended", (await (await p.Regulator()).Patches($"/api/v1/collections/{id}", new { name = "改" }, (await p.Collection(id))["version"]!.GetValue<int>(), 409)).Code());
    }
}
