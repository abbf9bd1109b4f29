using System.Text.Json.Nodes;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Filings;

public class AttributionTests(Hub hub)
{
    [Fact]
    public async Task The_attributed_share_posts_and_the_whole_stays_visible()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var scenario = await p.ApprovedScenario();
        var filing = await p.Files(scenario, "2026-08", new { measure = "COST_SAVE", value = 33.33m, attribution = 0.5m, attributionReason = " 与设备改造各半 " }, new { measure = "HOURS_SAVED", value = 10 });
        await p.ApprovesFilings(filing);
        var save = (await filer.Gets(Filed.Path(scenario, "2026-08"))).Figure("COST_SAVE");
        Assert.Equal((16.67m, 33.33m, 0.5m, "与设备改造各半"), (save["value"]!.GetValue<decimal>(), save["gross"]!.GetValue<decimal>(), save["attribution"]!.GetValue<decimal>(), save.Text("attributionReason")));
        var hours = (await filer.Gets(Filed.Path(scenario, "2026-08"))).Figure("HOURS_SAVED");
        Assert.Equal((10m, 10m, 1m), (hours["value"]!.GetValue<decimal>(), hours["gross"]!.GetValue<decimal>(), hours["attribution"]!.GetValue<decimal>()));
        Assert.Equal(16.67m, (await p.Ladder()).Total);
        Assert.Equal(33.33m, (await filer.Gets(Filed.Path(scenario, "2026-08") + "/versions"))["versions"]![0]!["figures"]![0]!["gross"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task Another_share_or_another_reason_is_a_correction_and_the_same_again_is_none()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var scenario = await p.ApprovedScenario();
        await p.ApprovesFilings(await p.Files(scenario, "2026-08", Saved(0.5m, "各半")));
        async Task<string> Files(decimal share, string why) => (await filer.Puts(Filed.Path(scenario, "2026-08"), new { reason = "重新测算", figures = new[] { Saved(share, why) } })).Text("state");
        Assert.Equal("approved", await Files(0.5m, "各半"));
        Assert.Equal("draft", await Files(0.5m, "按产量分摊"));
        Assert.Equal("draft", await Files(0.25m, "各半"));
        var versions = (await filer.Gets(Filed.Path(scenario, "2026-08") + "/versions"))["versions"]!.AsArray();
        Assert.Equal([(100m, 0.5m, 50m), (100m, 0.25m, 25m)], versions.Select(v => v!["figures"]![0]!).Select(f => (f["gross"]!.GetValue<decimal>(), f["attribution"]!.GetValue<decimal>(), f["value"]!.GetValue<decimal>())));

        static object Saved(decimal share, string why) => new { measure = "COST_SAVE", value = 100, attribution = share, attributionReason = why };
    }

    [Theory]
    [InlineData("""{"measure":"COST_SAVE","value":5,"attribution":0.5}""", "attribution-reason-missing", "attributionReason")]
    [InlineData("""{"measure":"COST_SAVE","value":5,"attribution":0.5,"attributionReason":"  "}""", "attribution-reason-missing", "attributionReason")]
    [InlineData("""{"measure":"COST_SAVE","value":5,"attribution":0,"attributionReason":"r"}""", "attribution-not-a-share", "attribution")]
    [InlineData("""{"measure":"COST_SAVE","value":5,"attribution":-0.1,"attributionReason":"r"}""", "attribution-not-a-share", "attribution")]
    [InlineData("""{"measure":"COST_SAVE","value":5,"attribution":1.0001,"attributionReason":"r"}""", "attribution-not-a-share", "attribution")]
    [InlineData("""{"measure":"COST_SAVE","value":5,"attribution":0.12345,"attributionReason":"r"}""", "attribution-not-a-share", "attribution")]
    [InlineData("""{"measure":"COST_SAVE","value":5,"attribution":1e30,"attributionReason":"r"}""", "attribution-not-a-share", "attribution")]
    [InlineData("""{"measure":"COST_SAVE","value":5,"attribution":0.50000000000000000000000000000000001,"attributionReason":"r"}""", "attribution-not-a-share", "attribution")]
    [InlineData("""{"measure":"OPEX_COMPUTE","value":5,"attribution":0.5,"attributionReason":"r"}""", "attribution-not-for-measure", "attribution")]
    [InlineData("""{"measure":"DETECT_ACC","numerator":1,"denominator":2,"attribution":0.5,"attributionReason":"r"}""", "attribution-not-for-measure", "attribution")]
    [InlineData("""{"measure":"DATASETS","value":5,"attribution":0.5,"attributionReason":"r"}""", "attribution-not-for-measure", "attribution")]
    [InlineData("""{"measure":"COST_SAVE","state":"zero","attribution":0.5,"attributionReason":"r"}""", "value-not-wanted", "attribution")]
    [InlineData("""{"measure":"HOURS_SAVED","value":5,"labourHours":1}""", "labour-hours-not-for-measure", "labourHours")]
    [InlineData("""{"measure":"COST_SAVE","value":5,"labourHours":-1}""", "negative-value", "labourHours")]
    [InlineData("""{"measure":"COST_SAVE","state":"zero","labourHours":3}""", "value-not-wanted", "labourHours")]
    [InlineData("""{"measure":"COST_SAVE","value":5,"sameHoursAs":"none"}""", "same-hours-not-for-measure", "sameHoursAs")]
    [InlineData("""{"measure":"HOURS_SAVED","value":5,"sameHoursAs":"REV_GAIN"}""", "unknown-code", "sameHoursAs")]
    [InlineData("""{"measure":"HOURS_SAVED","value":5,"sameHoursAs":"COST_SAVE"}""", "same-hours-without-cost", "sameHoursAs")]
    public async Task A_share_or_hours_that_make_no_sense_are_refused_by_name(string figure, string code, string at)
    {
        var p = await hub.Programme();
        var problem = await (await p.FilerA()).Puts(Filed.Path(await p.ApprovedScenario(), "2026-08"), $$"""{"figures":[{{figure}}]}""", 400);
        Assert.Equal(code, problem.ErrorAt("/figures/0/" + at));
        Assert.Single(problem["errors"]!.AsArray());
    }

    [Fact]
    public async Task An_hour_that_is_saved_cost_is_not_filed_as_replaced_labour_unless_it_is_said_whose_it_is()
    {
        var p = await hub.Programme();
        var (filer, scenario) = (await p.FilerA(), await p.ApprovedScenario());
        Task<JsonNode> Files(decimal labour, decimal hours, string? same, int status) => filer.Puts(Filed.Path(scenario, "2026-08"),
            new { figures = new object[] { new { measure = "HOURS_SAVED", value = hours, sameHoursAs = same }, new { measure = "COST_SAVE", value = 5000, labourHours = labour } } }, status);
        Assert.Equal("hours-counted-twice", (await Files(40, 100, null, 400)).ErrorAt("/figures/0/sameHoursAs"));
        Assert.Equal("labour-hours-exceed", (await Files(100.5m, 100, "COST_SAVE", 400)).ErrorAt("/figures/1/labourHours"));
        Assert.Equal(("missing", 100m), ((await filer.Gets(Filed.Path(scenario, "2026-08"))).Text("state"), (await Files(0, 100, null, 200)).Value("HOURS_SAVED")));
        Assert.Equal((100m, "none"), ((await Files(40, 100, "none", 200)) is var others ? (others.Value("HOURS_SAVED"), others.Figure("HOURS_SAVED").Text("sameHoursAs")) : default));
        var same = await Files(40, 100, "COST_SAVE", 200);
        Assert.Equal((60m, 100m, 40m), (same.Value("HOURS_SAVED"), same.Figure("HOURS_SAVED")["gross"]!.GetValue<decimal>(), same.Figure("COST_SAVE")["labourHours"]!.GetValue<decimal>()));
        Assert.Equal(0m, (await Files(100, 100, "COST_SAVE", 200)).Value("HOURS_SAVED"));
    }

    [Fact]
    public async Task Person_years_and_totals_count_the_hours_that_are_not_money_already_and_take_the_share_after()
    {
        var p = await hub.Programme();
        await p.ApprovesFilings(await p.Files(await p.ApprovedScenario(), "2026-08",
            new { measure = "COST_SAVE", value = 5000, labourHours = 1000 },
            new { measure = "HOURS_SAVED", value = 9000, sameHoursAs = "COST_SAVE", attribution = 0.5m, attributionReason = "与流程再造各半" }));
        Assert.Equal(4000m, (await p.Ladder("HOURS_SAVED")).Total);
        Assert.Equal(2m, (await p.Ladder("FTE_SAVED")).Total);
        Assert.Equal(5000m, (await p.Ladder()).Total);
    }

    [Fact]
    public async Task A_correction_of_the_savings_hours_moves_the_hours_saved_and_loses_the_evidence_of_both()
    {
        var p = await hub.Programme();
        var (filer, scenario) = (await p.FilerA(), await p.ApprovedScenario());
        object[] Figures(decimal labour, string grade) => [new { measure = "COST_SAVE", value = 5000, labourHours = labour, grade }, new { measure = "HOURS_SAVED", value = 100, sameHoursAs = "COST_SAVE", grade }];
        var filing = await p.Files(scenario, "2026-08", Figures(40, "selfReported"));
        await p.ApprovesFilings(filing);
        var id = await filer.Proves(filing, measures: "COST_SAVE HOURS_SAVED");
        await filer.Posts($"/api/v1/filings/{filing}/grades", new { figures = new[] { new { measure = "COST_SAVE", grade = "financeConfirmed", evidence = id }, new { measure = "HOURS_SAVED", grade = "financeConfirmed", evidence = id } } });
        var refused = await filer.Puts(Filed.Path(scenario, "2026-08"), new { reason = "工时口径", figures = Figures(50, "financeConfirmed") }, 400);
        Assert.Equal(("grade-needs-evidence", "grade-needs-evidence"), (refused.ErrorAt("/figures/0/grade"), refused.ErrorAt("/figures/1/grade")));
        Assert.Equal(50m, (await filer.Puts(Filed.Path(scenario, "2026-08"), new { reason = "工时口径", figures = Figures(50, "measured") })).Value("HOURS_SAVED"));
    }
}
