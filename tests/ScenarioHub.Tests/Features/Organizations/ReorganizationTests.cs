using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Platform.Data;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Organizations;

/// <summary>重组: mergers and splits, what they move, what they leave, and that nothing is counted twice under either tree.</summary>
public class ReorganizationTests(Hub hub)
{
    private const string August = "2026-08-15";

    // ---- mergers

    [Fact]
    public async Task A_merger_leaves_earlier_months_with_the_old_organization_and_gives_later_ones_to_the_new()
    {
        var (p, scenario) = await Filed();
        var admin = await p.Admin();
        var before = await p.Everything();

        var answer = await admin.Posts($"/api/v1/organizations/{p.GroupA}/merge", new { into = p.GroupB, effectiveOn = August, note = "国资发改革〔2026〕1号" });
        Assert.Equal((2, 0, 0), (answer.Int("organizations"), answer.Int("scenarios"), answer.Int("filings")));
        answer = await admin.Posts($"/api/v1/organizations/{p.SubsidiaryA}/merge", new { into = p.SubsidiaryB, effectiveOn = August });
        Assert.Equal((1, 1, 2), (answer.Int("organizations"), answer.Int("scenarios"), answer.Int("filings")));
        Assert.Equal(("2026-08", "2026-09"), (answer["firstPeriod"]!.GetValue<string>(), answer["lastPeriod"]!.GetValue<string>()));

        Assert.Equal(before, await p.Everything());
        Assert.Equal([("2026-06", p.SubsidiaryA), ("2026-07", p.SubsidiaryA), ("2026-08", p.SubsidiaryB), ("2026-09", p.SubsidiaryB)], await p.FilingsOf(scenario));
        // As filed, June and July stand where they stood; restated, all of it is the new organization's.
        Assert.Equal(300m, await p.Sum("COST_SAVE", p.GroupA, asFiled: true));
        Assert.Equal(1200m, await p.Sum("COST_SAVE", p.GroupB, asFiled: true));
        Assert.Equal(1500m, await p.Sum("COST_SAVE", p.GroupB, asFiled: false));
        // Of those, the two months of before are still told apart: by the old organization, closed and now below the new one.
        Assert.Equal((0m, 300m), (await p.Sum("COST_SAVE", p.GroupA, asFiled: false), await p.Sum("COST_SAVE", p.SubsidiaryA, asFiled: false)));
        Assert.Equal(1500m, await p.Sum("COST_SAVE", p.Root, asFiled: true));
        Assert.True((await hub.Send(p.AdminUserId, new CheckLedger())).Holds);
    }

    [Fact]
    public async Task The_register_counts_a_scenario_with_the_old_organization_until_the_merger_and_with_the_new_one_after()
    {
        var (p, _) = await Filed();
        var admin = await p.Admin();
        await admin.Posts($"/api/v1/organizations/{p.SubsidiaryA}/merge", new { into = p.SubsidiaryB, effectiveOn = August });
        foreach (var (period, a, b) in new[] { ("2026-07", 1m, 0m), ("2026-08", 0m, 1m), ("2026-11", 0m, 1m) })
        {
            Assert.Equal((a, b), (await p.Level("SCN_COUNT", p.GroupA, period, asFiled: true), await p.Level("SCN_COUNT", p.GroupB, period, asFiled: true)));
            Assert.Equal((a * 1_000_000m, b * 1_000_000m), (await p.Level("INVEST_PLAN", p.GroupA, period, asFiled: true), await p.Level("INVEST_PLAN", p.GroupB, period, asFiled: true)));
            Assert.Equal((0m, 1m), (await p.Level("SCN_COUNT", p.GroupA, period, asFiled: false), await p.Level("SCN_COUNT", p.GroupB, period, asFiled: false)));
            Assert.Equal(1m, (await (await p.Regulator()).Gets($"/api/v1/rollups?measure=SCN_COUNT&by=stage&from={period}"))["total"]!["value"]!.GetValue<decimal>());
        }
        Assert.True((await hub.Send(p.AdminUserId, new CheckLedger())).Holds);
    }

    [Fact]
    public async Task A_month_filed_late_is_of_the_organization_of_then_and_a_new_one_of_the_one_that_took_it_up()
    {
        var (p, scenario) = await Filed();
        await (await p.Admin()).Posts($"/api/v1/organizations/{p.SubsidiaryA}/merge", new { into = p.SubsidiaryB, effectiveOn = August });
        await p.ApprovesFilings(await p.Files(scenario, "2026-05", Saves(120)), await p.Files(scenario, "2026-10", Saves(900)));
        Assert.Equal([("2026-05", p.SubsidiaryA), ("2026-06", p.SubsidiaryA), ("2026-07", p.SubsidiaryA), ("2026-08", p.SubsidiaryB), ("2026-09", p.SubsidiaryB), ("2026-10", p.SubsidiaryB)], await p.FilingsOf(scenario));
        // A correction of an old month stays the old organization's.
        await p.ApprovesFilings(await p.Files(scenario, "2026-06", "订正", Saves(150)));
        Assert.Equal(150m + 200m + 120m, await p.Sum("COST_SAVE", p.GroupA, asFiled: true));
        Assert.True((await hub.Send(p.AdminUserId, new CheckLedger())).Holds);
    }

