using System.Text.Json.Nodes;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Scenarios;

public class SaveScenariosTests(Hub hub)
{
    private const string Path = "/api/v1/scenarios";

    [Fact]
    public async Task A_key_creates_then_updates_and_the_same_again_changes_nothing()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var sent = p.Scenario();
        var created = await filer.Puts($"{Path}/by-key/YonBIP/X-1", sent, 201);
        Assert.Equal((1, "X-1"), (created["version"]!.GetValue<int>(), created["externalKeys"]![0]!["key"]!.GetValue<string>()));
        Assert.Equal(1, (await filer.Puts($"{Path}/by-key/YonBIP/X-1", sent))["version"]!.GetValue<int>());
        sent["summary"] = "新版";
        var updated = await filer.Puts($"{Path}/by-key/YonBIP/X-1", sent);
        Assert.Equal((2, created["id"]!.GetValue<long>(), created["code"]!.GetValue<string>()), (updated["version"]!.GetValue<int>(), updated["id"]!.GetValue<long>(), updated["code"]!.GetValue<string>()));
        Assert.Equal("stale-version", (await filer.Puts($"{Path}/by-key/YonBIP/X-1", sent, 412, ifMatch: 1)).Code());
        await filer.Gets($"{Path}/by-key/YonBIP/X-2", 404);
    }

    [Fact]
    public async Task The_same_again_is_no_change_in_any_state_and_another_content_is_while_it_may_be()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var sent = p.Scenario();
        var id = (await filer.Puts($"{Path}/by-key/SAP/1", sent, 201))["id"]!.GetValue<long>();
        await filer.Posts($"{Path}/{id}/submit", new { version = 1 });
        Assert.Equal(("submitted", 2), State(await filer.Puts($"{Path}/by-key/SAP/1", sent)));
        var other = sent.DeepClone();
        other["summary"] = "新版";
        Assert.Equal("scenario-under-review", (await filer.Puts($"{Path}/by-key/SAP/1", other, 409)).Code());
        await (await p.Regulator()).Posts($"{Path}/{id}/approve", new { version = 2 });
        Assert.Equal(("approved", 3), State(await filer.Puts($"{Path}/by-key/SAP/1", sent)));
        Assert.Equal(("draft", 4), State(await filer.Puts($"{Path}/by-key/SAP/1", other)));
    }

    [Fact]
    public async Task An_If_Match_that_names_no_version_of_ours_matches_nothing()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var sent = p.Scenario();
        Assert.Equal("stale-version", (await filer.Puts($"{Path}/by-key/SAP/I-1", sent, 412, ifMatch: 3)).Code());
        await filer.Gets($"{Path}/by-key/SAP/I-1", 404);
        await filer.Puts($"{Path}/by-key/SAP/I-1", sent, 201);
        sent["summary"] = "新版";
        foreach (var named in new[] { "*", "\"x\"", "\"1\", \"2\"" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, $"{Path}/by-key/SAP/I-1") { Content = System.Net.Http.Json.JsonContent.Create(sent) };
            request.Headers.TryAddWithoutValidation("If-Match", named);
            Assert.Equal("stale-version", (await Answer.Of(await filer.Http.SendAsync(request), 412)).Code());
        }
        Assert.Equal(1, (await filer.Gets($"{Path}/by-key/SAP/I-1"))["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task Findings_by_key_count_the_keys_as_the_body_does()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var sent = p.Scenario();
        sent["externalKeys"] = new System.Text.Json.Nodes.JsonArray(null, new System.Text.Json.Nodes.JsonObject { ["source"] = "SAP\n", ["key"] = "1" });
        var problem = await filer.Puts($"{Path}/by-key/SAP/P-1", sent, 400);
        Assert.Equal(("required", "external-key-spelling"), (problem.ErrorAt("/externalKeys/0"), problem.ErrorAt("/externalKeys/1/source")));
        sent.Remove("externalKeys");
        Assert.Equal("external-key-spelling", (await filer.Puts($"{Path}/by-key/S%20P/1", sent, 400)).ErrorAt("?source"));
        sent["sourceUrl"] = "javascript:alert(1)";
        sent["publishedOn"] = "2025\n";
        problem = await filer.Puts($"{Path}/by-key/SAP/P-1", sent, 400);
        Assert.Equal(("web-address-spelling", "period-spelling"), (problem.ErrorAt("/sourceUrl"), problem.ErrorAt("/publishedOn")));
    }

    [Fact]
    public async Task One_key_sent_many_times_at_once_makes_one_scenario()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var sent = p.Scenario().ToJsonString();
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var body = new StringContent(sent, System.Text.Encoding.UTF8, "application/json");
            var response = await filer.Http.PutAsync($"{Path}/by-key/SAP/N-1", body);
            return (await Answer.Of(response, (int)response.StatusCode is 201 ? 201 : 200))["id"]!.GetValue<long>();
        }));
        Assert.Single(ids.Distinct());
    }

    [Fact]
    public async Task A_key_of_another_subtree_is_taken_and_not_shown()
    {
        var p = await hub.Programme();
        await (await p.FilerA()).Puts($"{Path}/by-key/SAP/1", p.Scenario(), 201);
        var stranger = await p.FilerB();
        await stranger.Gets($"{Path}/by-key/SAP/1", 404);
        Assert.Equal("external-key-taken", (await stranger.Puts($"{Path}/by-key/SAP/1", p.Scenario(p.SubsidiaryB), 409)).Code());
        var other = await hub.Programme();
        await (await other.FilerA()).Puts($"{Path}/by-key/SAP/1", other.Scenario(), 201);
    }

    [Fact]
    public async Task A_new_key_is_given_to_the_scenario_whose_code_the_body_names()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var sent = p.Scenario();
        sent["code"] = "HAND-1";
        var id = await filer.Adds(Path, sent);
        Assert.Equal(id, (await filer.Puts($"{Path}/by-key/SAP/H1", sent))["id"]!.GetValue<long>());
        Assert.Equal(id, (await filer.Gets($"{Path}/by-key/SAP/H1"))["id"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_batch_answers_each_item_in_order_and_a_bad_one_does_not_touch_the_others()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var known = p.Scenario();
        await filer.Puts($"{Path}/by-key/SAP/K", known, 201);
        JsonObject Keyed(string key, Action<JsonObject>? change = null)
        {
            var item = (JsonObject)(key == "K" ? known.DeepClone() : p.Scenario());
            item["externalKeys"] = new JsonArray(new JsonObject { ["source"] = "SAP", ["key"] = key });
            change?.Invoke(item);
            return item;
        }
        var items = new JsonArray(
            Keyed("N1"), Keyed("K"), Keyed("B1", i => i["critEconomic"] = 9), Keyed("B2", i => i["nmae"] = "x"), Keyed("N1"), Keyed("N2", i => i["name"] = known["name"]!.DeepClone()), "no object", Keyed("N3"));
        var body = new JsonObject { ["items"] = items };

        var dry = await filer.Posts($"{Path}/batch?validateOnly=true", body, 207);
        await filer.Gets($"{Path}/by-key/SAP/N1", 404);
        var real = await filer.Posts($"{Path}/batch", body, 207);
        Assert.Equal([201, 200, 400, 400, 409, 409, 400, 201], real["items"]!.AsArray().Select(i => i!["status"]!.GetValue<int>()));
        Assert.Equal(["created", "unchanged", null, null, null, null, null, "created"], real["items"]!.AsArray().Select(i => i!["outcome"]?.GetValue<string>()));
        Assert.Equal("too-large", real["items"]![2]!["problem"]!.ErrorAt("/critEconomic"));
        Assert.Equal("SAP:B1", real["items"]![2]!["problem"]!["errors"]![0]!["externalKey"]!.GetValue<string>());
        Assert.Equal("unknown-field", real["items"]![3]!["problem"]!.ErrorAt("/nmae"));
        Assert.Equal(["batch-item-twice", "scenario-name-taken", "invalid"], new[] { 4, 5, 6 }.Select(i => real["items"]![i]!["problem"]!.Code()));
        Assert.Equal(Findings(real), Findings(dry));
        Assert.Equal(real["items"]![7]!["id"]!.GetValue<long>(), (await filer.Gets($"{Path}/by-key/SAP/N3"))["id"]!.GetValue<long>());
        // Sent again, nothing doubles.
        Assert.Equal(["unchanged", "unchanged"], (await filer.Posts($"{Path}/batch", new JsonObject { ["items"] = new JsonArray(items[0]!.DeepClone(), items[7]!.DeepClone()) }, 207))["items"]!.AsArray().Select(i => i!["outcome"]!.GetValue<string>()));

        static string[] Findings(JsonNode answer) => [.. answer["items"]!.AsArray().Select(i => $"{i!["status"]} {i["problem"]?["code"]} {i["problem"]?["errors"]?.ToJsonString()}")];
    }

    [Fact]
    public async Task A_batch_has_bounds_and_its_parameters_are_known()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        Assert.Equal("required", (await filer.Posts($"{Path}/batch", new { items = Array.Empty<object>() }, 400)).ErrorAt("/items"));
        Assert.Equal("batch-too-large", (await filer.Posts($"{Path}/batch", new { items = Enumerable.Repeat(new { }, 1001) }, 413)).Code());
        Assert.Equal("unknown-parameter", (await filer.Posts($"{Path}/batch?validateonly_=true", new { items = new[] { new { } } }, 400)).ErrorAt("?validateonly_"));
    }

    [Fact]
    public async Task A_thousand_scenarios_go_in_one_batch()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var answer = await filer.Posts($"{Path}/batch", new JsonObject { ["items"] = new JsonArray([.. Enumerable.Range(0, 1000).Select(_ => p.Scenario())]) }, 207);
        Assert.Equal(1000, answer["items"]!.AsArray().Count(i => i!["status"]!.GetValue<int>() == 201));
        Assert.Equal(1000, answer["items"]!.AsArray().Select(i => i!["code"]!.GetValue<string>()).Distinct().Count());
        Assert.Equal(1000, (await filer.Gets($"{Path}?limit=1&count=true"))["count"]!.GetValue<long>());
    }

    private static (string, int) State(JsonNode view) => (view["state"]!.GetValue<string>(), view["version"]!.GetValue<int>());
}
