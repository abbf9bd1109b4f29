using System.Text.Json.Nodes;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Rules;

public class RuleSetTests(Hub hub)
{
    [Fact]
    public async Task The_catalog_names_every_rule_of_the_set_in_force_in_both_languages()
    {
        var p = await hub.Programme();
        var catalog = await (await p.FilerA()).Gets("/api/v1/catalog/rules");
        Assert.Equal(1, catalog["ruleSet"]!.GetValue<int>());
        Assert.Null(catalog["ruleSetId"]);
        var swing = Rule(catalog, "S-01");
        Assert.Equal(("环比波动", "Swing from month to month", "error", true), (swing["nameZh"]!.GetValue<string>(), swing["nameEn"]!.GetValue<string>(), swing["severity"]!.GetValue<string>(), swing["enabled"]!.GetValue<bool>()));
        Assert.Equal(30, swing["parameters"]![0]!["value"]!.GetValue<decimal>());
        Assert.Equal(22, catalog["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_set_takes_effect_on_its_day_and_what_was_judged_before_stays_as_it_was()
    {
        using var own = new Hub();   // its clock is moved
        var p = await own.Programme();
        var (admin, filer) = (await p.Admin(), await p.FilerA());
        var scenario = await p.WithHistory("2026-05", 100_000, 104_000, 98_000);
        var id = await filer.Saves(scenario, "2026-08", 65_000);   // 34 % down
        Assert.Equal("finding-needs-explanation", await filer.Submits(id));

        var draft = await admin.Posts("/api/v1/rule-sets", new { note = "放宽环比", rules = new Dictionary<string, object> { ["S-01"] = new { parameters = new { percent = 40 } } } }, 201);
        var set = draft["id"]!.GetValue<long>();
        Assert.Equal((2, "draft", false), (draft["number"]!.GetValue<int>(), draft["state"]!.GetValue<string>(), draft["inForce"]!.GetValue<bool>()));
        var published = await admin.Posts($"/api/v1/rule-sets/{set}/publish", new { effectiveOn = "2026-11-18" });
        Assert.Equal(("published", "2026-11-18"), (published["state"]!.GetValue<string>(), published["effectiveOn"]!.GetValue<string>()));
        Assert.Equal("finding-needs-explanation", await filer.Submits(id));
        Assert.Equal(1, (await filer.Gets("/api/v1/catalog/rules"))["ruleSet"]!.GetValue<int>());

        own.Clock.Step(TimeSpan.FromHours(31.9));   // 23:54 of the 17th in Beijing; who signed in before is signed out by then
        (admin, filer) = (await Person.SignIn(own, p.Name + ".admin"), await Person.SignIn(own, p.Name + ".filer-a"));
        Assert.Equal("finding-needs-explanation", await filer.Submits(id));
        own.Clock.Step(TimeSpan.FromHours(0.2));
        Assert.Equal(2, (await filer.Gets("/api/v1/catalog/rules"))["ruleSet"]!.GetValue<int>());
        Assert.True((await admin.Gets("/api/v1/rule-sets"))["items"]![0]!["inForce"]!.GetValue<bool>());
        Assert.Equal("submitted", await filer.Submits(id));
        var finding = (await filer.Findings(id)).Single()!;
        Assert.Equal(("gone", 1), (finding["state"]!.GetValue<string>(), finding["ruleSet"]!.GetValue<int>()));

        // The next draft starts from the set in force, not from the built-in one.
        var next = await admin.Posts("/api/v1/rule-sets", new { rules = new Dictionary<string, object> { ["S-02"] = new { enabled = false } } }, 201);
        Assert.Equal(40, Rule(next, "S-01", "rules")["parameters"]![0]!["value"]!.GetValue<decimal>());
        Assert.False(Rule(next, "S-02", "rules")["enabled"]!.GetValue<bool>());
        // Of two with the same day the later number.
        await admin.Posts($"/api/v1/rule-sets/{next["id"]}/publish", new { effectiveOn = "2026-11-18" });
        Assert.Equal(3, (await filer.Gets("/api/v1/catalog/rules"))["ruleSet"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_weight_changed_by_the_set_in_force_turns_an_error_into_a_warning_and_keeps_what_was_explained()
    {
        var p = await hub.Programme();
        var (admin, filer) = (await p.Admin(), await p.FilerA());
        var id = await filer.Saves(await p.WithHistory("2026-05", 100_000, 104_000, 98_000), "2026-08", 40_000);
        await filer.Submits(id);
        await filer.Explains(id, "2 号机组 9 月检修 12 天,发电量减少。");
        var set = await admin.Adds("/api/v1/rule-sets", new { rules = new Dictionary<string, object> { ["S-01"] = new { severity = "warning" } } });
        await admin.Posts($"/api/v1/rule-sets/{set}/publish", new { effectiveOn = "2026-11-16" });
        Assert.Equal("submitted", await filer.Submits(id));
        var now = (await filer.Findings(id, "explained")).Single()!;
        Assert.Equal(("warning", 2), (now["severity"]!.GetValue<string>(), now["ruleSet"]!.GetValue<int>()));
        Assert.Contains("检修", now["explanation"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_changed_by_merge_patch_and_a_published_set_never_again()
    {
        var p = await hub.Programme();
        var admin = await p.Admin();
        var set = await admin.Adds("/api/v1/rule-sets", new { note = "草案", rules = new Dictionary<string, object> { ["S-01"] = new { severity = "warning", parameters = new { percent = 50 } } } });
        var path = $"/api/v1/rule-sets/{set}";
        await admin.Patches(path, new { note = "二稿" }, null, 428);
        await admin.Patches(path, new { note = "二稿" }, 9, 412);
        var second = await admin.Patches(path, new { note = "二稿", rules = new Dictionary<string, object> { ["S-03"] = new { parameters = new { percent = 500 } } } }, 1);
        Assert.Equal(("二稿", 2, "warning", 500m), (second["note"]!.GetValue<string>(), second["version"]!.GetValue<int>(), Rule(second, "S-01", "rules")["severity"]!.GetValue<string>(), Rule(second, "S-03", "rules")["parameters"]![0]!["value"]!.GetValue<decimal>()));
        var third = await admin.Patches(path, """{"note":null,"rules":{"S-01":null}}""", 2);
        Assert.Null(third["note"]);
        Assert.Equal("error", Rule(third, "S-01", "rules")["severity"]!.GetValue<string>());

        var wrong = await admin.Patches(path, """{"rules":{"S-99":{},"S-01":{"severity":"odd","parameters":{"percent":-1}}}}""", 3, 400);
        Assert.Equal(["/rules/S-01/parameters/percent", "/rules/S-01/severity", "/rules/S-99"], wrong["errors"]!.AsArray().Select(e => e!["pointer"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        await admin.Patches(path, new { notes = "x" }, 3, 400);
        await admin.Patches(path, new { note = new string('字', 1001) }, 3, 400);

        await admin.Posts(path + "/publish", new { effectiveOn = "2026-11-15" }, 400);
        await admin.Posts(path + "/publish", new { effectiveOn = "2027-01-01" });
        await admin.Posts(path + "/publish", new { effectiveOn = "2026-12-01" }, 409);
        await admin.Patches(path, new { note = "三稿" }, 4, 409);
        var page = await admin.Gets("/api/v1/rule-sets?limit=1");
        Assert.Equal(set, page["items"]![0]!["id"]!.GetValue<long>());
        await admin.Gets("/api/v1/rule-sets?after=odd", 400);
    }

    [Fact]
    public async Task Rule_sets_are_made_at_the_root_read_by_all_of_the_programme_and_unknown_elsewhere()
    {
        var (p, other) = (await hub.Programme(), await hub.Programme());
        var (admin, group, filer) = (await p.Admin(), await p.SignedInAs("regulatorAdmin", p.GroupA), await p.FilerB());
        var set = await admin.Adds("/api/v1/rule-sets", new { });
        await filer.Gets($"/api/v1/rule-sets/{set}");
        await filer.Posts("/api/v1/rule-sets", new { }, 403);
        await group.Posts("/api/v1/rule-sets", new { }, 403);
        await group.Patches($"/api/v1/rule-sets/{set}", new { note = "x" }, 1, 403);
        await group.Posts($"/api/v1/rule-sets/{set}/publish", new { effectiveOn = "2026-12-01" }, 403);
        var stranger = await other.Admin();
        await stranger.Gets($"/api/v1/rule-sets/{set}", 404);
        await stranger.Patches($"/api/v1/rule-sets/{set}", new { note = "x" }, 1, 404);
        await stranger.Posts($"/api/v1/rule-sets/{set}/publish", new { effectiveOn = "2026-12-01" }, 404);
        await stranger.Posts($"/api/v1/rule-sets/{set}/rehearse", new { from = "2026-01", to = "2026-02" }, 404);
        await admin.Posts($"/api/v1/rule-sets/{set}/publish", new { effectiveOn = "2026-11-16" });
        Assert.Equal(1, (await stranger.Gets("/api/v1/catalog/rules"))["ruleSet"]!.GetValue<int>());
    }

    private static JsonNode Rule(JsonNode of, string id, string list = "items") => of[list]!.AsArray().Single(r => r!["id"]!.GetValue<string>() == id)!;
}
