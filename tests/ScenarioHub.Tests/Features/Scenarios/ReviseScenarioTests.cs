using System.Text.Json.Nodes;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Scenarios;

public class ReviseScenarioTests(Hub hub)
{
    private const string Path = "/api/v1/scenarios";

    [Fact]
    public async Task A_change_needs_the_version_it_is_based_on()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var id = await filer.Adds(Path, p.Scenario());
        Assert.Equal("if-match-missing", (await filer.Patches($"{Path}/{id}", new { summary = "新" }, null, 428)).Code());
        Assert.Equal("新", (await filer.Patches($"{Path}/{id}", new { summary = "新" }, 1))["summary"]!.GetValue<string>());
        var stale = await filer.Patches($"{Path}/{id}", new { summary = "旧" }, 1, 412);
        Assert.Equal(("stale-version", 2), (stale.Code(), stale["currentVersion"]!.GetValue<int>()));
        Assert.Null((await filer.Patches($"{Path}/{id}", new JsonObject { ["summary"] = null }, 2))["summary"]);
        Assert.Equal("unknown-field", (await filer.Patches($"{Path}/{id}", new { sumary = "x" }, 3, 400)).ErrorAt("/sumary"));
        Assert.Equal("\"3\"", (await filer.Http.GetAsync($"{Path}/{id}")).Headers.ETag!.Tag);
    }

    [Fact]
    public async Task A_change_that_changes_nothing_makes_no_version()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var id = await p.ApprovedScenario(capex: 100m);
        var same = await filer.Patches($"{Path}/{id}", "{\"capexTotalCny\": 100.00, \"modelName\": \"\", \"datasets\": []}", 3);
        Assert.Equal(("approved", 3), (same["state"]!.GetValue<string>(), same["version"]!.GetValue<int>()));
    }

    [Fact]
    public async Task The_history_tells_who_changed_which_field_from_what_to_what()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var id = await filer.Adds(Path, p.Scenario(capex: 100m));
        await filer.Patches($"{Path}/{id}", new JsonObject { ["capexTotalCny"] = 250.5m, ["modelName"] = "九天", ["critEconomicReason"] = null }, 1);
        var (zh, en) = (await filer.Gets($"{Path}/{id}/history"), await filer.Sends(HttpMethod.Get, $"{Path}/{id}/history", null, 200, language: "en"));
        var version = zh["items"]![0]!;
        Assert.Equal((2, "revised", "draft", "filer-a", filer.UserId), (version["version"]!.GetValue<int>(), version["event"]!.GetValue<string>(), version["state"]!.GetValue<string>(), version["userName"]!.GetValue<string>(), version["userId"]!.GetValue<long>()));
        var changes = version["changes"]!.AsArray().ToDictionary(c => c!["field"]!.GetValue<string>(), c => c!);
        Assert.Equal(["capexTotalCny", "critEconomicReason", "modelName"], changes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((100m, 250.5m), (changes["capexTotalCny"]["from"]!.GetValue<decimal>(), changes["capexTotalCny"]["to"]!.GetValue<decimal>()));
        Assert.Null(changes["modelName"]["from"]);
        Assert.Null(changes["critEconomicReason"]["to"]);
        Assert.Equal("模型名称", changes["modelName"]["label"]!.GetValue<string>());
        Assert.Contains(en["items"]![0]!["changes"]!.AsArray(), c => c!["label"]!.GetValue<string>() == "Model name");
        Assert.Equal("registered", zh["items"]![1]!["event"]!.GetValue<string>());
        var first = await filer.Gets($"{Path}/{id}/history?limit=1");
        Assert.Equal(1, (await filer.Gets($"{Path}/{id}/history?limit=1&after={first["next"]}"))["items"]![0]!["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task Another_tenant_and_another_subtree_find_nothing_to_read_or_change()
    {
        var (p, other) = (await hub.Programme(), await hub.Programme());
        var id = await p.ApprovedScenario();
        foreach (var stranger in new[] { await p.FilerB(), await other.FilerOfAll() })
        {
            Assert.Equal("scenario-not-found", (await stranger.Gets($"{Path}/{id}", 404)).Code());
            await stranger.Gets($"{Path}/{id}/history", 404);
            await stranger.Patches($"{Path}/{id}", new { summary = "x" }, 3, 404);
            await stranger.Posts($"{Path}/{id}/submit", new { version = 3 }, 404);
            await stranger.Posts($"{Path}/{id}/withdraw", new { version = 3 }, 404);
        }
        foreach (var step in new[] { "approve", "return", "retire" }) await (await other.Regulator()).Posts($"{Path}/{id}/{step}", new { version = 3 }, 404);
    }

    [Fact]
    public async Task Of_sixteen_changes_based_on_one_version_exactly_one_is_kept()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var id = await filer.Adds(Path, p.Scenario());
        var statuses = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, $"{Path}/{id}") { Content = System.Net.Http.Json.JsonContent.Create(new { summary = $"第 {i} 种" }) };
            request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
            return (int)(await filer.Http.SendAsync(request)).StatusCode;
        }));
        Assert.Single(statuses, s => s == 200);
        Assert.Equal(15, statuses.Count(s => s == 412));
    }

    [Fact]
    public async Task External_keys_are_added_and_never_taken_away_or_given_to_another()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var (a, b) = (await filer.Adds(Path, p.Scenario()), await filer.Adds(Path, p.Scenario()));
        var key = new { source = "SAP", key = "P/1 䶮" };
        Assert.Equal("P/1 䶮", (await filer.Patches($"{Path}/{a}", new { externalKeys = new[] { key } }, 1))["externalKeys"]![0]!["key"]!.GetValue<string>());
        Assert.Equal("external-key-stays", (await filer.Patches($"{Path}/{a}", new { externalKeys = Array.Empty<object>() }, 2, 400)).ErrorAt("/externalKeys"));
        Assert.Equal("external-key-taken", (await filer.Patches($"{Path}/{b}", new { externalKeys = new[] { key } }, 1, 409)).Code());
        Assert.Equal(a, (await filer.Gets($"{Path}/by-key/SAP/{Uri.EscapeDataString("P/1 䶮")}"))["id"]!.GetValue<long>());
        Assert.Equal("keysAdded", (await filer.Gets($"{Path}/{a}/history"))["items"]![0]!["event"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_name_taken_meanwhile_is_refused()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        await filer.Adds(Path, p.Scenario(name: "智能巡检"));
        var id = await filer.Adds(Path, p.Scenario());
        Assert.Equal("scenario-name-taken", (await filer.Patches($"{Path}/{id}", new { name = "智能巡检" }, 1, 409)).Code());
    }
}
