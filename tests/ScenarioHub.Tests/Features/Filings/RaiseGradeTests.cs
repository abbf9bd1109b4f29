using System.Text.Json.Nodes;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Filings;

public class RaiseGradeTests(Hub hub)
{
    private static object[] Correction(decimal value, string grade) => [new { measure = "COST_SAVE", value, grade }];

    [Fact]
    public async Task Raising_moves_the_amount_from_rung_to_rung_leaves_the_total_and_explain_shows_both_entries()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var filing = await p.ApprovedFiling();
        var closing = (await p.Fold()).ClosingNo;
        var raised = await filer.Grades(filing, "financeConfirmed", await filer.Proves(filing));
        Assert.Equal(("approved", 2, 2, true, "结算单复核"), (raised.Text("state"), raised.Number("version"), raised.Number("approvedVersion"), raised["isCorrection"]!.GetValue<bool>(), raised.Text("reason")));

        foreach (var book in new[] { "approved", "filed" })
        {
            var (total, rungs, cell) = await p.Ladder(book: book);
            Assert.Equal((100m, 100m, 1), (total, rungs["financeConfirmed"], rungs.Count));
            var entries = (await regulator.Gets($"/api/v1/rollups/explain?handle={cell["handle"]}"))["entries"]!.AsArray();
            Assert.Equal([("selfReported", 100m, book == "filed" ? "submitted" : "approved", 1), ("selfReported", -100m, "gradeRaised", 1), ("financeConfirmed", 100m, "gradeRaised", 2)],
                entries.Select(e => (e!.Text("grade"), e!["quantity"]!.GetValue<decimal>(), e.Text("cause"), e.Number("filingVersion"))));
            Assert.Equal(3, await Explained.AddsUp(regulator, cell));
        }
        var before = (await regulator.Gets($"/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026-08&asOf={closing}"))["total"]!;
        Assert.Equal((100m, 100m), (before["value"]!.GetValue<decimal>(), before["grades"]!["selfReported"]!.GetValue<decimal>()));
        await p.Fold();
        Assert.Equal(100m, (await p.Ladder()).Rungs["financeConfirmed"]);