    [Fact]
    public async Task Rights_follow_the_tree_after_a_merger()
    {
        var (p, scenario) = await Filed();
        var (filerA, filerB) = (await p.FilerA(), await p.FilerB());
        await filerB.Gets($"/api/v1/scenarios/{scenario}", 404);
        await (await p.Admin()).Posts($"/api/v1/organizations/{p.SubsidiaryA}/merge", new { into = p.SubsidiaryB, effectiveOn = August });
        await filerA.Gets($"/api/v1/scenarios/{scenario}", 404);
        Assert.Equal(p.SubsidiaryB.ToString(System.Globalization.CultureInfo.InvariantCulture), (await filerB.Gets($"/api/v1/scenarios/{scenario}"))["organization"]!.ToString());
        Assert.Equal(4, (await filerB.Gets($"/api/v1/filings?scenario={scenario}"))["items"]!.AsArray().Count);
        await filerB.Gets($"/api/v1/organizations/{p.SubsidiaryA}");
    }

    [Fact]
    public async Task A_merged_organization_keeps_its_code_and_name_and_both_histories_tell_of_it()
    {
        var p = await hub.Programme();
        var admin = await p.Admin();
        var code = (await admin.Gets($"/api/v1/organizations/{p.SubsidiaryA}"))["creditCode"]!.GetValue<string>();
        await admin.Patches($"/api/v1/organizations/{p.SubsidiaryA}", new { name = "甲一新公司" }, 1);
        await admin.Posts($"/api/v1/organizations/{p.SubsidiaryA}/merge", new { into = p.SubsidiaryB, effectiveOn = August, note = "批复" });

        var closed = await admin.Gets($"/api/v1/organizations/{p.SubsidiaryA}");
        Assert.Equal((code, August, p.SubsidiaryB, p.SubsidiaryB), (closed["creditCode"]!.GetValue<string>(), closed["closedOn"]!.GetValue<string>(), closed["mergedInto"]!.GetValue<long>(), closed["parentId"]!.GetValue<long>()));
        Assert.Equal("credit-code-taken", (await admin.Posts("/api/v1/organizations", new { parentId = p.Root, kind = "group", name = "另一公司", creditCode = code }, 409)).Code());

        var history = (await admin.Gets($"/api/v1/organizations/{p.SubsidiaryA}/history"))["items"]!.AsArray();
        Assert.Equal(["merged", "renamed", "added"], history.Select(e => e!["cause"]!.GetValue<string>()));
        Assert.Equal(("批复", August, "乙一公司"), (history[0]!["note"]!.GetValue<string>(), history[0]!["effectiveOn"]!.GetValue<string>(), history[0]!["otherName"]!.GetValue<string>()));
        Assert.Equal(("甲一新公司", "甲一公司"), (history[1]!["name"]!.GetValue<string>(), history[2]!["name"]!.GetValue<string>()));
        Assert.Equal(code, history[2]!["creditCode"]!.GetValue<string>());
        Assert.NotNull(history[0]!["recordedBy"]);
        var other = (await admin.Gets($"/api/v1/organizations/{p.SubsidiaryB}/history"))["items"]!.AsArray();
        Assert.Equal(("merged", p.SubsidiaryA), (other[0]!["cause"]!.GetValue<string>(), other[0]!["subjectId"]!.GetValue<long>()));

        var first = await admin.Gets($"/api/v1/organizations/{p.SubsidiaryA}/history?limit=2");
        var rest = await admin.Gets($"/api/v1/organizations/{p.SubsidiaryA}/history?limit=2&after={first["next"]}");
        Assert.Equal("added", rest["items"]!.AsArray().Single()!["cause"]!.GetValue<string>());
        Assert.Null(rest["next"]);
    }

