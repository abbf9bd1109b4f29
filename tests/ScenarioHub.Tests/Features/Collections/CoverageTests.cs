using System.Text.Json.Nodes;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Collections;

public class CoverageTests(Hub hub)
{
    [Fact]
    public async Task Completeness_and_timeliness_climb_the_tree_and_a_gap_leads_to_who_owes_it()
    {
        var p = await hub.Programme();
        var (a1, a2, own, b) = (await p.Saves(), await p.Saves(), await p.Saves(p.GroupA), await p.Saves(p.SubsidiaryB));
        var early = await p.Files(a1, "2026-08", Called.Figure());   // before it was called for
        var id = await p.Calls(Called.Body(dueOn: Called.Today));
        var later = await p.Calls(Called.Body(dueOn: Called.Yesterday));
        await p.ApprovesFilings(early);
        await p.Files(own, "2026-08", Called.Figure());
        await (await p.FilerB()).Puts($"/api/v1/scenarios/{b}/filings/2026-08", new { figures = new[] { Called.Figure() } });   // a draft is not filed

        var root = await p.Coverage(id);
        root["total"]!.Counts(4, 2, 1, 2, 2, 0, 0);
        Assert.Equal((0.5m, 0.5m), (root["total"]!["completeness"]!.GetValue<decimal>(), root["total"]!["timeliness"]!.GetValue<decimal>()));
        var lines = root["lines"]!.AsArray();
        JsonNode Line(long organization) => lines.Single(l => l!["organizationId"]!.GetValue<long>() == organization)!;
        Assert.Equal(2, lines.Count);
        Line(p.GroupA).Counts(3, 2, 1, 2, 1, 0, 0);
        Line(p.GroupB).Counts(1, 0, 0, 0, 1, 0, 0);
        Assert.Equal(0.6666m, Line(p.GroupA)["completeness"]!.GetValue<decimal>());

        var group = await p.Coverage(id, p.GroupA);
        group["total"]!.Counts(3, 2, 1, 2, 1, 0, 0);
        var below = group["lines"]!.AsArray();
        Assert.Equal([(p.GroupA, true), (p.SubsidiaryA, false)], below.Select(l => (l!["organizationId"]!.GetValue<long>(), l["isOwn"]!.GetValue<bool>())));
        below[0]!.Counts(1, 1, 0, 1, 0, 0, 0);
        below[1]!.Counts(2, 1, 1, 1, 1, 0, 0);

        // Due yesterday: the same filings are late, and what is not there is overdue.
        await p.Strikes(later);
        (await p.Coverage(later))["total"]!.Counts(4, 2, 1, 0, 0, 2, 0);
        var missing = await p.Missing(later);
        Assert.Equal(new[] { a2, b }.Order(), missing.Select(m => m!["scenarioId"]!.GetValue<long>()).Order());
        var draft = missing.Single(m => m!["scenarioId"]!.GetValue<long>() == b)!;
        Assert.Equal((Called.Today, "draft", p.SubsidiaryB), (draft["overdueSince"]!.GetValue<string>(), draft["filingState"]!.GetValue<string>(), draft["organizationId"]!.GetValue<long>()));
        var regulator = await p.Regulator();
        var narrowed = (await regulator.Gets($"/api/v1/collections/{later}/missing?organization={p.GroupB}"))["items"]!.AsArray();
        Assert.Equal([b], narrowed.Select(m => m!["scenarioId"]!.GetValue<long>()));
        Assert.Equal("organization-not-found", (await regulator.Gets($"/api/v1/collections/{later}/missing?organization=1", 404)).Code());
        Assert.Equal("organization-not-found", (await regulator.Gets($"/api/v1/collections/{later}/coverage?organization=1", 404)).Code());
    }