        var versions = (await filer.Gets($"/api/v1/scenarios/{raised["scenarioId"]}/filings/2026-08/versions"))["versions"]!.AsArray();
        Assert.Equal([("approved", "selfReported"), ("approved", "financeConfirmed")], versions.Select(v => (v!.Text("state"), v!["figures"]![0]!.Text("grade"))));
    }

    [Fact]
    public async Task The_same_raise_again_changes_nothing_and_a_stale_one_is_refused()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var filing = await p.ApprovedFiling();
        var id = await filer.Proves(filing);
        Assert.Equal("stale-version", (await filer.Grades(filing, "measured", id, 412, ifMatch: 99)).Code());
        var once = await filer.Grades(filing, "measured", id);
        var twice = await filer.Grades(filing, "measured", id, ifMatch: once.Number("revision"));
        Assert.Equal((2, once.Number("revision"), id), (twice.Number("version"), twice.Number("revision"), twice.Figure("COST_SAVE")["evidence"]!.GetValue<long>()));
        Assert.Equal(3, (await filer.Grades(filing, "financeConfirmed", id)).Number("version"));
    }

    [Fact]
    public async Task Six_raises_at_once_make_one_version()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var filing = await p.ApprovedFiling();
        var id = await filer.Proves(filing);
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => filer.Grades(filing, "financeConfirmed", id)));
        Assert.All(all, raised => Assert.Equal(2, raised.Number("version")));
    }

    [Fact]
    public async Task Evidence_must_be_of_the_filing_cover_the_measure_support_the_grade_and_hold()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var (filing, other) = (await p.ApprovedFiling(), await p.ApprovedFiling());
        var (good, elsewhere, hours) = (await filer.Proves(filing), await filer.Proves(other), await filer.Proves(filing, measures: "HOURS_SAVED"));
        foreach (var (grade, evidence, code) in new (string, long?, string)[] { ("measured", null, "evidence-missing"), ("measured", elsewhere, "evidence-missing"), ("measured", 1, "evidence-missing"),
            ("measured", hours, "evidence-does-not-cover"), ("thirdParty", good, "evidence-below-grade") })
            Assert.Equal(code, (await regulator.Grades(filing, grade, evidence, 400)).ErrorAt("/figures/0/evidence"));
        Assert.Equal("unknown-code", (await filer.Grades(filing, "best", good, 400)).ErrorAt("/figures/0/grade"));
        Assert.Equal("measure-not-in-filing", (await filer.Grades(filing, "measured", hours, 400, "HOURS_SAVED")).ErrorAt("/figures/0/measure"));
        Assert.Equal("figures-missing", (await filer.Posts($"/api/v1/filings/{filing}/grades", new { figures = Array.Empty<object>() }, 400)).ErrorAt("/figures"));
        Assert.Equal("measure-twice", (await filer.Posts($"/api/v1/filings/{filing}/grades", new { figures = new[] { new { measure = "COST_SAVE", grade = "measured" }, new { measure = "COST_SAVE", grade = "thirdParty" } } }, 400)).ErrorAt("/figures"));
        Assert.Equal((200m, "selfReported"), ((await p.Ladder()).Total, (await p.Ladder()).Rungs.Keys.Single()));
    }

    [Fact]
    public async Task An_enterprise_raises_to_finance_confirmed_and_reviewers_beyond()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var filing = await p.ApprovedFiling();
        var report = await filer.Proves(filing, "thirdParty");
        Assert.Equal("grade-beyond-yours", (await filer.Grades(filing, "thirdParty", report, 400)).ErrorAt("/figures/0/grade"));
        await regulator.Grades(filing, "thirdParty", report);
        Assert.Equal(100m, (await p.Ladder()).Rungs["thirdParty"]);
    }

    [Fact]
    public async Task Lowering_is_the_regulators_with_a_reason_and_posts_as_such()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var filing = await p.ApprovedFiling();
        await filer.Grades(filing, "financeConfirmed", await filer.Proves(filing));
        Assert.Equal("grade-lowering-not-yours", (await filer.Grades(filing, "measured", null, 403, reason: "有误")).Code());
        Assert.Equal("lowering-reason-missing", (await regulator.Grades(filing, "measured", null, 400)).ErrorAt("/reason"));
        var lowered = await regulator.Grades(filing, "measured", null, reason: "口径不符");
        Assert.Equal((3, "口径不符", "measured"), (lowered.Number("version"), lowered.Text("reason"), lowered.Figure("COST_SAVE").Text("grade")));
        var (total, rungs, cell) = await p.Ladder();
        Assert.Equal((100m, 100m), (total, rungs["measured"]));
        Assert.Equal(["approved", "gradeRaised", "gradeRaised", "gradeLowered", "gradeLowered"], (await regulator.Gets($"/api/v1/rollups/explain?handle={cell["handle"]}"))["entries"]!.AsArray().Select(e => e!.Text("cause")));
    }

    [Fact]
    public async Task Raising_and_lowering_are_not_mixed_in_one_request()
    {
        var p = await hub.Programme();
        var regulator = await p.Regulator();
        var filing = await p.Files(await p.ApprovedScenario(), "2026-08", new { measure = "COST_SAVE", value = 100, grade = "measured" }, new { measure = "HOURS_SAVED", value = 10 });
        await p.ApprovesFilings(filing);
        var id = await regulator.Proves(filing, "regulatorVerified", "HOURS_SAVED");
        var both = new { reason = "核查", figures = new object[] { new { measure = "COST_SAVE", grade = "selfReported" }, new { measure = "HOURS_SAVED", grade = "measured", evidence = id } } };
        Assert.Equal("grades-both-ways", (await regulator.Posts($"/api/v1/filings/{filing}/grades", both, 409)).Code());
    }

    [Fact]
    public async Task What_is_not_approved_or_being_corrected_is_not_raised()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var scenario = await p.ApprovedScenario();
        var filing = await filer.FilesAndSubmits(scenario, "2026-08", 100m);
        var id = await filer.Proves(filing);
        Assert.Equal("filing-not-approved", (await filer.Grades(filing, "measured", id, 409)).Code());
        await regulator.Approves(filing);
        await filer.Files(scenario, "2026-08", 120m, "补记");
        Assert.Equal("filing-has-draft", (await filer.Grades(filing, "measured", id, 409)).Code());
        await filer.Submits(filing);
        Assert.Equal("filing-under-review", (await filer.Grades(filing, "measured", id, 409)).Code());
        Assert.Equal("filing-under-review", (await regulator.Grades(filing, "measured", id, 409)).Code());
        await regulator.Returns("再核", filing);
        Assert.Equal("filing-has-draft", (await filer.Grades(filing, "measured", id, 409)).Code());
    }

    [Fact]
    public async Task A_correction_climbs_no_rung_and_keeps_what_was_proven_while_the_amount_stays()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var scenario = await p.ApprovedScenario();
        var filing = await filer.FilesAndSubmits(scenario, "2026-08", 100m);
        await regulator.Approves(filing);
        var path = Filed.Path(scenario, "2026-08");
        Assert.Equal("grade-needs-evidence", (await filer.Puts(path, new { reason = "r", figures = Correction(100, "measured") }, 400)).ErrorAt("/figures/0/grade"));
        Assert.Equal("grade-needs-evidence", (await filer.Puts(path, new { reason = "r", figures = Correction(120, "financeConfirmed") }, 400)).ErrorAt("/figures/0/grade"));

        var report = await filer.Proves(filing, "thirdParty");
        await regulator.Grades(filing, "thirdParty", report);
        Assert.Equal("approved", (await filer.Puts(path, new { figures = Correction(100, "thirdParty") })).Text("state"));
        // The rung is beyond the filer's own word, but the amount it was given for stays.
        var more = await filer.Puts(path, new { reason = "补报工时", figures = new object[] { Correction(100, "thirdParty")[0], new { measure = "HOURS_SAVED", value = 5 } } });
        Assert.Equal(("draft", report), (more.Text("state"), more.Figure("COST_SAVE")["evidence"]!.GetValue<long>()));
        Assert.Equal("grade-beyond-yours", (await filer.Puts(path, new { reason = "r", figures = Correction(120, "thirdParty") }, 400)).ErrorAt("/figures/0/grade"));
        Assert.Equal("grade-needs-evidence", (await filer.Puts(path, new { reason = "r", figures = Correction(120, "financeConfirmed") }, 400)).ErrorAt("/figures/0/grade"));
        var changed = await filer.Puts(path, new { reason = "r", figures = Correction(120, "measured") });
        Assert.Null(changed.Figure("COST_SAVE")["evidence"]);
    }

    [Fact]
    public async Task A_first_filing_may_say_finance_confirmed_without_evidence()
    {
        var p = await hub.Programme();
        var filing = await p.Files(await p.ApprovedScenario(), "2026-08", new { measure = "COST_SAVE", value = 100, grade = "financeConfirmed" });
        await p.ApprovesFilings(filing);
        Assert.Equal(100m, (await p.Ladder()).Rungs["financeConfirmed"]);
    }

    [Fact]
    public async Task Figures_whose_evidence_is_withdrawn_fall_to_what_is_still_proven_then_to_what_was_said()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var filing = await p.ApprovedFiling();
        var (finance, audit) = (await filer.Proves(filing), await filer.Proves(filing, "thirdParty", proves: "审计报告"));
        await regulator.Grades(filing, "thirdParty", audit);
        await regulator.Posts($"/api/v1/evidence/{audit}/withdraw", new { reason = "报告作废" });
        var (total, rungs, cell) = await p.Ladder();
        Assert.Equal((100m, 100m), (total, rungs["financeConfirmed"]));
        Assert.Equal("gradeLowered", (await regulator.Gets($"/api/v1/rollups/explain?handle={cell["handle"]}"))["entries"]!.AsArray()[^1]!.Text("cause"));
        await filer.Posts($"/api/v1/evidence/{finance}/withdraw", new { reason = "原件有误" });
        Assert.Equal(100m, (await p.Ladder()).Rungs["selfReported"]);
        Assert.Equal("evidence-withdrawn", (await filer.Grades(filing, "measured", finance, 400)).ErrorAt("/figures/0/evidence"));
        await LedgerHolds(p);
    }

    [Fact]
    public async Task What_was_said_above_measured_without_evidence_falls_to_measured()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var filing = await p.Files(await p.ApprovedScenario(), "2026-08", new { measure = "COST_SAVE", value = 100, grade = "financeConfirmed" });
        await p.ApprovesFilings(filing);
        var id = await filer.Proves(filing);
        Assert.Equal(id, (await filer.Grades(filing, "financeConfirmed", id)).Figure("COST_SAVE")["evidence"]!.GetValue<long>());
        await filer.Posts($"/api/v1/evidence/{id}/withdraw", new { reason = "原件有误" });
        Assert.Equal(100m, (await p.Ladder()).Rungs["measured"]);
    }

    [Theory]
    [InlineData("draft")]
    [InlineData("returned")]
    public async Task A_correction_being_written_is_kept_when_evidence_is_withdrawn(string state)
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var scenario = await p.ApprovedScenario();
        var filing = await filer.FilesAndSubmits(scenario, "2026-08", 100m);
        await regulator.Approves(filing);
        var id = await filer.Proves(filing);
        await filer.Grades(filing, "financeConfirmed", id);
        var path = Filed.Path(scenario, "2026-08");
        await filer.Puts(path, new { reason = "补报工时", figures = new object[] { Correction(100, "financeConfirmed")[0], new { measure = "HOURS_SAVED", value = 5 } } });
        if (state == "returned")
        {
            await filer.Submits(filing);
            Assert.Equal("filing-under-review", (await filer.Posts($"/api/v1/evidence/{id}/withdraw", new { reason = "作废" }, 409)).Code());
            Assert.Null((await filer.Gets($"/api/v1/evidence/{id}"))["withdrawn"]);
            await regulator.Returns("再核", filing);
        }
        await filer.Posts($"/api/v1/evidence/{id}/withdraw", new { reason = "作废" });
        Assert.Equal(100m, (await p.Ladder()).Rungs["selfReported"]);
        var draft = await filer.Gets(path);
        Assert.Equal(("draft", "补报工时", 5m, "selfReported"), (draft.Text("state"), draft.Text("reason"), draft.Value("HOURS_SAVED"), draft.Figure("COST_SAVE").Text("grade")));
        Assert.Equal(draft.Number("version") - 1, draft.Number("approvedVersion"));
        await filer.Submits(filing);
        Assert.Equal("approved", (await regulator.Approves(filing)).Outcome(filing));
        Assert.Equal((100m, 100m, 5m), ((await p.Ladder()).Total, (await p.Ladder()).Rungs["selfReported"], (await p.Ladder("HOURS_SAVED")).Total));
        await LedgerHolds(p);
    }

    [Fact]
    public async Task A_regulator_lowers_also_while_a_correction_is_written_and_the_correction_with_it()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var scenario = await p.ApprovedScenario();
        var filing = await p.Files(scenario, "2026-08", new { measure = "COST_SAVE", value = 100, grade = "financeConfirmed" });
        await p.ApprovesFilings(filing);
        await filer.Puts(Filed.Path(scenario, "2026-08"), new { reason = "补记", figures = Correction(120, "financeConfirmed") });
        var lowered = await regulator.Grades(filing, "measured", null, reason: "口径不符");
        Assert.Equal(("draft", 120m, "measured"), (lowered.Text("state"), lowered.Value("COST_SAVE"), lowered.Figure("COST_SAVE").Text("grade")));
        Assert.Equal((100m, 100m), ((await p.Ladder()).Total, (await p.Ladder()).Rungs["measured"]));
    }

    private static async Task LedgerHolds(Programme p)
    {
        await p.Fold();
        var check = await p.Hub.Send(p.AdminUserId, new CheckLedger());
        Assert.True(check.Holds, check.ToString());
    }
}