    [Fact]
    public async Task The_tree_of_a_day_is_listed_as_it_was()
    {
        var p = await hub.Programme();
        var admin = await p.Admin();
        await admin.Posts($"/api/v1/organizations/{p.GroupA}/merge", new { into = p.GroupB, effectiveOn = August });
        async Task<long?> Parent(string? asOf, long id) => (await admin.Gets($"/api/v1/organizations?limit=500{(asOf is null ? "" : "&asOf=" + asOf)}"))["items"]!.AsArray().Single(o => o!["id"]!.GetValue<long>() == id)!["parentId"]?.GetValue<long>();
        Assert.Equal((p.Root, p.GroupA), (await Parent("2026-07-31", p.GroupA), await Parent("2026-07-31", p.SubsidiaryA)));
        Assert.Equal((p.GroupB, p.GroupB), (await Parent("2026-08-01", p.GroupA), await Parent("2026-08-01", p.SubsidiaryA)));
        Assert.Equal((p.GroupB, p.GroupB), (await Parent(null, p.GroupA), await Parent(null, p.SubsidiaryA)));
        Assert.Null(await Parent("2026-07-31", p.Root));
        Assert.Equal([p.SubsidiaryA], (await admin.Gets($"/api/v1/organizations?asOf=2026-07-31&parentId={p.GroupA}"))["items"]!.AsArray().Select(o => o!["id"]!.GetValue<long>()));
        Assert.Equal("bad-parameter", (await admin.Gets("/api/v1/organizations?asOf=yesterday", 400)).ErrorAt("?asOf"));
    }

    [Fact]
    public async Task A_closed_organization_takes_nothing_new()
    {
        var p = await hub.Programme();
        var admin = await p.Admin();
        await admin.Posts($"/api/v1/organizations/{p.SubsidiaryA}/merge", new { into = p.GroupB, effectiveOn = August });
        string New(JsonNode problem, string at) => problem.ErrorAt(at);
        Assert.Equal("organization-closed", New(await admin.Posts("/api/v1/organizations", new { parentId = p.SubsidiaryA, kind = "directory", name = "下级" }, 409), "/parentId"));
        Assert.Equal("organization-closed", New(await admin.Posts($"/api/v1/organizations/{p.SubsidiaryB}/move", new { to = p.SubsidiaryA, effectiveOn = "2026-11-16" }, 409), "/to"));
        Assert.Equal("organization-closed", (await admin.Posts($"/api/v1/organizations/{p.SubsidiaryA}/move", new { to = p.Root, effectiveOn = "2026-11-16" }, 409)).Code());
        Assert.Equal("organization-closed", New(await admin.Posts($"/api/v1/organizations/{p.SubsidiaryB}/merge", new { into = p.SubsidiaryA, effectiveOn = "2026-11-16" }, 409), "/into"));
        Assert.Equal("organization-closed", (await admin.Posts($"/api/v1/organizations/{p.SubsidiaryA}/merge", new { into = p.GroupB, effectiveOn = "2026-11-16" }, 409)).Code());
        Assert.Equal("organization-closed", (await admin.Posts($"/api/v1/organizations/{p.SubsidiaryA}/split", new { effectiveOn = "2026-11-16", parts = new[] { new { kind = "directory", name = "分出" } } }, 409)).Code());
        Assert.Equal("organization-closed", New(await (await p.FilerOfAll()).Posts("/api/v1/scenarios", p.Scenario(p.SubsidiaryA), 400), "/organization"));
        Assert.Equal("organization-closed", New(await admin.Posts("/api/v1/users", new { userName = $"u{Guid.NewGuid():N}", displayName = "某", password = Person.Password, organizationId = p.SubsidiaryA, roles = new[] { "filer" } }, 409), "/organizationId"));
    }

    [Fact]
    public async Task A_merger_is_refused_where_it_makes_no_sense()
    {
        var p = await hub.Programme();
        var other = await hub.Programme();
        var admin = await p.Admin();
        Task<JsonNode> Merge(long id, long into, string on, int status) => admin.Posts($"/api/v1/organizations/{id}/merge", new { into, effectiveOn = on }, status);
        Assert.Equal("organization-circle", (await Merge(p.GroupA, p.SubsidiaryA, August, 409)).Code());
        Assert.Equal("organization-circle", (await Merge(p.GroupA, p.GroupA, August, 409)).Code());
        Assert.Equal("organization-root", (await Merge(p.Root, p.GroupA, August, 409)).Code());
        Assert.Equal("organization-not-found", (await Merge(p.GroupA, other.GroupA, August, 404)).ErrorAt("/into"));
        Assert.Equal("organization-not-found", (await Merge(other.GroupA, p.GroupA, August, 404)).Code());
        Assert.Equal("effective-on-out-of-range", (await Merge(p.GroupA, p.GroupB, "2026-11-17", 400)).ErrorAt("/effectiveOn"));
        Assert.Equal("effective-on-out-of-range", (await Merge(p.GroupA, p.GroupB, "2014-12-31", 400)).ErrorAt("/effectiveOn"));
        await admin.Adds("/api/v1/organizations", new { parentId = p.GroupB, kind = "subsidiary", name = "甲一公司", creditCode = CreditCodes.Next() });
        Assert.Equal("organization-name-taken", (await Merge(p.GroupA, p.GroupB, August, 409)).Code());
        Assert.Equal("unknown-parameter", (await admin.Posts($"/api/v1/organizations/{p.GroupA}/merge?validateonli=true", new { into = p.GroupB, effectiveOn = August }, 400)).ErrorAt("?validateonli"));
        await (await p.Regulator()).Posts($"/api/v1/organizations/{p.GroupA}/merge", new { into = p.GroupB, effectiveOn = August }, 403);
    }

