using System.Text.Json.Nodes;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Organizations;

public class OrganizationTests(Hub hub)
{
    [Fact]
    public async Task The_same_again_is_no_new_version()
    {
        var p = await hub.Programme();
        var admin = await p.Admin();
        Assert.Equal(1, (await admin.Patches($"/api/v1/organizations/{p.GroupA}", new { name = "甲集团" }, 1))["version"]!.GetValue<int>());
        Assert.Equal("surrounding-blanks", (await admin.Patches($"/api/v1/organizations/{p.GroupA}", new { name = "甲集团 " }, 1, 400)).ErrorAt("/name"));
    }

    [Fact]
    public async Task A_credit_code_with_a_wrong_check_digit_is_refused_by_name()
    {
        var p = await hub.Programme();
        var admin = await p.Admin();
        var good = CreditCodes.Next();
        var bad = good[..17] + (good[17] == '0' ? '1' : '0');
        var problem = await admin.Posts("/api/v1/organizations", new { parentId = p.Root, kind = "group", name = "丙集团", creditCode = bad }, 400);
        Assert.Equal("credit-code-wrong", problem.ErrorAt("/creditCode"));
        Assert.Contains(bad, problem["errors"]![0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credit_code_is_unique_within_a_tenant_and_free_in_another()
    {
        var (a, b) = (await hub.Programme(), await hub.Programme());
        var code = CreditCodes.Next();
        await (await a.Admin()).Adds("/api/v1/organizations", new { parentId = a.Root, kind = "group", name = "丙集团", creditCode = code });
        Assert.Equal("credit-code-taken", (await (await a.Admin()).Posts("/api/v1/organizations", new { parentId = a.Root, kind = "group", name = "丁集团", creditCode = code }, 409)).Code());
        await (await b.Admin()).Adds("/api/v1/organizations", new { parentId = b.Root, kind = "group", name = "丙集团", creditCode = code });
    }

    [Fact]
    public async Task Moving_a_group_takes_its_subtree_along_and_keeps_the_place_it_left()
    {
        var p = await hub.Programme();
        var admin = await p.Admin();
        var filerB = await p.FilerB();
        await filerB.Gets($"/api/v1/organizations/{p.SubsidiaryA}", 404);
        var moved = await admin.Posts($"/api/v1/organizations/{p.GroupA}/move", new { to = p.GroupB, effectiveOn = "2026-11-16" });
        Assert.Equal(p.GroupB, moved["parentId"]!.GetValue<long>());
        Assert.Equal(2, moved["level"]!.GetValue<int>());
        Assert.Equal(3, (await filerB.Gets($"/api/v1/organizations/{p.SubsidiaryA}"))["level"]!.GetValue<int>());
        Assert.Equal("organization-circle", (await admin.Posts($"/api/v1/organizations/{p.GroupB}/move", new { to = p.SubsidiaryA, effectiveOn = "2026-11-16" }, 409)).Code());
        Assert.Equal("effective-on-out-of-range", (await admin.Posts($"/api/v1/organizations/{p.GroupA}/move", new { to = p.Root, effectiveOn = "2026-11-17" }, 400)).ErrorAt("/effectiveOn"));
    }

    [Fact]
    public async Task Moves_that_would_close_a_circle_together_do_not_and_who_is_added_meanwhile_is_seen_from_above()
    {
        var p = await hub.Programme();
        var admin = await p.Admin();
        Task<HttpResponseMessage> Move(long id, long to) => admin.Http.PostAsync($"/api/v1/organizations/{id}/move", System.Net.Http.Json.JsonContent.Create(new { to, effectiveOn = "2026-11-16" }));
        var adding = Enumerable.Range(0, 6).Select(i => admin.Adds("/api/v1/organizations", new { parentId = i % 2 == 0 ? p.GroupA : p.GroupB, kind = "subsidiary", name = $"新公司 {i}", creditCode = CreditCodes.Next() })).ToArray();
        var moves = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => i % 2 == 0 ? Move(p.GroupA, p.SubsidiaryB) : Move(p.GroupB, p.SubsidiaryA)));
        var added = await Task.WhenAll(adding);
        Assert.Contains(moves, m => (int)m.StatusCode == 200);
        Assert.All(moves, m => Assert.Contains((int)m.StatusCode, new[] { 200, 409, 412 }));

        // One group is now below the other, so whoever belongs to the upper one sees all but the root.
        var a = await admin.Gets($"/api/v1/organizations/{p.GroupA}");
        var upper = a["parentId"]!.GetValue<long>() == p.Root ? await p.FilerA() : await p.FilerB();
        foreach (var id in added.Concat([p.GroupA, p.GroupB, p.SubsidiaryA, p.SubsidiaryB])) await upper.Gets($"/api/v1/organizations/{id}");
        await upper.Gets($"/api/v1/organizations/{p.Root}", 404);
    }

    [Fact]
    public async Task A_name_is_found_whatever_the_case_of_its_letters()
    {
        var p = await hub.Programme();
        var admin = await p.Admin();
        var id = await admin.Adds("/api/v1/organizations", new { parentId = p.GroupA, kind = "subsidiary", name = "中铁AI研究院", creditCode = CreditCodes.Next() });
        Assert.Equal(id, (await admin.Gets("/api/v1/organizations?q=铁ai研"))["items"]!.AsArray().Single()!["id"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_change_needs_the_version_it_is_based_on()
    {
        var p = await hub.Programme();
        var admin = await p.Admin();
        var path = $"/api/v1/organizations/{p.GroupA}";
        Assert.Equal("if-match-missing", (await admin.Patches(path, new { name = "甲新集团" }, null, 428)).Code());
        Assert.Equal("甲新集团", (await admin.Patches(path, new { name = "甲新集团", nameEn = "Jia" }, 1))["name"]!.GetValue<string>());
        var stale = await admin.Patches(path, new { name = "再改" }, 1, 412);
        Assert.Equal(("stale-version", 2), (stale.Code(), stale["currentVersion"]!.GetValue<int>()));
        Assert.Null((await admin.Patches(path, new JsonObject { ["nameEn"] = null }, 2))["nameEn"]);
        Assert.Equal("unknown-field", (await admin.Patches(path, new { nmae = "x" }, 3, 400)).ErrorAt("/nmae"));
    }

    [Fact]
    public async Task A_list_pages_through_everything_once()
    {
        var p = await hub.Programme();
        var admin = await p.Admin();
        var seen = new List<long>();
        string? after = null;
        do
        {
            var page = await admin.Gets($"/api/v1/organizations?limit=2{(after is null ? "" : "&after=" + after)}");
            seen.AddRange(page["items"]!.AsArray().Select(o => o!["id"]!.GetValue<long>()));
            after = page["next"]?.GetValue<string>();
        } while (after is not null);
        Assert.Equal(new[] { p.Root, p.GroupA, p.SubsidiaryA, p.GroupB, p.SubsidiaryB }.Order(), seen.Order());
        Assert.Equal("bad-cursor", (await admin.Gets("/api/v1/organizations?after=nonsense!", 400)).ErrorAt("?after"));
        Assert.Equal("unknown-parameter", (await admin.Gets("/api/v1/organizations?limmit=2", 400)).ErrorAt("?limmit"));
        Assert.Equal("bad-parameter", (await admin.Gets("/api/v1/organizations?limit=two", 400)).ErrorAt("?limit"));
    }
}
