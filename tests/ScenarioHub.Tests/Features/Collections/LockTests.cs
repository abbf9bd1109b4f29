using System.Text.Json.Nodes;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Collections;

public class LockTests(Hub hub)
{
    private static async Task<long> Locked(Programme p, JsonObject body)
    {
        body["dueOn"] = Called.Yesterday;
        var id = await p.Calls(body);
        Assert.Equal("collection-not-due", (await p.Steps(id, "lock", status: 409)).Code());
        await p.Strikes(id);
        Assert.Equal("locked", (await p.Steps(id, "lock"))["state"]!.GetValue<string>());
        return id;
    }

    private static async Task<JsonNode> Puts(Programme p, long scenario, string period, decimal value, string? reason, int status) =>
        await (await p.SignedInAs("enterpriseAdmin", p.Root)).Puts($"/api/v1/scenarios/{scenario}/filings/{period}", new { figures = new[] { Called.Figure(value) }, reason }, status);

    [Fact]
    public async Task A_step_that_takes_no_content_is_not_done_when_content_is_sent()
    {
        var p = await hub.Programme();
        var id = await p.Plans(Called.Body());
        Assert.Equal("body-not-taken", (await p.Steps(id, "open", new { validateOnly = true }, 400)).ErrorAt("/"));
        Assert.Equal("planned", (await p.Collection(id))["state"]!.GetValue<string>());
        await p.Steps(id, "open");
    }

    [Fact]
    public async Task In_a_locked_month_every_save_is_a_correction_with_a_reason_and_other_months_go_on()
    {
        var p = await hub.Programme();
        var (scenario, other) = (await p.Saves(), await p.Saves(p.SubsidiaryB));
        await Locked(p, Called.Body(p.GroupA, "2026-08", "2026-09"));

        Assert.Equal("period-locked-reason-missing", (await Puts(p, scenario, "2026-08", 5, null, 400)).ErrorAt("/reason"));
        Assert.Equal("period-locked-reason-missing", (await Puts(p, scenario, "2026-08", 5, "  ", 400)).ErrorAt("/reason"));
        await Puts(p, scenario, "2026-10", 5, null, 200);
        Assert.False((await Puts(p, other, "2026-08", 5, null, 200))["isCorrection"]!.GetValue<bool>());

        var saved = await Puts(p, scenario, "2026-08", 5, "漏报", 200);
        Assert.True(saved["isCorrection"]!.GetValue<bool>());
        Assert.True(saved["isLocked"]!.GetValue<bool>());
        Assert.Equal("漏报", (await Puts(p, scenario, "2026-08", 6, null, 200))["reason"]!.GetValue<string>());   // the reason of this correction stands
        await p.ApprovesFilings(await p.Files(scenario, "2026-08", "补报", Called.Figure(7)));

        var batch = await (await p.SignedInAs("enterpriseAdmin", p.Root)).Posts("/api/v1/filings/batch", new
        {
            items = new object[] { new { scenario, period = "2026-09", figures = new[] { Called.Figure() } }, new { scenario = other, period = "2026-09", figures = new[] { Called.Figure() } } }
        }, 207);
        Assert.Equal((400, "period-locked-reason-missing", 201), (batch["items"]![0]!["status"]!.GetValue<int>(), batch["items"]![0]!["problem"]!.ErrorAt("/items/0/reason"), batch["items"]![1]!["status"]!.GetValue<int>()));

        // It posts as a correction, though nothing was approved before.
        var cells = await (await p.Regulator()).Gets("/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026-08&to=2026-08");
        var handle = cells["cells"]!.AsArray().Single(c => c!["value"]?.GetValue<decimal>() == 7m)!["handle"]!.GetValue<string>();
        var entries = await (await p.Regulator()).Gets($"/api/v1/rollups/explain?handle={Uri.EscapeDataString(handle)}");
        Assert.Contains("\"corrected\"", entries.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_from_before_the_lock_is_submitted_only_when_saved_again_with_a_reason_and_what_was_under_review_is_decided()
    {
        var p = await hub.Programme();
        var (drafted, submitted) = (await p.Saves(), await p.Saves());
        var draft = (await Puts(p, drafted, "2026-08", 5, "锁定前的说明", 200))["id"]!.GetValue<long>();
        var review = await p.Files(submitted, "2026-08", Called.Figure());
        await Locked(p, Called.Body());

        var filer = await p.SignedInAs("enterpriseAdmin", p.Root);
        var refused = await filer.Posts("/api/v1/filings/submit", new { ids = new[] { draft } });
        Assert.Equal((0, "period-locked", "draft"), (refused["done"]!.GetValue<int>(), refused["items"]![0]!["outcome"]!.GetValue<string>(), refused["items"]![0]!["state"]!.GetValue<string>()));
        Assert.Equal("period-locked-reason-missing", (await Puts(p, drafted, "2026-08", 6, null, 400)).ErrorAt("/reason"));
        Assert.True((await Puts(p, drafted, "2026-08", 5, "补报", 200))["isCorrection"]!.GetValue<bool>());
        Assert.Equal(1, (await filer.Posts("/api/v1/filings/submit", new { ids = new[] { draft } }))["done"]!.GetValue<int>());
        await p.ApprovesFilings(review, draft);
    }

    [Fact]
    public async Task A_lock_is_lifted_with_a_reason_and_another_lock_over_the_month_stays()
    {
        var p = await hub.Programme();
        var scenario = await p.Saves();
        var sector = Called.Body();
        sector["sectors"] = new JsonArray("ENERGY_POWER");
        var (one, two) = (await Locked(p, sector), await Locked(p, Called.Body(p.GroupA)));
        Assert.Equal("collection-ended", (await p.Steps(one, "cancel", new { reason = "不要" }, 409)).Code());
        Assert.Equal("required", (await p.Steps(one, "unlock", new { }, 400)).ErrorAt("/reason"));
        Assert.Equal("due", (await p.Steps(one, "unlock", new { reason = "补报窗口" }))["state"]!.GetValue<string>());
        await Puts(p, scenario, "2026-08", 5, null, 400);
        await p.Steps(two, "unlock", new { reason = "补报窗口" });
        await Puts(p, scenario, "2026-08", 5, null, 200);
        await p.Strikes(one);
        Assert.Equal("due", (await p.Collection(one))["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task Only_the_sectors_of_the_collection_are_locked()
    {
        var p = await hub.Programme();
        var (power, rail) = (await p.Saves(division: "44"), await p.Saves(division: "36"));
        var body = Called.Body();
        body["sectors"] = new JsonArray("ENERGY_POWER");
        await Locked(p, body);
        await Puts(p, power, "2026-08", 5, null, 400);
        await Puts(p, rail, "2026-08", 5, null, 200);
    }
}