    [Fact]
    public async Task Dates_out_of_order_are_refused_also_where_only_a_child_or_an_earlier_split_stands_in_the_way()
    {
        var p = await hub.Programme();
        var admin = await p.Admin();
        await admin.Posts($"/api/v1/organizations/{p.SubsidiaryB}/move", new { to = p.GroupA, effectiveOn = "2026-09-10" });
        Assert.Equal("effective-on-out-of-range", (await admin.Posts($"/api/v1/organizations/{p.SubsidiaryB}/move", new { to = p.GroupB, effectiveOn = "2026-09-09" }, 400)).ErrorAt("/effectiveOn"));
        // The child came in September: in August there was nothing of it to take along.
        Assert.Equal("effective-on-out-of-range", (await admin.Posts($"/api/v1/organizations/{p.GroupA}/merge", new { into = p.GroupB, effectiveOn = August }, 400)).ErrorAt("/effectiveOn"));
        await admin.Posts($"/api/v1/organizations/{p.GroupB}/split", new { effectiveOn = "2026-10-10", parts = new[] { new { kind = "directory", name = "分出" } } });
        Assert.Equal("effective-on-out-of-range", (await admin.Posts($"/api/v1/organizations/{p.GroupB}/merge", new { into = p.GroupA, effectiveOn = "2026-10-09" }, 400)).ErrorAt("/effectiveOn"));
        await admin.Posts($"/api/v1/organizations/{p.GroupB}/merge", new { into = p.GroupA, effectiveOn = "2026-10-10" });
        // In October 乙集团 stood under 甲集团; 甲集团 cannot have been under it in September's stead, when it would close a circle later.
        Assert.Equal("organization-circle", (await admin.Posts($"/api/v1/organizations/{p.GroupA}/move", new { to = p.SubsidiaryA, effectiveOn = "2026-11-16" }, 409)).Code());
    }

    [Fact]
    public async Task Under_whom_it_stood_later_it_cannot_have_been_moved_earlier()
    {
        var p = await hub.Programme();
        var admin = await p.Admin();
        await admin.Posts($"/api/v1/organizations/{p.GroupB}/move", new { to = p.SubsidiaryA, effectiveOn = "2026-06-01" });
        await admin.Posts($"/api/v1/organizations/{p.GroupB}/move", new { to = p.Root, effectiveOn = "2026-09-01" });
        // From June to August 乙集团 stood under 甲集团: since July the other way round would be a circle in two months, though it is none today.
        Assert.Equal("organization-circle", (await admin.Posts($"/api/v1/organizations/{p.GroupA}/move", new { to = p.GroupB, effectiveOn = "2026-07-01" }, 409)).Code());
        await admin.Posts($"/api/v1/organizations/{p.GroupA}/move", new { to = p.GroupB, effectiveOn = "2026-09-01" });
    }

