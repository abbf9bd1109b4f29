using System.Text.Json.Nodes;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Rules;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Rules;

/// <summary>What a rule set would find, asked before it takes effect.</summary>
public class RehearsalTests(Hub hub)
{
    [Fact]
    public async Task It_counts_what_both_sets_find_and_changes_nothing()
    {
        var (p, set) = await Portfolio();
        var admin = await p.Admin();
        var rehearsal = await Asked(p, set);
        Assert.Equal(("queued", 0), (rehearsal["state"]!.GetValue<string>(), rehearsal["progress"]!.GetValue<int>()));
        await Works(p, Id(rehearsal));

        var done = await admin.Gets($"/api/v1/rehearsals/{rehearsal["id"]}");
        Assert.Equal(("done", 100, 9, 9), (done["state"]!.GetValue<string>(), done["progress"]!.GetValue<int>(), done["filings"]!.GetValue<int>(), done["judged"]!.GetValue<int>()));
        // S-04 no longer looks, S-01 begins at 3 %: it finds swings of 4 and 6 %, and what stands.
        var (swings, targets) = (Line(done, "rules", "S-01"), Line(done, "rules", "S-04"));
        Assert.Equal((2, 0, 2, 0), Numbers(swings));
        Assert.Equal((0, 1, 0, 1), Numbers(targets));
        Assert.Equal((2, 1, 2, 1), Numbers(done["total"]!));
        Assert.Equal((2, 0), (done["refused"]!.GetValue<int>(), done["refusedInForce"]!.GetValue<int>()));
        Assert.Equal((2, 0, 2, 0), Numbers(Line(done, "organizations", p.GroupA.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal((0, 1, 0, 1), Numbers(Line(done, "organizations", p.GroupB.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal((2, 0, 2, 0), Numbers(Line(done, "severities", "error")));
        Assert.Equal(2, done["sectors"]!.AsArray().Count);
        Assert.Equal(["newly", "newly", "noLonger"], done["examples"]!.AsArray().Select(x => x!["difference"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.Single((await admin.Gets("/api/v1/findings"))["items"]!.AsArray());
        await admin.Posts($"/api/v1/rehearsals/{rehearsal["id"]}/cancel", null, 409);
    }

    [Fact]
    public async Task Killed_anywhere_and_taken_up_again_it_counts_every_filing_once()
    {
        var (p, set) = await Portfolio();
        var admin = await p.Admin();
        var whole = Id(await Asked(p, set));
        await Works(p, whole);
        var expected = await Counted(admin, whole);

        foreach (var before in new[] { 1, 2, 5, 8 })
        {
            var id = Id(await Asked(p, set));
            await Works(p, id, chunk: 1, chunks: before);
            Assert.Equal(("queued", before), (await State(admin, id), (await admin.Gets($"/api/v1/rehearsals/{id}"))["judged"]!.GetValue<int>()));
            // Dead in the middle: its lease still runs, and nobody else may have it; then it is over.
            await p.Tamper("UPDATE rehearsal SET state = 'running', lease_owner = 'dead', lease_until = @until WHERE tenant_id = @t AND rehearsal_id = @id", new { id, until = "2026-11-16T08:00:30.000Z" });
            await Works(p, id);
            Assert.Equal(before, (await admin.Gets($"/api/v1/rehearsals/{id}"))["judged"]!.GetValue<int>());
            await p.Tamper("UPDATE rehearsal SET lease_until = @until WHERE tenant_id = @t AND rehearsal_id = @id", new { id, until = "2026-11-16T07:59:00.000Z" });
            await Works(p, id, chunk: 2);
            Assert.Equal(expected, await Counted(admin, id));
        }

        // Two workers at once: one of them has it.
        var both = Id(await Asked(p, set));
        await Task.WhenAll(Works(p, both, chunk: 1), Works(p, both, chunk: 1));
        Assert.Equal(expected, await Counted(admin, both));
        await Works(p, both);
        Assert.Equal(expected, await Counted(admin, both));
    }

    [Fact]
    public async Task The_clock_takes_up_what_nobody_works_on_and_a_cancelled_one_stays_cancelled()
    {
        using var own = new WorkingHub();
        var p = await own.Programme();
        var admin = await p.Admin();
        await p.WithHistory("2026-05", 100_000, 104_000, 98_000);
        var set = await admin.Adds("/api/v1/rule-sets", new { });
        var id = Id(await Asked(p, set));
        for (var i = 0; i < 200 && await State(admin, id) != "done"; i++) await Task.Delay(100);
        Assert.Equal("done", await State(admin, id));

        var left = await hub.Programme();
        var other = await left.Admin();
        var cancelled = Id(await Asked(left, await other.Adds("/api/v1/rule-sets", new { })));
        Assert.Equal("cancelled", (await other.Posts($"/api/v1/rehearsals/{cancelled}/cancel", null))["state"]!.GetValue<string>());
        await Works(left, cancelled);
        Assert.Equal("cancelled", await State(other, cancelled));

        await own.Services.GetRequiredService<RuleJobs>().DropLeases(default);
        await own.Services.GetRequiredService<RuleJobs>().PickUp(default);
    }

    [Fact]
    public async Task Who_asked_and_is_gone_leaves_no_run_behind_and_ranges_are_months()
    {
        var p = await hub.Programme();
        var admin = await p.Admin();
        var set = await admin.Adds("/api/v1/rule-sets", new { });
        var group = await p.SignedInAs("regulatorAdmin", p.GroupA);
        var id = (await group.Posts($"/api/v1/rule-sets/{set}/rehearse", new { from = "2026-01", to = "2026-10" }, 202))["id"]!.GetValue<long>();
        await p.Tamper("UPDATE app_user SET is_disabled = 1 WHERE tenant_id = @t AND user_id = @user", new { user = group.UserId });
        await Works(p, id);
        Assert.Equal("failed", await State(admin, id));
        foreach (var (from, to) in new[] { ("2026", "2026-02"), ("2026-02", "2026-01"), ("2020-01", "2025-01") }) await admin.Posts($"/api/v1/rule-sets/{set}/rehearse", new { from, to }, 400);
    }

    private sealed class WorkingHub : Hub { protected override int JobWorkers => 1; }

    /// <summary>Nine filings: seven of 甲一公司, two of 乙一公司; one warning under the built-in set. And a draft that finds other things.</summary>
    private async Task<(Programme, long Set)> Portfolio()
    {
        var p = await hub.Programme();
        await p.WithHistory("2026-04", 100_000, 101_000, 102_000, 106_080, 99_716);   // +4 %, -6 %
        await p.WithHistory("2026-04", 50_000, 50_500);
        var b = await p.ApprovedScenario(p.SubsidiaryB, division: "36");
        await p.ApprovesFilings(await p.Files(b, "2026-04", new { measure = "COST_SAVE", value = 5_000, target = 5_000 }));
        await p.Files(b, "2026-05", new { measure = "COST_SAVE", value = 5_001 });
        var set = await (await p.Admin()).Adds("/api/v1/rule-sets", new { rules = new Dictionary<string, object> { ["S-01"] = new { parameters = new { percent = 3 } }, ["S-04"] = new { enabled = false } } });
        return (p, set);
    }

    private static async Task<JsonNode> Asked(Programme p, long set) => await (await p.Admin()).Posts($"/api/v1/rule-sets/{set}/rehearse", new { from = "2026-01", to = "2026-10" }, 202);

    /// <summary>A worker's turn, as the job gives it.</summary>
    private static async Task Works(Programme p, long id, int chunk = 1000, int chunks = 200)
    {
        await using var scope = p.Hub.Services.CreateAsyncScope();
        Assert.True((await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new RunRehearsal(p.TenantId, id, chunk, chunks))).Ok);
    }

    private static async Task<string> State(Person person, long id) => (await person.Gets($"/api/v1/rehearsals/{id}"))["state"]!.GetValue<string>();

    private static async Task<string> Counted(Person person, long id)
    {
        var view = await person.Gets($"/api/v1/rehearsals/{id}");
        Assert.Equal("done", view["state"]!.GetValue<string>());
        return string.Join("\n", new[] { "judged", "refused", "refusedInForce", "total", "rules", "severities", "sectors", "organizations", "examples" }.Select(part => view[part]!.ToJsonString()));
    }

    private static long Id(JsonNode rehearsal) => rehearsal["id"]!.GetValue<long>();

    private static JsonNode Line(JsonNode view, string by, string key) => view[by]!.AsArray().Single(c => c!["key"]!.GetValue<string>() == key)!;

    private static (int, int, int, int) Numbers(JsonNode c) => (c["found"]!.GetValue<int>(), c["foundInForce"]!.GetValue<int>(), c["newly"]!.GetValue<int>(), c["noLonger"]!.GetValue<int>());
}
