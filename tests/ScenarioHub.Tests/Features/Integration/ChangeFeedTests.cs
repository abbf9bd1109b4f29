using System.Diagnostics;
using System.Text.Json.Nodes;
using ScenarioHub.Features.Access;
using ScenarioHub.Tests.Features.Filings;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Integration;

public class ChangeFeedTests(Hub hub)
{
    [Fact]
    public async Task What_happens_to_a_scenario_and_its_filing_is_told_in_its_order_with_code_keys_and_link()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        await p.FilerOfAll();
        var begin = await End(regulator);
        var body = p.Scenario();
        var saved = await filer.Puts("/api/v1/scenarios/by-key/erp/S-1", body, 201);
        var id = saved["id"]!.GetValue<long>();
        await p.Approves(id);
        var filing = await filer.FilesAndSubmits(id, "2026-08", 100m);
        await regulator.Returns("请复核", filing);
        await filer.FilesAndSubmits(id, "2026-08", 120m);
        await regulator.Approves(filing);

        var items = await All(filer, begin, "&kind=scenario,filing");
        Assert.Equal(
            ["scenario registered 1", "scenario submitted 2", "scenario approved 3", "filing filed 1", "filing submitted 1", "filing returned 1", "filing revised 2", "filing submitted 2", "filing approved 2"],
            items.Select(i => $"{i.Text("kind")} {i.Text("action")} {i.Number("version")}"));
        Assert.All(items, i => Assert.Equal("S-1", i["externalKeys"]![0]!.Text("key")));
        Assert.All(items, i => Assert.Equal(saved.Text("code"), i.Text("code")));
        Assert.All(items.Where(i => i.Text("kind") == "filing"), i => Assert.Equal("2026-08", i.Text("period")));
        foreach (var link in items.Select(i => i.Text("link")).Distinct()) await filer.Gets(link);
    }

    [Fact]
    public async Task Every_kind_of_thing_links_to_where_it_is_read()
    {
        var p = await hub.Programme();
        var (admin, regulator, filer) = (await p.Admin(), await p.Regulator(), await p.FilerA());
        var scenario = await p.ApprovedScenario();
        var filing = await p.Files(scenario, "2026-08", new { measure = "COST_SAVE", value = 5000, target = 5000 });
        await regulator.Approves(filing);
        await filer.Proves(filing);
        await regulator.Adds("/api/v1/goals", new { kind = "target", code = "G-1", statementZh = "建成 10 个", unit = "个", comparator = ">=", target = 10, dueOn = "2027-12-31" });
        await regulator.Adds("/api/v1/collections", new { name = "月报", firstPeriod = "2026-08", lastPeriod = "2026-08", opensOn = "2026-12-01", dueOn = "2026-12-12" });
        await admin.Adds("/api/v1/rule-sets", new { note = "新规则" });
        await regulator.Posts("/api/v1/reports", new { template = "sector-monthly", period = "2026-08", format = "xlsx" }, 202);

        var items = await All(admin, "0");
        foreach (var kind in new[] { "tenant", "organization", "user", "scenario", "filing", "finding", "evidence", "goal", "collection", "ruleSet", "report" }) Assert.Contains(items, i => i.Text("kind") == kind);
        Assert.Equal("tenant opened", $"{items[0].Text("kind")} {items[0].Text("action")}");
        foreach (var link in items.Select(i => i["link"]?.GetValue<string>()).OfType<string>().Distinct()) await admin.Gets(link);
        Assert.Equal("G-1", items.Single(i => i.Text("kind") == "goal").Text("code"));
        Assert.Equal(Enumerable.Range(1, items.Count), items.Select(i => i.Number("no")));
    }

    [Fact]
    public async Task A_reader_hears_only_of_his_own_subtree_and_of_what_he_may_read()
    {
        var (p, other) = (await hub.Programme(), await hub.Programme());
        var filer = await p.FilerA();
        var begin = await End(filer);
        var id = await filer.Adds("/api/v1/scenarios", p.Scenario());
        await p.SignedInAs(Role.Reviewer, p.GroupA);   // adds a user

        Assert.Equal(id, Assert.Single(await All(filer, begin))["id"]!.GetValue<long>());
        Assert.Contains(await All(await p.Admin(), begin), i => i.Text("kind") == "user");
        Assert.DoesNotContain(await All(await p.FilerB(), begin), i => i["id"]!.GetValue<long>() == id);
        Assert.DoesNotContain(await All(await other.Admin(), "0"), i => i["id"]!.GetValue<long>() == id);
        // Numbers that are not one's own are passed over, not waited at.
        Assert.Equal(await End(await p.Admin()), (await (await p.FilerB()).Gets($"/api/v1/changes?after={begin}"))["next"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_was_refused_tried_or_said_again_leaves_no_number()
    {
        var p = await hub.Programme();
        var (filer, admin) = (await p.FilerA(), await p.Admin());
        var body = p.Scenario();
        await filer.Puts("/api/v1/scenarios/by-key/erp/S-2", body, 201);
        var end = await End(admin);
        await filer.Puts("/api/v1/scenarios/by-key/erp/S-2", body);                                                              // the same again
        await filer.Posts("/api/v1/scenarios/batch?validateOnly=true", new { items = new[] { p.Scenario() } }, 207);            // a dry run
        await admin.Posts($"/api/v1/organizations/{p.GroupB}/merge?validateOnly=true", new { into = p.GroupA, effectiveOn = "2026-11-16" });
        await filer.Posts("/api/v1/scenarios", new { name = "" }, 400);
        Assert.Equal(end, await End(admin));
    }

    [Fact]
    public async Task Filings_approved_together_are_told_one_by_one_and_audited_as_one_act()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerOfAll(), await p.Regulator());
        var (a, b) = (await p.ApprovedScenario(p.SubsidiaryA), await p.ApprovedScenario(p.SubsidiaryB));
        long[] filings = [await filer.FilesAndSubmits(a, "2026-08", 1), await filer.FilesAndSubmits(b, "2026-08", 2)];
        var begin = await End(regulator);
        await regulator.Approves(filings);
        Assert.Equal(filings, (await All(regulator, begin)).Select(i => i["id"]!.GetValue<long>()));
        Assert.Equal(filings[0], Assert.Single(await All(await p.FilerA(), begin))["id"]!.GetValue<long>());

        var entry = (await (await p.SignedInAs(Role.Auditor, p.Root)).Gets("/api/v1/audit?kind=filing&limit=1"))["items"]![0]!;
        Assert.Equal(("approveFilings", 2), (entry.Text("act"), entry.Number("changeCount")));
    }

    [Fact]
    public async Task A_merger_and_a_split_tell_of_every_organization_and_scenario_they_move()
    {
        var p = await hub.Programme();
        var admin = await p.Admin();
        var scenario = await p.ApprovedScenario(p.GroupB);
        var begin = await End(admin);
        await admin.Posts($"/api/v1/organizations/{p.GroupB}/merge", new { into = p.GroupA, effectiveOn = "2026-11-16" });
        var told = (await All(admin, begin)).Select(i => (i.Text("kind"), i.Text("action"), i["id"]!.GetValue<long>(), i["version"]!.GetValue<int>())).ToArray();
        Assert.Contains(("organization", "moved", p.SubsidiaryB, 2), told);
        Assert.Contains(told, t => t is ("organization", "merged", _, _) && t.Item3 == p.GroupB);
        var version = (await admin.Gets($"/api/v1/scenarios/{scenario}"))["version"]!.GetValue<int>();
        Assert.Contains(("scenario", "merged", scenario, version), told);

        begin = await End(admin);
        await admin.Posts($"/api/v1/organizations/{p.GroupA}/split", new { effectiveOn = "2026-11-16", parts = new[] { new { kind = "directory", name = "分出部分", scenarios = new[] { scenario } } } });
        var split = (await All(admin, begin)).Select(i => $"{i.Text("kind")} {i.Text("action")}").ToArray();
        foreach (var expected in new[] { "organization split", "organization divided", "scenario split" }) Assert.Contains(expected, split);
    }

    [Fact]
    public async Task Of_many_writers_at_once_a_polling_reader_sees_every_number_once_and_in_order()
    {
        var p = await hub.Programme();
        Person[] writers = [await p.FilerA(), await p.FilerB(), await p.FilerOfAll(), await p.Admin()];
        var reader = await p.Regulator();
        var auditor = await p.SignedInAs(Role.RegulatorAdmin, p.Root);   // may read all kinds there are
        var begin = long.Parse(await End(auditor), System.Globalization.CultureInfo.InvariantCulture);
        var writing = Task.WhenAll(Enumerable.Range(0, 12).Select(async w =>
        {
            for (var i = 0; i < 6; i++)
                if (w % 4 == 3) await writers[3].Adds("/api/v1/organizations", new { parentId = p.Root, kind = "directory", name = $"部门 {w}-{i}" });
                else if (w % 4 == 2) await writers[2].Posts("/api/v1/scenarios/batch", new { items = new[] { p.Scenario(p.SubsidiaryA), p.Scenario(p.SubsidiaryB) } }, 207);
                else await writers[w % 4].Adds("/api/v1/scenarios", p.Scenario(w % 4 == 0 ? p.SubsidiaryA : p.SubsidiaryB));
        }));
        var (seen, seenOfA, after, afterOfA) = (new List<long>(), new List<long>(), $"{begin}", $"{begin}");
        for (var ended = false; ;)
        {
            var page = await auditor.Gets($"/api/v1/changes?after={after}&limit=7&wait=1");
            seen.AddRange(page["items"]!.AsArray().Select(i => i!["no"]!.GetValue<long>()));
            after = page.Text("next");
            var ofA = await writers[0].Gets($"/api/v1/changes?after={afterOfA}&limit=5");
            seenOfA.AddRange(ofA["items"]!.AsArray().Select(i => i!["no"]!.GetValue<long>()));
            afterOfA = ofA.Text("next");
            if (ended && !page["more"]!.GetValue<bool>() && !ofA["more"]!.GetValue<bool>()) break;
            ended = writing.IsCompleted;
        }
        await writing;
        const int Scenarios = 6 * 6 + 3 * 6 * 2, Organizations = 3 * 6;
        Assert.Equal(Enumerable.Range(1, Scenarios + Organizations).Select(i => begin + i), seen);
        Assert.Equal(seenOfA.Order().Distinct(), seenOfA);
        Assert.Equal(3 * 6 + 3 * 6, seenOfA.Count);
        Assert.Equal(seen, (await All(auditor, $"{begin}")).Select(i => i["no"]!.GetValue<long>()));
        Assert.NotEmpty(await All(reader, "0"));
        Assert.Empty((await auditor.Gets("/api/v1/audit/verify"))["faults"]!.AsArray());
    }

    [Fact]
    public async Task Who_waits_is_woken_by_the_next_change_and_answered_empty_when_there_is_none()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        await p.FilerB();
        var end = await End(filer);
        var started = Stopwatch.GetTimestamp();
        var none = await filer.Gets($"/api/v1/changes?after={end}&wait=1");
        Assert.Empty(none["items"]!.AsArray());
        Assert.Equal(end, none.Text("next"));
        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromSeconds(0.9));

        var waiting = filer.Gets("/api/v1/changes?after=latest&wait=30");
        await Task.Delay(300);
        await (await p.FilerB()).Adds("/api/v1/scenarios", p.Scenario(p.SubsidiaryB));   // not his to see: he goes on waiting
        await Task.Delay(300);
        Assert.False(waiting.IsCompleted);
        started = Stopwatch.GetTimestamp();
        var id = await filer.Adds("/api/v1/scenarios", p.Scenario());
        Assert.Equal(id, (await waiting)["items"]![0]!["id"]!.GetValue<long>());
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_history_that_was_cut_off_and_a_number_that_was_never_given_out_are_refused_not_passed_over()
    {
        var p = await hub.Programme();
        var admin = await p.Admin();
        var end = long.Parse(await End(admin), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal("changes-cursor-ahead", (await admin.Gets($"/api/v1/changes?after={end + 1}", 409)).Code());
        await p.Tamper("DELETE FROM change WHERE tenant_id = @t AND change_no <= 2", new { });
        Assert.Equal("changes-truncated", (await admin.Gets("/api/v1/changes?after=0", 410)).Code());
        Assert.Equal("changes-truncated", (await admin.Gets("/api/v1/changes?after=1", 410)).Code());
        Assert.Equal(3, (await admin.Gets("/api/v1/changes?after=2"))["items"]![0]!.Number("no"));
        await p.Tamper("DELETE FROM change WHERE tenant_id = @t", new { });
        Assert.Equal("changes-truncated", (await admin.Gets("/api/v1/changes?after=2", 410)).Code());
        Assert.Empty((await admin.Gets($"/api/v1/changes?after={end}"))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("after=x", "bad-cursor")]
    [InlineData("after=-1", "bad-cursor")]
    [InlineData("after=99999999999999999999", "bad-cursor")]
    [InlineData("kind=szenario", "unknown-code")]
    [InlineData("wait=31", "inclusive-between")]
    [InlineData("limit=501", "inclusive-between")]
    public async Task A_wrong_parameter_is_refused_by_name(string query, string code)
    {
        var p = await hub.Programme();
        Assert.Equal(code, (await (await p.FilerA()).Gets("/api/v1/changes?" + query, 400)).ErrorAt("?" + query.Split('=')[0]));
    }

    private static async Task<string> End(Person person) => (await person.Gets("/api/v1/changes?after=latest")).Text("next");

    private static async Task<List<JsonNode>> All(Person person, string after, string also = "")
    {
        var items = new List<JsonNode>();
        JsonNode page;
        do
        {
            page = await person.Gets($"/api/v1/changes?limit=40&after={after}{also}");
            items.AddRange(page["items"]!.AsArray().Select(i => i!));
            after = page.Text("next");
        } while (page["more"]!.GetValue<bool>());
        return items;
    }
}