    [Fact]
    public async Task Sent_twice_a_merger_happens_once()
    {
        var (p, scenario) = await Filed();
        var admin = await p.Admin();
        var key = Guid.NewGuid().ToString();
        async Task<(JsonNode Body, HttpResponseMessage Response)> Send()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/organizations/{p.SubsidiaryA}/merge") { Content = JsonContent.Create(new { into = p.SubsidiaryB, effectiveOn = August }) };
            request.Headers.Add("Idempotency-Key", key);
            var response = await admin.Http.SendAsync(request);
            return (await Answer.Of(response, 200), response);
        }
        var both = await Task.WhenAll(Send(), Send());
        Assert.Equal(both[0].Body.ToJsonString(), both[1].Body.ToJsonString());
        Assert.Equal(1, await p.Number("SELECT COUNT(*) FROM organization_tree WHERE tenant_id = @t AND cause = 'merged'"));
        Assert.Equal(1, await p.Number("SELECT COUNT(*) FROM scenario_version WHERE tenant_id = @t AND event = 'merged'"));
        Assert.Equal("organization-closed", (await admin.Posts($"/api/v1/organizations/{p.SubsidiaryA}/merge", new { into = p.SubsidiaryB, effectiveOn = August }, 409)).Code());
        Assert.True(scenario > 0);
    }

    [Fact]
    public async Task A_preview_tells_what_would_change_and_writes_nothing()
    {
        var (p, scenario) = await Filed();
        var admin = await p.Admin();
        var before = await p.State();
        var merge = await admin.Posts($"/api/v1/organizations/{p.SubsidiaryA}/merge?validateOnly=true", new { into = p.SubsidiaryB, effectiveOn = August });
        Assert.Equal((true, 1, 1, 2), (merge["validateOnly"]!.GetValue<bool>(), merge.Int("organizations"), merge.Int("scenarios"), merge.Int("filings")));
        var split = await admin.Posts($"/api/v1/organizations/{p.SubsidiaryA}/split?validateOnly=true", new { effectiveOn = August, parts = new[] { new { kind = "directory", name = "分出", scenarios = new[] { scenario } } } });
        Assert.Equal((1, 1, 4, "2026-06"), (split.Int("organizations"), split.Int("scenarios"), split.Int("filings"), split["firstPeriod"]!.GetValue<string>()));
        var move = await admin.Posts($"/api/v1/organizations/{p.GroupA}/move?validateOnly=true", new { to = p.GroupB, effectiveOn = August });
        Assert.Equal((2, 1, 2), (move.Int("organizations"), move.Int("scenarios"), move.Int("filings")));
        Assert.Equal(before, await p.State());
        Assert.Equal("organization-circle", (await admin.Posts($"/api/v1/organizations/{p.GroupA}/merge?validateOnly=true", new { into = p.SubsidiaryA, effectiveOn = August }, 409)).Code());
    }

    [Fact]
    public async Task A_scenario_whose_name_the_other_organization_has_already_says_where_it_came_from()
    {
        var p = await hub.Programme();
        var filer = await p.FilerOfAll();
        var twin = await filer.Adds("/api/v1/scenarios", p.Scenario(p.SubsidiaryA, name: "智能客服"));
        await filer.Adds("/api/v1/scenarios", p.Scenario(p.SubsidiaryB, name: "智能客服"));
        await p.Approves(twin);
        await (await p.Admin()).Posts($"/api/v1/organizations/{p.SubsidiaryA}/merge", new { into = p.SubsidiaryB, effectiveOn = August, note = "批复" });
        var scenario = await filer.Gets($"/api/v1/scenarios/{twin}");
        Assert.Equal(("智能客服(原甲一公司)", "approved"), (scenario["name"]!.GetValue<string>(), scenario["state"]!.GetValue<string>()));
        Assert.Equal(scenario.Int("version"), scenario.Int("approvedVersion"));
        var history = (await filer.Gets($"/api/v1/scenarios/{twin}/history"))["items"]!.AsArray();
        Assert.Equal(["merged", "merged", "approved"], history.Take(3).Select(v => v!["event"]!.GetValue<string>()));
        Assert.Equal(("organization", "name"), (history[0]!["changes"]![0]!["field"]!.GetValue<string>(), history[1]!["changes"]![0]!["field"]!.GetValue<string>()));
        Assert.Equal("批复", history[0]!["reason"]!.GetValue<string>());
        Assert.Equal(0, await p.Number($"SELECT COUNT(*) FROM scenario_version WHERE tenant_id = @t AND scenario_id = {twin} AND version = {scenario.Int("version")} AND content NOT LIKE '%\"organization\":{p.SubsidiaryB},%'"));
        // It goes on: revised and approved again it is the same scenario at the new organization.
        await filer.Patches($"/api/v1/scenarios/{twin}", new { summary = "合并后沿用原系统,统一接入。" }, scenario.Int("version"));
        await p.Approves(twin);
        Assert.True((await hub.Send(p.AdminUserId, new CheckLedger())).Holds);
    }

    [Fact]
    public async Task Merged_twice_each_month_stays_with_whom_it_was_filed_for()
    {
        var (p, scenario) = await Filed();
        var admin = await p.Admin();
        await admin.Posts($"/api/v1/organizations/{p.SubsidiaryA}/merge", new { into = p.SubsidiaryB, effectiveOn = "2026-07-20" });
        await admin.Posts($"/api/v1/organizations/{p.SubsidiaryB}/merge", new { into = p.GroupB, effectiveOn = "2026-09-01" });
        Assert.Equal([("2026-06", p.SubsidiaryA), ("2026-07", p.SubsidiaryB), ("2026-08", p.SubsidiaryB), ("2026-09", p.GroupB)], await p.FilingsOf(scenario));
        foreach (var (period, organization) in new[] { ("2026-06", p.SubsidiaryA), ("2026-08", p.SubsidiaryB), ("2026-10", p.GroupB) })
            Assert.Equal(1m, await p.Level("SCN_COUNT", organization, period, asFiled: true));
        Assert.Equal(1500m, await p.Sum("COST_SAVE", p.GroupB, asFiled: false));
        Assert.True((await hub.Send(p.AdminUserId, new CheckLedger())).Holds);
    }

    // ---- splits

    [Fact]
    public async Task A_split_leaves_what_was_filed_as_it_was_and_gives_the_new_organization_its_own_history()
    {
        var (p, scenario) = await Filed();
        var stays = await p.ApprovedScenario(p.SubsidiaryA);
        await p.ApprovesFilings(await p.Files(stays, "2026-07", Saves(50)), await p.Files(stays, "2026-09", Saves(60)));
        var admin = await p.Admin();
        var child = await admin.Adds("/api/v1/organizations", new { parentId = p.SubsidiaryA, kind = "subsidiary", name = "甲一一公司", creditCode = CreditCodes.Next() });
        var before = await p.Everything();
        var julyThen = await p.Sum("COST_SAVE", p.SubsidiaryA, asFiled: true, "2026-07");

        var split = await admin.Posts($"/api/v1/organizations/{p.SubsidiaryA}/split", new
        {
            effectiveOn = August,
            note = "分立方案",
            parts = new[] { new { kind = "subsidiary", name = "甲二公司", creditCode = CreditCodes.Next(), scenarios = new[] { scenario }, children = new[] { child } } }
        });
        var born = split["created"]![0]!["id"]!.GetValue<long>();
        Assert.Equal((2, 1, 4), (split.Int("organizations"), split.Int("scenarios"), split.Int("filings")));

        Assert.Equal(before, await p.Everything());
        Assert.All(await p.FilingsOf(scenario), f => Assert.Equal(born, f.Organization));
        Assert.Equal((p.GroupA, 2), ((await admin.Gets($"/api/v1/organizations/{born}"))["parentId"]!.GetValue<long>(), (await admin.Gets($"/api/v1/organizations/{born}")).Int("level")));
        Assert.Equal(born, (await admin.Gets($"/api/v1/organizations/{child}"))["parentId"]!.GetValue<long>());

        // July as filed: still all under the old one. Restated: each its own.
        Assert.Equal(julyThen, await p.Sum("COST_SAVE", p.SubsidiaryA, asFiled: true, "2026-07"));
        Assert.Equal((50m, 200m), (await p.Sum("COST_SAVE", p.SubsidiaryA, asFiled: false, "2026-07"), await p.Sum("COST_SAVE", born, asFiled: false, "2026-07")));
        Assert.Equal((60m, 700m), (await p.Sum("COST_SAVE", p.SubsidiaryA, asFiled: true, "2026-09"), await p.Sum("COST_SAVE", born, asFiled: true, "2026-09")));
        Assert.Equal((2m, 1m), (await p.Level("SCN_COUNT", p.SubsidiaryA, "2026-07", asFiled: true), await p.Level("SCN_COUNT", p.SubsidiaryA, "2026-08", asFiled: true)));
        foreach (var asFiled in new[] { true, false }) Assert.Equal(1610m, await p.Sum("COST_SAVE", p.GroupA, asFiled));
        Assert.Equal("split", (await admin.Gets($"/api/v1/organizations/{p.SubsidiaryA}/history"))["items"]![0]!["cause"]!.GetValue<string>());
        Assert.Equal(("split", p.SubsidiaryA), ((await admin.Gets($"/api/v1/organizations/{born}/history"))["items"]![0]!["cause"]!.GetValue<string>(), (await admin.Gets($"/api/v1/organizations/{born}/history"))["items"]![0]!["otherId"]!.GetValue<long>()));
        Assert.Equal("moved", (await admin.Gets($"/api/v1/organizations/{child}/history"))["items"]![0]!["cause"]!.GetValue<string>());
        Assert.True((await hub.Send(p.AdminUserId, new CheckLedger())).Holds);
    }

    [Fact]
    public async Task A_split_may_end_the_old_organization_only_when_everything_was_given_away()
    {
        var (p, scenario) = await Filed();
        var admin = await p.Admin();
        Task<JsonNode> Split(object parts, int status, bool closes = true) => admin.Posts($"/api/v1/organizations/{p.SubsidiaryA}/split", new { effectiveOn = August, parts, closes }, status);
        Assert.Equal("organization-not-empty", (await Split(new[] { new { kind = "directory", name = "分出" } }, 409)).ErrorAt("/closes"));
        await Split(new object[] { new { kind = "directory", name = "分出甲", scenarios = new[] { scenario } }, new { kind = "directory", name = "分出乙" } }, 200);
        Assert.Equal(August, (await admin.Gets($"/api/v1/organizations/{p.SubsidiaryA}"))["closedOn"]!.GetValue<string>());
        Assert.Equal(1500m, await p.Sum("COST_SAVE", p.GroupA, asFiled: true));
        Assert.Equal(["closed", "split", "split", "added"], (await admin.Gets($"/api/v1/organizations/{p.SubsidiaryA}/history"))["items"]!.AsArray().Select(e => e!["cause"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_split_is_refused_where_it_would_give_what_is_not_its_own_or_give_it_twice()
    {
        var (p, scenario) = await Filed();
        var other = await hub.Programme();
        var foreign = await p.ApprovedScenario(p.SubsidiaryB);
        var admin = await p.Admin();
        var before = await p.State();
        Task<JsonNode> Split(int status, params object[] parts) => admin.Posts($"/api/v1/organizations/{p.SubsidiaryA}/split", new { effectiveOn = August, parts }, status);
        object Part(string name, long[]? scenarios = null, long[]? children = null, string? creditCode = null, string kind = "directory") => new { kind, name, scenarios, children, creditCode };
        Assert.Equal("parts-size", (await Split(400)).ErrorAt("/parts"));
        Assert.Equal("not-empty", (await Split(400, Part(""))).ErrorAt("/parts/0/name"));
        Assert.Equal("not-empty", (await Split(400, Part("分出", kind: "subsidiary"))).ErrorAt("/parts/0/creditCode"));
        Assert.Equal("given-twice", (await Split(400, Part("甲", [scenario]), Part("乙", [scenario]))).ErrorAt("/parts/1/scenarios/0"));
        Assert.Equal("scenario-not-of-organization", (await Split(409, Part("甲", [scenario]), Part("乙", [foreign]))).ErrorAt("/parts/1/scenarios"));
        Assert.Equal("organization-not-child", (await Split(409, Part("甲", null, [p.SubsidiaryB]))).ErrorAt("/parts/0/children"));
        Assert.Equal("organization-name-taken", (await Split(409, Part("甲"), Part("甲"))).ErrorAt("/parts/1/name"));
        Assert.Equal("organization-name-taken", (await Split(409, Part("甲一公司"))).ErrorAt("/parts/0/name"));
        var code = (await admin.Gets($"/api/v1/organizations/{p.SubsidiaryB}"))["creditCode"]!.GetValue<string>();
        Assert.Equal("credit-code-taken", (await Split(409, Part("甲", creditCode: code, kind: "subsidiary"))).ErrorAt("/parts/0/creditCode"));
        Assert.Equal("organization-root", (await admin.Posts($"/api/v1/organizations/{p.Root}/split", new { effectiveOn = August, parts = new[] { Part("甲") } }, 409)).Code());
        Assert.Equal("organization-not-found", (await (await other.Admin()).Posts($"/api/v1/organizations/{p.SubsidiaryA}/split", new { effectiveOn = August, parts = new[] { Part("甲") } }, 404)).Code());
        Assert.Equal("effective-on-out-of-range", (await admin.Posts($"/api/v1/organizations/{p.SubsidiaryA}/split", new { effectiveOn = "2026-11-17", parts = new[] { Part("甲") } }, 400)).ErrorAt("/effectiveOn"));
        Assert.Equal(before, await p.State());
    }

    [Fact]
    public async Task Split_off_after_a_merger_a_scenario_leaves_the_months_of_its_first_organization_behind()
    {
        var (p, scenario) = await Filed();
        var admin = await p.Admin();
        await admin.Posts($"/api/v1/organizations/{p.SubsidiaryA}/merge", new { into = p.SubsidiaryB, effectiveOn = "2026-07-01" });
        var born = (await admin.Posts($"/api/v1/organizations/{p.SubsidiaryB}/split", new { effectiveOn = "2026-09-01", parts = new[] { new { kind = "directory", name = "乙二", scenarios = new[] { scenario } } } }))["created"]![0]!["id"]!.GetValue<long>();
        Assert.Equal([("2026-06", p.SubsidiaryA), ("2026-07", born), ("2026-08", born), ("2026-09", born)], await p.FilingsOf(scenario));
        Assert.Equal((100m, 700m), (await p.Sum("COST_SAVE", p.GroupA, asFiled: true, "2026-06"), await p.Sum("COST_SAVE", p.GroupB, asFiled: true, "2026-09")));
        Assert.Equal(500m, await p.Sum("COST_SAVE", p.SubsidiaryB, asFiled: true, "2026-08"));
        foreach (var asFiled in new[] { true, false }) Assert.Equal(1500m, await p.Sum("COST_SAVE", p.Root, asFiled));
        Assert.True((await hub.Send(p.AdminUserId, new CheckLedger())).Holds);
    }

    private static object Saves(decimal yuan) => new { measure = "COST_SAVE", value = yuan, grade = "selfReported" };

    /// <summary>甲一公司 with a scenario that filed 100, 200, 500 and 700 yuan from June to September; the books folded in between.</summary>
    private async Task<(Programme, long Scenario)> Filed()
    {
        var p = await hub.Programme();
        var scenario = await p.ApprovedScenario();
        long[] filings = [await p.Files(scenario, "2026-06", Saves(100)), await p.Files(scenario, "2026-07", Saves(200)), await p.Files(scenario, "2026-08", Saves(500)), await p.Files(scenario, "2026-09", Saves(700))];
        await p.ApprovesFilings(filings[..3]);
        await p.Fold();
        await p.ApprovesFilings(filings[3]);
        return (p, scenario);
    }
}

internal static class Reorganizations
{
    public static int Int(this JsonNode answer, string name) => answer[name]!.GetValue<int>();

    private static async Task<IReadOnlyList<T>> Rows<T>(Programme p, string sql, object? args = null)
    {
        await using var connection = await p.Hub.Services.GetRequiredService<Database>().Open(default);
        var bound = new DynamicParameters(args);
        bound.Add("t", p.TenantId);
        return [.. await connection.QueryAsync<T>(sql, bound)];
    }

    public static async Task<long> Number(this Programme p, string sql) => (await Rows<long>(p, sql)).Single();

    /// <summary>How many rows there are of everything a reorganization writes.</summary>
    public static async Task<string> State(this Programme p)
    {
        var counts = new List<string>();
        foreach (var table in new[] { "organization", "organization_tree", "organization_path", "organization_place", "organization_name", "scenario_version", "scenario_place", "ledger_entry" })
            counts.Add($"{table} {await p.Number($"SELECT COUNT(*) FROM {table} WHERE tenant_id = @t")}");
        return string.Join(", ", counts);
    }

    public static async Task<(string Period, long Organization)[]> FilingsOf(this Programme p, long scenario) =>
        [.. (await Rows<FilingOf>(p, "SELECT period AS Period, organization_id AS Organization FROM filing WHERE tenant_id = @t AND scenario_id = @scenario ORDER BY period", new { scenario })).Select(f => (f.Period, f.Organization))];

    /// <summary>The national dashboard of every way of looking at it, as one text.</summary>
    public static async Task<string> Everything(this Programme p)
    {
        var regulator = await p.Regulator();
        var all = new List<string>();
        foreach (var measure in new[] { "COST_SAVE", "SCN_COUNT", "INVEST_PLAN" })
            foreach (var book in new[] { "approved", "filed" })
                foreach (var by in new[] { "sector", "month", "stage", "region" })
                {
                    var rollup = await regulator.Gets($"/api/v1/rollups?measure={measure}&by={by}&from=2026-05&to=2026-10&book={book}");
                    all.Add($"{measure} {book} {by}: {rollup["total"]!["value"]} = {string.Join(" + ", rollup["cells"]!.AsArray().Select(c => $"{c!["key"]} {c["value"]}"))}");
                }
        return string.Join('\n', all);
    }

    /// <summary>What the approved book holds of a measure under an organization, in yuan or pieces: by the tree of each month, or by that of now.</summary>
    public static async Task<decimal> Sum(this Programme p, string measure, long ancestor, bool asFiled, string? period = null) => await Add(p, measure, ancestor, asFiled, period ?? "2015-01", period ?? "2099-12", level: null);

    /// <summary>The level of a register's measure in a month; as filed, every movement until then stands where its organization stood in that month.</summary>
    public static Task<decimal> Level(this Programme p, string measure, long ancestor, string period, bool asFiled) => Add(p, measure, ancestor, asFiled, "2015-01", period, level: period);

    private static async Task<decimal> Add(Programme p, string measure, long ancestor, bool asFiled, string first, string last, string? level) =>
        (await Rows<long?>(p, """
            SELECT SUM(e.quantity)
            FROM ledger_entry e
            JOIN organization_path h ON h.tenant_id = e.tenant_id AND h.organization_id = e.organization_id AND h.ancestor_id = @ancestor AND h.until_tree = @still
             AND ((@asFiled = 0 AND h.until_period = '9999-99') OR (@asFiled = 1 AND h.from_period <= COALESCE(@level, e.period) AND h.until_period > COALESCE(@level, e.period)))
            WHERE e.tenant_id = @t AND e.book = 'approved' AND e.measure = @measure AND e.period >= @first AND e.period <= @last
            """, new { measure, ancestor, asFiled = asFiled ? 1 : 0, first, last, level, still = long.MaxValue })).Single() is { } sum ? sum / (measure == "SCN_COUNT" ? 1_000_000m : 100m) : 0;

    private sealed record FilingOf
    {
        public string Period { get; init; } = "";
        public long Organization { get; init; }
    }
}
