using System.Diagnostics;
using System.Text.Json.Nodes;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Filings;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Rules;

/// <summary>What rules find when filings are submitted, how it is explained, and how reviewers decide it.</summary>
public class SubmissionTests(Hub hub)
{
    private const string Repairs = "2 号机组 9 月检修 12 天,发电量减少,降本额随之下降。";

    [Fact]
    public async Task A_swing_beside_the_month_before_is_submitted_only_once_it_is_explained()
    {
        var p = await hub.Programme();
        var scenario = await p.WithHistory("2026-05", 100_000, 104_000, 98_000);
        var filer = await p.FilerA();
        var id = await filer.Saves(scenario, "2026-08", 40_000);

        var refused = (await filer.Posts("/api/v1/filings/submit", new { ids = new[] { id } }))["items"]![0]!;
        Assert.Equal("finding-needs-explanation", refused["outcome"]!.GetValue<string>());
        Assert.Equal("draft", refused["state"]!.GetValue<string>());
        var error = Assert.Single(refused["errors"]!.AsArray())!;
        Assert.Equal(("S-01", "/figures/COST_SAVE"), (error["ruleId"]!.GetValue<string>(), error["pointer"]!.GetValue<string>()));
        Assert.Contains("40,000元", error["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("-59.2%", error["message"]!.GetValue<string>(), StringComparison.Ordinal);

        // Refused alone, so nothing was done; what was found is there all the same.
        var finding = Assert.Single(await filer.Findings(id))!;
        Assert.Equal(("open", "error", 1), (finding["state"]!.GetValue<string>(), finding["severity"]!.GetValue<string>(), finding["ruleSet"]!.GetValue<int>()));
        var explained = await filer.Posts($"/api/v1/findings/{finding["id"]}/explain", new { text = Repairs });
        Assert.Equal(("explained", Repairs), (explained["state"]!.GetValue<string>(), explained["explanation"]!.GetValue<string>()));
        Assert.Equal("submitted", await filer.Submits(id));
        Assert.Single(await filer.Findings(id));

        await p.ApprovesFilings(id);
        Assert.Equal("accepted", (await filer.Findings(id)).Single()!["state"]!.GetValue<string>());
        await filer.Posts($"/api/v1/findings/{finding["id"]}/explain", new { text = Repairs }, 409);
    }

    [Fact]
    public async Task With_less_than_three_approved_months_a_swing_says_nothing()
    {
        var p = await hub.Programme();
        var scenario = await p.WithHistory("2026-06", 100_000, 104_000);
        var filer = await p.FilerA();
        var id = await filer.Saves(scenario, "2026-08", 40_000);
        Assert.Equal("submitted", await filer.Submits(id));
        Assert.Empty(await filer.Findings(id));
    }

    [Fact]
    public async Task A_blocker_is_put_right_and_not_explained_and_other_items_go_through()
    {
        var p = await hub.Programme();
        var (wrong, good) = (await p.ApprovedScenario(measures: ["YIELD"]), await p.ApprovedScenario());
        var filer = await p.FilerA();
        var yield = (await filer.Puts($"/api/v1/scenarios/{wrong}/filings/2026-08", new { figures = new[] { new { measure = "YIELD", numerator = 101, denominator = 100 } } }))["id"]!.GetValue<long>();
        var saving = await filer.Saves(good, "2026-08", 1_000);

        var decided = await filer.Posts("/api/v1/filings/submit", new { ids = new[] { yield, saving } });
        Assert.Equal((1, 1), (decided["done"]!.GetValue<int>(), decided["refused"]!.GetValue<int>()));
        Assert.Equal(["finding-blocks", "submitted"], decided["items"]!.AsArray().Select(i => i!["outcome"]!.GetValue<string>()));
        var finding = Assert.Single(await filer.Findings(yield))!;
        Assert.Equal(("H-03", "blocker"), (finding["rule"]!.GetValue<string>(), finding["severity"]!.GetValue<string>()));
        await filer.Posts($"/api/v1/findings/{finding["id"]}/explain", new { text = Repairs }, 409);

        await filer.Puts($"/api/v1/scenarios/{wrong}/filings/2026-08", new { figures = new[] { new { measure = "YIELD", numerator = 100, denominator = 100 } } });
        Assert.Equal("submitted", await filer.Submits(yield));
        Assert.Equal("gone", (await filer.Findings(yield)).Single()!["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task Another_figure_is_another_finding_and_its_old_explanation_does_not_count()
    {
        var p = await hub.Programme();
        var scenario = await p.WithHistory("2026-05", 100_000, 104_000, 98_000);
        var filer = await p.FilerA();
        var id = await filer.Saves(scenario, "2026-08", 40_000);
        await filer.Submits(id);
        await filer.Explains(id, Repairs);
        await filer.Saves(scenario, "2026-08", 30_000);
        Assert.Equal("finding-needs-explanation", await filer.Submits(id));
        Assert.Equal(["gone", "open"], (await filer.Findings(id)).Select(f => f!["state"]!.GetValue<string>()).Order(StringComparer.Ordinal));

        // Back at the first value, what was said of it counts again.
        await filer.Saves(scenario, "2026-08", 40_000);
        Assert.Equal("submitted", await filer.Submits(id));
    }

    [Fact]
    public async Task A_rejected_explanation_needs_another_one_and_an_accepted_one_is_carried_into_the_next_version()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var scenario = await p.WithHistory("2026-05", 100_000, 104_000, 98_000);
        var id = await filer.Saves(scenario, "2026-08", 40_000);
        await filer.Submits(id);
        await filer.Explains(id, Repairs);
        await filer.Submits(id);
        var finding = (await filer.Findings(id)).Single()!["id"]!.GetValue<long>();

        await filer.Posts($"/api/v1/findings/{finding}/accept", null, 403);
        await regulator.Posts($"/api/v1/findings/{finding}/explain", new { text = Repairs }, 403);
        var rejected = await regulator.Posts($"/api/v1/findings/{finding}/reject", new { reason = "请附检修计划文号" });
        Assert.Equal(("rejected", "请附检修计划文号"), (rejected["state"]!.GetValue<string>(), rejected["decisionReason"]!.GetValue<string>()));
        await regulator.Posts($"/api/v1/findings/{finding}/accept", null, 409);
        await regulator.Posts("/api/v1/filings/return", new { ids = new[] { id }, reason = "请补充说明" });

        await filer.Saves(scenario, "2026-08", 40_000);
        Assert.Equal("finding-needs-explanation", await filer.Submits(id));   // version 2: what was rejected of version 1 does not count
        await filer.Explains(id, "检修计划文号:设备〔2026〕41 号,停机 12 天。");
        Assert.Equal("submitted", await filer.Submits(id));
        var second = (await filer.Findings(id, "explained")).Single()!["id"]!.GetValue<long>();
        Assert.Equal("accepted", (await regulator.Posts($"/api/v1/findings/{second}/accept", null))["state"]!.GetValue<string>());
        await p.ApprovesFilings(id);

        // A correction of something else: the same value was accepted already.
        await filer.Puts($"/api/v1/scenarios/{scenario}/filings/2026-08", new { reason = "补报工时", figures = new object[] { new { measure = "COST_SAVE", value = 40_000 }, new { measure = "HOURS_SAVED", value = 300 } } });
        Assert.Equal("submitted", await filer.Submits(id));
    }

    [Fact]
    public async Task What_is_returned_for_another_reason_keeps_its_explanations_and_what_is_approved_waits_for_nobody()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var scenario = await p.WithHistory("2026-05", 100_000, 104_000, 98_000);
        object Figures(int hours) => new { figures = new object[] { new { measure = "COST_SAVE", value = 40_000, target = 40_000 }, new { measure = "HOURS_SAVED", value = hours } } };
        var id = (await filer.Puts($"/api/v1/scenarios/{scenario}/filings/2026-08", Figures(300)))["id"]!.GetValue<long>();
        await filer.Submits(id);
        await filer.Explains(id, Repairs);
        await filer.Submits(id);
        await regulator.Posts("/api/v1/filings/return", new { ids = new[] { id }, reason = "请核对工时" });
        await filer.Puts($"/api/v1/scenarios/{scenario}/filings/2026-08", Figures(280));
        Assert.Equal("submitted", await filer.Submits(id));
        Assert.Equal(["1 S-01 gone", "1 S-04 gone", "2 S-01 explained", "2 S-04 explained"], await States());
        await p.ApprovesFilings(id);
        Assert.Equal(["1 S-01 gone", "1 S-04 gone", "2 S-01 accepted", "2 S-04 accepted"], await States());
        Assert.Empty((await regulator.Gets("/api/v1/findings?state=open"))["items"]!.AsArray());

        async Task<string[]> States() => [.. (await filer.Findings(id)).Select(f => $"{f!["filingVersion"]} {f["rule"]} {f["state"]}").Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Confirmed_correct_is_no_explanation()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var id = await filer.Saves(await p.WithHistory("2026-05", 100_000, 104_000, 98_000), "2026-08", 40_000);
        await filer.Submits(id);
        var finding = (await filer.Findings(id)).Single()!["id"]!.GetValue<long>();
        var problem = await filer.Posts($"/api/v1/findings/{finding}/explain", new { text = "经核实,数据无误,情况属实。" }, 400);
        Assert.Equal("explanation-says-nothing", problem["errors"]![0]!["code"]!.GetValue<string>());
        Assert.Equal("finding-needs-explanation", await filer.Submits(id));
    }

    [Fact]
    public async Task The_same_text_on_many_findings_and_one_that_repeats_the_finding_are_shown_to_the_reviewer()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var ids = new List<long>();
        for (var i = 0; i < 7; i++)
        {
            var id = await filer.Saves(await p.WithHistory("2026-05", 100_000, 104_000, 98_000), "2026-08", 40_000 + i);
            await filer.Submits(id);
            ids.Add((await filer.Findings(id)).Single()!["id"]!.GetValue<long>());
        }
        for (var i = 0; i < 6; i++) await filer.Posts($"/api/v1/findings/{ids[i]}/explain", new { text = i % 2 == 0 ? Repairs : Repairs.Replace(",", ", ", StringComparison.Ordinal) });
        var regulator = await p.Regulator();
        for (var i = 0; i < 6; i++)
        {
            var shown = await regulator.Gets($"/api/v1/findings/{ids[i]}");
            Assert.Equal("same-text", shown["doubt"]!.GetValue<string>());
        }
        var said = (await regulator.Gets($"/api/v1/findings/{ids[6]}"))["found"]!.GetValue<string>();
        Assert.Equal("repeats-finding", (await filer.Posts($"/api/v1/findings/{ids[6]}/explain", new { text = said }))["doubt"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_check_finds_what_a_submission_finds_and_writes_nothing()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var swings = await filer.Saves(await p.WithHistory("2026-05", 100_000, 104_000, 98_000), "2026-08", 40_000);
        var slips = await filer.Saves(await p.WithHistory("2026-05", 100_000, 104_000, 98_000), "2026-08", 10);
        var plain = await filer.Saves(await p.ApprovedScenario(), "2026-08", 7);

        var @checked = await filer.Posts("/api/v1/findings/check", new { filter = new { period = "2026-08" } });
        Assert.Equal((1, 2, 1), (@checked["passing"]!.GetValue<int>(), @checked["refused"]!.GetValue<int>(), @checked["ruleSet"]!.GetValue<int>()));
        Assert.Empty((await filer.Gets("/api/v1/findings"))["items"]!.AsArray());
        var decided = await filer.Posts("/api/v1/filings/submit", new { filter = new { period = "2026-08" } });
        foreach (var (id, i) in new[] { swings, slips, plain }.Select((id, i) => (id, i)))
        {
            var (would, did) = (@checked["items"]![i]!, decided["items"]![i]!);
            Assert.Equal(id, would["id"]!.GetValue<long>());
            Assert.Equal(did["outcome"]!.GetValue<string>(), would["outcome"]!.GetValue<string>());
            Assert.Equal((await filer.Findings(id)).Select(What).Order(StringComparer.Ordinal), would["findings"]!.AsArray().Select(What).Order(StringComparer.Ordinal));
        }
        Assert.Contains((await filer.Findings(slips)), f => f!["rule"]!.GetValue<string>() == "S-06");

        // What is said since shows in the next check, with its id.
        await filer.Explains(swings, Repairs);
        var again = await filer.Posts("/api/v1/findings/check", new { ids = new[] { swings, plain, 1 } });
        Assert.Equal(["submitted", "filing-not-draft", "filing-not-found"], again["items"]!.AsArray().Select(i => i!["outcome"]!.GetValue<string>()));
        Assert.Equal("explained", again["items"]![0]!["findings"]![0]!["state"]!.GetValue<string>());

        static string What(JsonNode? f) => $"{f!["rule"]} {f["measure"]} {f["severity"]} {f["state"]} {f["found"]} {f["right"]}";
    }

    [Fact]
    public async Task Findings_are_seen_by_subtree_and_narrowed_by_every_filter()
    {
        var p = await hub.Programme();
        var (a, b, regulator) = (await p.FilerA(), await p.FilerB(), await p.Regulator());
        var ofA = await a.Saves(await p.WithHistory("2026-05", 100_000, 104_000, 98_000), "2026-08", 40_000);
        await a.Submits(ofA);
        var ofB = await p.Files(await p.ApprovedScenario(p.SubsidiaryB), "2026-07", new { measure = "COST_SAVE", value = 5_000, target = 5_000 });
        var (swing, target) = ((await a.Findings(ofA)).Single()!["id"]!.GetValue<long>(), (await b.Findings(ofB)).Single()!["id"]!.GetValue<long>());

        Assert.Equal([target, swing], await Ids(regulator, ""));
        Assert.Equal([swing], await Ids(a, ""));
        Assert.Equal([target], await Ids(b, ""));
        Assert.Empty(await Ids(b, $"filing={ofA}"));
        Assert.Empty(await Ids(a, $"organization={p.GroupB}"));
        Assert.Equal([target], await Ids(regulator, $"organization={p.GroupB}"));
        Assert.Equal([target], await Ids(b, "state=open&severity=warning&rule=S-04&period=2026-07"));
        foreach (var none in new[] { "state=gone", "severity=error", "rule=S-01", "period=2026-08" }) Assert.Empty(await Ids(b, none));
        Assert.Equal([swing], await Ids(regulator, "severity=error"));
        Assert.Equal([target], await Ids(regulator, "rule=S-04"));
        Assert.Equal([target], await Ids(regulator, "period=2026-07"));
        Assert.Equal([target, swing], await Ids(regulator, "state=open"));
        Assert.Empty(await Ids(regulator, "state=open&rule=S-02"));
        Assert.Equal([swing], await Ids(regulator, $"filing={ofA}&state=open&severity=error&rule=S-01"));
        var first = await regulator.Gets("/api/v1/findings?limit=1");
        Assert.Equal([swing], await Ids(regulator, $"limit=1&after={first["next"]}"));
        foreach (var wrong in new[] { "state=odd", "severity=odd", "rule=X-1", "period=2026", "limit=0", "after=odd" }) await regulator.Gets($"/api/v1/findings?{wrong}", 400);
        Assert.Equal("2026-08", (await regulator.Sends(HttpMethod.Get, $"/api/v1/findings/{swing}", null, 200, language: "en"))["period"]!.GetValue<string>());
        Assert.Contains("the month before", (await regulator.Sends(HttpMethod.Get, $"/api/v1/findings/{swing}", null, 200, language: "en"))["found"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judging_takes_as_many_statements_for_two_hundred_filings_as_for_two()
    {
        var p = await hub.Programme();
        var scenarios = new List<long>();
        for (var i = 0; i < 10; i++) scenarios.Add(await p.ApprovedScenario());
        var months = Enumerable.Range(0, 20).Select(i => new Month(2025, 1).AddMonths(i)).ToArray();
        var admin = await p.SignedInAs("enterpriseAdmin", p.Root);
        // An actual figure that is its target: one finding of each.
        var saved = await p.Hub.Send(admin.UserId, new FileBatch([.. scenarios.SelectMany(s => months.Select(m => new FilingItem(ScenarioRef.Of(s), m.ToString(), [new FigureInput("COST_SAVE", Value: 100, Target: 100)])))]));
        var ids = saved.Select(s => s.Value.FilingId!.Value).ToArray();

        var few = await Statements(admin, ids[..2]);
        var many = await Statements(admin, ids[2..]);
        Assert.Equal(198, (await (await p.Regulator()).Gets("/api/v1/findings?limit=500&rule=S-04"))["items"]!.AsArray().Count - 2);
        Assert.Equal(few, many);
        Assert.Contains("RuleSql.Past", few);
        Assert.Equal(7, few.Count(s => s.StartsWith("RuleSql.", StringComparison.Ordinal) || s == "append finding"));
    }

    /// <summary>The statements one submission sends, in order; those of other tests beside it are of other traces.</summary>
    private async Task<string[]> Statements(Person filer, long[] ids)
    {
        var sent = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var root = new Activity("submission").Start();
        var trace = root.TraceId;
        using var listener = new ActivityListener { ShouldListenTo = s => s.Name == "ScenarioHub.Sql", Sample = (ref _) => ActivitySamplingResult.AllData, ActivityStarted = a => { if (a.TraceId == trace) sent.Enqueue(a.OperationName); } };
        ActivitySource.AddActivityListener(listener);
        Assert.Equal(ids.Length, (await hub.Send(filer.UserId, new SubmitFilings(new(Ids: ids)))).Done);
        return [.. sent];
    }

    private static async Task<long[]> Ids(Person person, string query) => [.. (await person.Gets($"/api/v1/findings?{query}"))["items"]!.AsArray().Select(f => f!["id"]!.GetValue<long>())];
}

/// <summary>The field's words for arranging what rules look at.</summary>
internal static class Ruled
{
    /// <summary>A scenario of 甲一公司 with approved savings, month after month from the first.</summary>
    public static async Task<long> WithHistory(this Programme p, string from, params decimal[] yuan)
    {
        var scenario = await p.ApprovedScenario();
        var month = Month.Parse(from);
        foreach (var value in yuan)
        {
            await p.ApprovesFilings(await p.Files(scenario, month.ToString(), new { measure = "COST_SAVE", value }));
            month = month.AddMonths(1);
        }
        return scenario;
    }

    public static async Task<long> Saves(this Person filer, long scenario, string period, decimal yuan) =>
        (await filer.Puts($"/api/v1/scenarios/{scenario}/filings/{period}", new { figures = new[] { new { measure = "COST_SAVE", value = yuan } } }))["id"]!.GetValue<long>();

    public static async Task<string> Submits(this Person filer, long id) => (await filer.Posts("/api/v1/filings/submit", new { ids = new[] { id } }))["items"]![0]!["outcome"]!.GetValue<string>();

    public static async Task<JsonArray> Findings(this Person person, long filing, string? state = null) =>
        (await person.Gets($"/api/v1/findings?filing={filing}{(state is null ? "" : "&state=" + state)}"))["items"]!.AsArray();

    public static async Task Explains(this Person filer, long filing, string text)
    {
        foreach (var finding in await filer.Findings(filing, "open")) await filer.Posts($"/api/v1/findings/{finding!["id"]}/explain", new { text });
    }
}