    [Fact]
    public async Task What_others_were_exempted_from_and_why_is_not_in_the_history_an_enterprise_reads()
    {
        var p = await hub.Programme();
        var (a, _) = (await p.Saves(), await p.Saves(p.SubsidiaryB));
        var id = await p.Calls(Called.Body());
        await p.Steps(id, "exempt", new { organization = p.GroupB, reason = "乙方机组大修停机" });
        await p.Steps(id, "exempt", new { scenarios = new[] { a }, reason = "甲方产线搬迁停产" });
        await p.Steps(id, "unexempt", new { organization = p.SubsidiaryA, reason = "甲方搬迁已经完成" });
        async Task<string[]> Of(Person person) => [.. (await person.Gets($"/api/v1/collections/{id}/history"))["items"]!.AsArray().Select(s => $"{s!["kind"]} {s["reason"]} {s["touched"]}".TrimEnd())];
        Assert.Equal(["obliged 甲方搬迁已经完成 1", "exempted 甲方产线搬迁停产 1", "exempted 乙方机组大修停机 1", "opened  2", "called  0"], await Of(await p.Regulator()));
        Assert.Equal(["obliged 甲方搬迁已经完成 1", "opened", "called"], await Of(await p.FilerA()));
        await p.Steps(id, "exempt", new { scenarios = new[] { a }, reason = "甲方产线再次搬迁" });
        Assert.Equal("exempted 甲方产线再次搬迁", (await Of(await p.FilerA()))[0]);
        Assert.Equal(["exempted 乙方机组大修停机 1", "opened", "called"], await Of(await p.FilerB()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_merger_every_month_is_owed_by_the_organization_whose_it_is_and_once(bool locked)
    {
        var p = await hub.Programme();
        await p.Saves();
        var id = await p.Calls(Called.Body(first: "2026-09", last: "2026-10", dueOn: Called.Yesterday));
        await p.Strikes(id);
        if (locked) await p.Steps(id, "lock");
        await (await p.Admin()).Posts($"/api/v1/organizations/{p.SubsidiaryA}/merge", new { into = p.SubsidiaryB, effectiveOn = "2026-10-05" });

        (await p.Coverage(id))["total"]!.Counts(2, 0, 0, 0, 0, 2, 0);
        Assert.Equal(new[] { ("2026-09", p.SubsidiaryA), ("2026-10", p.SubsidiaryB) }, (await p.Missing(id)).Select(m => (m!["period"]!.GetValue<string>(), m["organizationId"]!.GetValue<long>())).Order());
        var cells = (await (await p.Regulator()).Gets("/api/v1/rollups?measure=COST_SAVE&by=organization&from=2026-10"))["cells"]!.AsArray();
        Assert.Equal([($"{p.GroupB}", 1)], cells.Select(c => (c!["key"]!.GetValue<string>(), c["coverage"]!["missing"]!.GetValue<int>())).Where(c => c.Item2 > 0));
        Assert.True((await hub.Send(p.AdminUserId, new ScenarioHub.Features.Ledger.CheckLedger())).Holds);

        // Called for after the merger, the same is owed by the same.
        var later = await p.Calls(Called.Body(first: "2026-09", last: "2026-10"));
        Assert.Equal(new[] { ("2026-09", p.SubsidiaryA), ("2026-10", p.SubsidiaryB) }, (await p.Missing(later)).Select(m => (m!["period"]!.GetValue<string>(), m["organizationId"]!.GetValue<long>())).Order());
    }

    [Fact]
    public async Task A_merger_takes_a_scenario_out_of_the_collection_of_the_group_it_left_and_into_that_of_the_group_it_came_to()
    {
        var p = await hub.Programme();
        var scenario = await p.Saves();
        var (left, entered) = (await p.Calls(Called.Body(p.GroupA, "2026-10")), await p.Calls(Called.Body(p.GroupB, "2026-10")));
        await (await p.Admin()).Posts($"/api/v1/organizations/{p.SubsidiaryA}/merge", new { into = p.SubsidiaryB, effectiveOn = "2026-10-05" });
        Assert.Empty(await p.Missing(left));
        Assert.Equal([scenario], (await p.Missing(entered)).Select(m => m!["scenarioId"]!.GetValue<long>()));
        Assert.Equal([entered], (await (await p.FilerB()).Gets("/api/v1/collections/due"))["items"]!.AsArray().Select(c => (c!["collectionId"] ?? c["id"])!.GetValue<long>()));
    }

    [Fact]
    public async Task A_split_takes_what_a_scenario_owes_along_to_the_new_organization_exemptions_too()
    {
        var p = await hub.Programme();
        var (goes, stays) = (await p.Saves(), await p.Saves());
        var id = await p.Calls(Called.Body(first: "2026-09", last: "2026-10"));
        await p.Steps(id, "exempt", new { scenarios = new[] { goes }, reason = "机组停产检修" });
        var split = await (await p.Admin()).Posts($"/api/v1/organizations/{p.SubsidiaryA}/split", new { effectiveOn = "2026-10-05", parts = new[] { new { kind = "directory", name = "分出", scenarios = new[] { goes } } } });
        var born = split["created"]![0]!["id"]!.GetValue<long>();
        (await p.Coverage(id, born))["total"]!.Counts(0, 0, 0, 0, 0, 0, 2);
        (await p.Coverage(id, p.SubsidiaryA))["total"]!.Counts(2, 0, 0, 0, 2, 0, 0);
        Assert.All(await p.Missing(id), m => Assert.Equal(stays, m!["scenarioId"]!.GetValue<long>()));
    }

    [Fact]
    public async Task A_returned_filing_is_missing_again_and_a_correction_under_way_is_not()
    {
        var p = await hub.Programme();
        var (a, b) = (await p.Saves(), await p.Saves());
        var id = await p.Calls(Called.Body());
        var (fa, fb) = (await p.Files(a, "2026-08", Called.Figure()), await p.Files(b, "2026-08", Called.Figure()));
        await p.ApprovesFilings(fb);
        await (await p.Regulator()).Posts("/api/v1/filings/return", new { ids = new[] { fa }, reason = "请核对" });
        await (await p.FilerA()).Puts($"/api/v1/scenarios/{b}/filings/2026-08", new { figures = new[] { Called.Figure(6) }, reason = "订正" });
        (await p.Coverage(id))["total"]!.Counts(2, 1, 1, 1, 1, 0, 0);
    }

    [Fact]
    public async Task A_filing_that_lacks_a_measure_is_counted_by_its_figures_and_the_missing_one_is_named()
    {
        var p = await hub.Programme();
        var (a, b) = (await p.ApprovedScenario(measures: ["COST_SAVE", "HOURS_SAVED", "LOSS_AVOID"]), await p.ApprovedScenario(p.SubsidiaryB, measures: ["COST_SAVE", "HOURS_SAVED"]));
        var id = await p.Calls(Called.Body());
        // Of a's three measures two are there, one of them an explicit zero; what nobody asked for counts for nothing. Of b's two none is.
        var filed = await p.Files(a, "2026-08", Called.Figure(), new { measure = "LOSS_AVOID", state = "zero" }, new { measure = "OPEX_COMPUTE", value = 9 });
        await p.ApprovesFilings(filed);
        var total = (await p.Coverage(id))["total"]!;
        total.Counts(5, 2, 2, 2, 3, 0, 0);
        Assert.Equal((0.4m, 0.4m), (total["completeness"]!.GetValue<decimal>(), total["timeliness"]!.GetValue<decimal>()));
        var missing = await p.Missing(id);
        Assert.Equal([$"{a} approved COST_SAVE,HOURS_SAVED,LOSS_AVOID -> HOURS_SAVED", $"{b}  COST_SAVE,HOURS_SAVED -> COST_SAVE,HOURS_SAVED"],
            missing.OrderBy(m => m!["scenarioId"]!.GetValue<long>()).Select(m => $"{m!["scenarioId"]} {m["filingState"]} {Text(m["measures"]!)} -> {Text(m["lacking"]!)}"));
        var due = (await (await p.FilerA()).Gets("/api/v1/collections/due"))["items"]![0]!;
        Assert.Equal((3, 2, 2, 0), (due["owed"]!.GetValue<int>(), due["filed"]!.GetValue<int>(), due["approved"]!.GetValue<int>(), due["overdue"]!.GetValue<int>()));
        // Who lacks one is reminded like who lacks all.
        await p.Steps(id, "remind");
        Assert.Equal(2, (await (await p.Regulator()).Gets($"/api/v1/collections/{id}/reminders"))["items"]!.AsArray().Count);
        // The ledger says the same of what is not there.
        var regulator = await p.Regulator();
        foreach (var (measure, absent) in new[] { ("COST_SAVE", 1), ("HOURS_SAVED", 2), ("LOSS_AVOID", 0) })
            Assert.Equal(absent, (await regulator.Gets($"/api/v1/rollups?measure={measure}&by=sector&from=2026-08"))["total"]!["coverage"]!["notDue"]!.GetValue<int>());

        // The missing one is brought by a correction: complete, and gone from the list. A correction under review counts with what it holds and no more.
        var corrected = await p.Files(a, "2026-08", "补报工时", Called.Figure(), new { measure = "LOSS_AVOID", state = "zero" }, new { measure = "HOURS_SAVED", state = "exempt" });
        (await p.Coverage(id))["total"]!.Counts(5, 3, 2, 3, 2, 0, 0);
        await p.ApprovesFilings(corrected);
        (await p.Coverage(id))["total"]!.Counts(5, 3, 3, 3, 2, 0, 0);
        Assert.Equal([b], (await p.Missing(id)).Select(m => m!["scenarioId"]!.GetValue<long>()));

        static string Text(JsonNode codes) => string.Join(',', codes.AsArray().Select(c => c!.GetValue<string>()));
    }

    [Fact]
    public async Task A_measure_that_came_after_the_due_day_is_late_though_the_filing_was_in_time()
    {
        using var own = new Hub();   // its clock is moved
        own.Clock.Step(TimeSpan.FromMinutes(470));   // ten minutes before midnight in Beijing
        var p = await own.Programme();
        var a = await p.ApprovedScenario(measures: ["COST_SAVE", "HOURS_SAVED"]);
        var id = await p.Calls(Called.Body(dueOn: Called.Today));
        await p.ApprovesFilings(await p.Files(a, "2026-08", Called.Figure()));
        own.Clock.Step(TimeSpan.FromMinutes(20));
        await p.Strikes(id);
        await p.ApprovesFilings(await p.Files(a, "2026-08", "补报工时", Called.Figure(6), new { measure = "HOURS_SAVED", value = 3 }));
        // Both are there; what was said of the saving in time was corrected later, and stays in time.
        (await p.Coverage(id))["total"]!.Counts(2, 2, 2, 1, 0, 0, 0);
    }

    [Fact]
    public async Task Everyone_sees_his_own_part_and_only_whoever_stands_over_the_whole_scope_changes_it()
    {
        var (p, other) = (await hub.Programme(), await hub.Programme());
        await p.Saves();
        await p.Saves(p.SubsidiaryB);
        var (all, onlyA) = (await p.Calls(Called.Body()), await p.Calls(Called.Body(p.GroupA)));
        var (filerA, filerB, regulatorA) = (await p.FilerA(), await p.FilerB(), await p.RegulatorA());

        (await p.Coverage(all, person: filerA))["total"]!.Counts(1, 0, 0, 0, 1, 0, 0);
        Assert.Equal([p.SubsidiaryB], (await p.Missing(all, filerB)).Select(m => m!["organizationId"]!.GetValue<long>()));
        await filerB.Gets($"/api/v1/collections/{all}/coverage?organization={p.GroupA}", 404);
        await filerB.Gets($"/api/v1/collections/{all}/missing?organization={p.Root}", 404);
        await filerB.Gets($"/api/v1/collections/{onlyA}", 404);
        await (await other.Regulator()).Gets($"/api/v1/collections/{all}", 404);
        Assert.Equal(new[] { all, onlyA }.OrderDescending(), (await filerA.Gets("/api/v1/collections"))["items"]!.AsArray().Select(c => c!["id"]!.GetValue<long>()));
        Assert.Equal([all], (await filerB.Gets("/api/v1/collections?state=open&period=2026-08"))["items"]!.AsArray().Select(c => c!["id"]!.GetValue<long>()));
        Assert.Empty((await filerB.Gets("/api/v1/collections?period=2026-09"))["items"]!.AsArray());

        Assert.False((await regulatorA.Gets($"/api/v1/collections/{all}"))["isYours"]!.GetValue<bool>());
        Assert.Equal("collection-above-you", (await regulatorA.Posts($"/api/v1/collections/{all}/cancel", new { reason = "不要" }, 403)).Code());
        Assert.Equal("collection-above-you", (await regulatorA.Patches($"/api/v1/collections/{all}", new { name = "改" }, 2, 403)).Code());
        await regulatorA.Posts($"/api/v1/collections/{onlyA}/remind", new { });
    }

    [Fact]
    public async Task A_team_sees_what_it_owes_and_by_when_the_earliest_first()
    {
        var p = await hub.Programme();
        var (a, a2) = (await p.Saves(), await p.Saves());
        await p.Saves(p.SubsidiaryB);
        var (soon, over) = (await p.Calls(Called.Body(dueOn: "2026-11-20")), await p.Calls(Called.Body(first: "2026-07", dueOn: Called.Yesterday)));
        await p.Calls(Called.Body(p.GroupB));
        await p.Strikes(over);
        await p.Steps(over, "remind");
        await p.ApprovesFilings(await p.Files(a, "2026-07", Called.Figure()));
        await p.Files(a, "2026-08", Called.Figure());
        await p.Steps(soon, "exempt", new { scenarios = new[] { a2 }, reason = "检修" });

        var due = (await (await p.FilerA()).Gets("/api/v1/collections/due"))["items"]!.AsArray();
        Assert.Equal([over, soon], due.Select(d => d!["collectionId"]!.GetValue<long>()));
        int[] Of(JsonNode line) => [.. new[] { "owed", "filed", "approved", "overdue", "daysLeft" }.Select(n => line[n]!.GetValue<int>())];
        Assert.Equal([2, 1, 1, 1, -1], Of(due[0]!));
        Assert.Equal([1, 1, 0, 0, 4], Of(due[1]!));
        Assert.Equal(Called.Today, due[0]!["lastRemindedOn"]!.GetValue<string>());
        Assert.Null(due[1]!["lastRemindedOn"]);
        var first = await (await p.FilerA()).Gets("/api/v1/collections/due?limit=1");
        Assert.Equal(soon, (await (await p.FilerA()).Gets($"/api/v1/collections/due?limit=1&after={first["next"]}"))["items"]![0]!["collectionId"]!.GetValue<long>());
    }

    [Fact]
    public async Task Missing_filings_page_through_organizations_scenarios_and_months_without_gap_or_double()
    {
        var p = await hub.Programme();
        for (var i = 0; i < 3; i++) await p.Saves(i == 0 ? p.SubsidiaryB : p.SubsidiaryA);
        var id = await p.Calls(Called.Body(first: "2026-07", last: "2026-09"));
        var regulator = await p.Regulator();
        var (seen, after) = (new List<string>(), "");
        do
        {
            var page = await regulator.Gets($"/api/v1/collections/{id}/missing?limit=2{after}");
            seen.AddRange(page["items"]!.AsArray().Select(m => $"{m!["scenarioId"]} {m["period"]}"));
            after = page["next"] is { } next ? $"&after={next}" : "";
        }
        while (after.Length > 0);
        Assert.Equal(9, seen.Count);
        Assert.Equal(9, seen.Distinct().Count());
        Assert.Equal((await p.Missing(id)).Select(m => $"{m!["scenarioId"]} {m["period"]}"), seen);
    }
}
