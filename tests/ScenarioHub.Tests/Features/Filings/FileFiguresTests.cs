using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Filings;

public class FileFiguresTests(Hub hub)
{
    [Fact]
    public async Task A_month_is_kept_exactly_and_answered_in_the_measures_own_unit()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var path = Filed.Path(await p.ApprovedScenario(measures: ["COST_SAVE", "AUTO_RATE"]), "2026-08");
        var filing = await filer.Puts(path, new
        {
            figures = new object[]
            {
                new { measure = "COST_SAVE", value = 12.345678m, unit = "万元", grade = "financeConfirmed", baseline = 100m, target = 0.5m, note = " 八月 " },
                new { measure = "HOURS_SAVED", value = 1.5m, unit = "PERSON_YEAR" },
                new { measure = "COMPUTE_EF", value = 1500m, unit = "PFLOPS" },
                new { measure = "DATA_TB", value = 2m, unit = "PB" },
                new { measure = "AUTO_RATE", numerator = 45m, denominator = 60m, baseline = 12.5m },
                new { measure = "OUTPUT_UP", numerator = 2m, numeratorUnit = "亿元", denominator = 80_000m, denominatorUnit = "CNY10K" },
                new { measure = "CSAT", numerator = 0m, denominator = 12m }
            }
        });
        Assert.Equal(("draft", 1, 1), (filing.Text("state"), filing.Number("version"), filing.Number("revision")));
        Assert.Equal((123456.78m, 3000m, 1.5m, 2000m), (filing.Value("COST_SAVE"), filing.Value("HOURS_SAVED"), filing.Value("COMPUTE_EF"), filing.Value("DATA_TB")));
        var save = filing.Figure("COST_SAVE");
        Assert.Equal(("CNY", "financeConfirmed", 1_000_000m, 5_000m, "八月"), (save.Text("unit"), save.Text("grade"), save["baseline"]!.GetValue<decimal>(), save["target"]!.GetValue<decimal>(), save.Text("note")));
        var rate = filing.Figure("AUTO_RATE");
        Assert.Equal((45m, 60m, 75m, 12.5m), (rate["numerator"]!.GetValue<decimal>(), rate["denominator"]!.GetValue<decimal>(), rate["ratio"]!.GetValue<decimal>(), rate["baseline"]!.GetValue<decimal>()));
        Assert.Null(rate["value"]);
        Assert.Equal("PERCENT", rate.Text("unit"));
        Assert.Equal(25m, filing.Figure("OUTPUT_UP")["ratio"]!.GetValue<decimal>());
        Assert.Equal(0m, filing.Figure("CSAT")["ratio"]!.GetValue<decimal>());
        Assert.Equal(filing.ToJsonString(), (await filer.Gets(path)).ToJsonString());
    }

    [Fact]
    public async Task Missing_zero_exempt_withheld_and_not_due_are_five_things()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var scenario = await p.ApprovedScenario(measures: ["COST_SAVE", "REV_GAIN", "LOSS_AVOID", "HOURS_SAVED"]);
        var filing = await filer.Puts(Filed.Path(scenario, "2026-10"), new
        {
            figures = new object[]
            {
                new { measure = "COST_SAVE", value = 0m, state = "zero" }, new { measure = "REV_GAIN", state = "exempt" }, new { measure = "LOSS_AVOID", state = "withheld" },
                new { measure = "CSAT", state = "zero" }
            }
        });
        Assert.Equal(("zero", 0m), (filing.Figure("COST_SAVE").Text("state"), filing.Value("COST_SAVE")));
        foreach (var (measure, state) in new[] { ("REV_GAIN", "exempt"), ("LOSS_AVOID", "withheld"), ("HOURS_SAVED", "missing") })
            Assert.Equal((state, (decimal?)null), (filing.Figure(measure).Text("state"), filing.Value(measure)));
        Assert.Null(filing.Figure("CSAT")["ratio"]);

        var unfiled = await filer.Gets(Filed.Path(scenario, "2026-09"));
        Assert.Equal(("missing", 0), (unfiled.Text("state"), unfiled.Number("version")));
        Assert.Null(unfiled["id"]);
        Assert.Null(unfiled.Value("COST_SAVE"));
        foreach (var early in new[] { "2026-11", "2026-12", "2024-10" })
        {
            var notDue = await filer.Gets(Filed.Path(scenario, early));
            Assert.Equal(("notDue", "notDue"), (notDue.Text("state"), notDue.Figure("COST_SAVE").Text("state")));
        }
    }

    [Fact]
    public async Task A_draft_is_replaced_in_place_and_the_same_again_changes_nothing()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var path = Filed.Path(await p.ApprovedScenario(), "2026-08");
        await filer.Puts(path, new { figures = new[] { new { measure = "COST_SAVE", value = 10m }, new { measure = "OPEX_COMPUTE", value = 3m } } });
        var again = await filer.Puts(path, new { figures = new[] { new { measure = "OPEX_COMPUTE", value = 3.00m }, new { measure = "COST_SAVE", value = 10m } } });
        Assert.Equal((1, 1), (again.Number("version"), again.Number("revision")));
        var replaced = await filer.Puts(path, Filed.Saving(11m));
        Assert.Equal((1, 2, 11m), (replaced.Number("version"), replaced.Number("revision"), replaced.Value("COST_SAVE")));
        Assert.Equal("missing", replaced.Figure("OPEX_COMPUTE").Text("state"));
        Assert.Single((await filer.Gets(path + "/versions"))["versions"]!.AsArray());
    }

    [Fact]
    public async Task Of_two_who_edit_one_draft_the_second_is_told()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var path = Filed.Path(await p.ApprovedScenario(), "2026-08");
        await filer.Puts(path, Filed.Saving(10m), ifMatch: 0);
        using var response = await filer.Http.GetAsync(path);
        Assert.Equal("\"1\"", response.Headers.ETag!.Tag);
        await filer.Puts(path, Filed.Saving(11m), ifMatch: 1);
        var stale = await filer.Puts(path, Filed.Saving(12m), 412, ifMatch: 1);
        Assert.Equal(("stale-version", 2), (stale.Code(), stale.Number("currentVersion")));
        Assert.Equal(11m, (await filer.Gets(path)).Value("COST_SAVE"));

        using var foreign = new HttpRequestMessage(HttpMethod.Put, path) { Content = System.Net.Http.Json.JsonContent.Create(Filed.Saving(13m)) };
        foreign.Headers.TryAddWithoutValidation("If-Match", "W/\"nonsense\"");
        await Answer.Of(await filer.Http.SendAsync(foreign), 412);
    }

    [Fact]
    public async Task What_is_under_review_cannot_be_changed()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var scenario = await p.ApprovedScenario();
        await filer.FilesAndSubmits(scenario, "2026-08", 10m);
        Assert.Equal("filing-under-review", (await filer.Puts(Filed.Path(scenario, "2026-08"), Filed.Saving(11m), 409)).Code());
        Assert.Equal(10m, (await filer.Gets(Filed.Path(scenario, "2026-08"))).Value("COST_SAVE"));
    }

    [Fact]
    public async Task A_returned_filing_is_filed_again_as_a_new_version_and_the_old_one_stays_readable()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var scenario = await p.ApprovedScenario();
        var id = await filer.FilesAndSubmits(scenario, "2026-08", 10m);
        Assert.Equal("returned", (await regulator.Returns("金额与台账不符", id)).Outcome(id));
        var returned = await filer.Gets(Filed.Path(scenario, "2026-08"));
        Assert.Equal(("returned", "金额与台账不符"), (returned.Text("state"), returned.Text("returnReason")));
        Assert.Equal("filing-not-draft", (await filer.Submits(id)).Outcome(id));

        var next = await filer.Puts(Filed.Path(scenario, "2026-08"), Filed.Saving(9m));
        Assert.Equal(("draft", 2, false), (next.Text("state"), next.Number("version"), next["isCorrection"]!.GetValue<bool>()));
        var versions = (await filer.Gets(Filed.Path(scenario, "2026-08") + "/versions"))["versions"]!.AsArray();
        Assert.Equal(["returned", "draft"], versions.Select(v => v!.Text("state")));
        Assert.Equal([10m, 9m], versions.Select(v => v!.Value("COST_SAVE")!.Value));
        Assert.Equal(("filer-a", "regulator", "金额与台账不符"), (versions[0]!["submitted"]!.Text("displayName"), versions[0]!["decided"]!.Text("displayName"), versions[0]!.Text("returnReason")));
        Assert.Null(versions[1]!["submitted"]);
    }

    [Fact]
    public async Task A_change_after_approval_is_a_correction_with_a_reason_and_never_an_overwrite()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var scenario = await p.ApprovedScenario();
        var path = Filed.Path(scenario, "2026-08");
        var id = await filer.FilesAndSubmits(scenario, "2026-08", 10m);
        await regulator.Approves(id);
        var same = await filer.Puts(path, Filed.Saving(10m));
        Assert.Equal(("approved", 1), (same.Text("state"), same.Number("version")));

        Assert.Equal("correction-reason-missing", (await filer.Puts(path, Filed.Saving(8m), 400)).ErrorAt("/reason"));
        Assert.Equal(("approved", 10m), ((await filer.Gets(path)).Text("state"), (await filer.Gets(path)).Value("COST_SAVE")));
        await filer.Files(scenario, "2026-08", 8m, "发票重复计入");
        var corrected = await filer.Puts(path, Filed.Saving(7m)); // the reason of the open correction stands
        Assert.Equal(("draft", 2, 1, true, "发票重复计入"), (corrected.Text("state"), corrected.Number("version"), corrected.Number("approvedVersion"), corrected["isCorrection"]!.GetValue<bool>(), corrected.Text("reason")));
        await filer.Submits(id);
        await regulator.Returns("请附凭证", id);
        await filer.Files(scenario, "2026-08", 7.5m);
        await filer.Submits(id);
        Assert.Equal("approved", (await regulator.Approves(id)).Outcome(id));

        var history = await filer.Gets(path + "/versions");
        Assert.Equal((3, 3), (history.Number("version"), history.Number("approvedVersion")));
        Assert.Equal([("approved", 10m, false), ("returned", 7m, true), ("approved", 7.5m, true)],
            history["versions"]!.AsArray().Select(v => (v!.Text("state"), v!.Value("COST_SAVE")!.Value, v!["isCorrection"]!.GetValue<bool>())));
        Assert.Equal("发票重复计入", history["versions"]![2]!.Text("reason"));
    }

    [Fact]
    public async Task A_scenario_files_from_its_first_month_to_its_last()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var scenario = await p.ApprovedScenario(stageSince: "2026-03-15");
        var version = (await filer.Gets($"/api/v1/scenarios/{scenario}"))["version"]!.GetValue<int>();
        await (await p.Regulator()).Posts($"/api/v1/scenarios/{scenario}/retire", new { retiredOn = "2026-08-20", reason = "并入新平台", version });
        foreach (var (period, code) in new[] { ("2026-02", "period-before-go-live"), ("2026-09", "period-after-retirement") })
            Assert.Equal(code, (await filer.Puts(Filed.Path(scenario, period), Filed.Saving(1m), 409)).Code());
        await filer.Puts(Filed.Path(scenario, "2026-03"), Filed.Saving(1m));
        await filer.Puts(Filed.Path(scenario, "2026-08"), Filed.Saving(1m));
        Assert.Equal("notDue", (await filer.Gets(Filed.Path(scenario, "2026-09"))).Text("state"));
    }

    [Fact]
    public async Task Only_an_approved_scenario_files_and_a_state_secret_one_never()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var unapproved = await filer.Adds("/api/v1/scenarios", p.Scenario());
        var secret = await filer.Adds("/api/v1/scenarios", new
        {
            name = "涉密场景占位",
            kind = "application",
            organization = p.SubsidiaryA,
            region = "110000",
            industryDivision = "44",
            keyAction = "INDUSTRY",
            stage = "scaled",
            stageSince = "2025-01-01",
            openScope = "closed",
            stateSecret = true
        });
        await p.Approves(secret);
        Assert.Equal("scenario-not-approved", (await filer.Puts(Filed.Path(unapproved, "2026-08"), Filed.Saving(1m), 409)).Code());
        Assert.Equal("scenario-state-secret", (await filer.Puts(Filed.Path(secret, "2026-08"), Filed.Saving(1m), 409)).Code());
        Assert.Equal("notDue", (await filer.Gets(Filed.Path(unapproved, "2026-08"))).Text("state"));
    }

    [Fact]
    public async Task Another_tenant_and_another_subtree_find_nothing()
    {
        var (p, other) = (await hub.Programme(), await hub.Programme());
        var scenario = await p.ApprovedScenario();
        var id = await (await p.FilerA()).Files(scenario, "2026-08", 10m);
        foreach (var stranger in new[] { await p.FilerB(), await other.FilerA() })
        {
            Assert.Equal("scenario-not-found", (await stranger.Gets(Filed.Path(scenario, "2026-08"), 404)).Code());
            Assert.Equal("scenario-not-found", (await stranger.Gets(Filed.Path(scenario, "2026-08") + "/versions", 404)).Code());
            Assert.Equal("scenario-not-found", (await stranger.Puts(Filed.Path(scenario, "2026-08"), Filed.Saving(1m), 404)).Code());
            Assert.Equal("filing-not-found", (await stranger.Submits(id)).Outcome(id));
            Assert.Empty((await stranger.Gets($"/api/v1/filings?scenario={scenario}"))["items"]!.AsArray());
        }
        Assert.Equal("filing-not-found", (await (await other.Regulator()).Approves(id)).Outcome(id));
        Assert.Equal("filing-not-found", (await (await p.FilerA()).Gets(Filed.Path(scenario, "2026-07") + "/versions", 404)).Code());
        Assert.Equal("draft", (await (await p.FilerA()).Gets(Filed.Path(scenario, "2026-08"))).Text("state"));
    }

    [Fact]
    public async Task A_regulator_decides_and_does_not_file_and_an_enterprise_the_other_way_round()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var scenario = await p.ApprovedScenario();
        var id = await filer.Files(scenario, "2026-08", 10m);
        Assert.Equal("permission-missing", (await regulator.Puts(Filed.Path(scenario, "2026-08"), Filed.Saving(1m), 403)).Code());
        await regulator.Posts("/api/v1/filings/submit", new { ids = new[] { id } }, 403);
        await filer.Posts("/api/v1/filings/approve", new { ids = new[] { id } }, 403);
        await filer.Posts("/api/v1/filings/return", new { ids = new[] { id }, reason = "x" }, 403);
    }
}
