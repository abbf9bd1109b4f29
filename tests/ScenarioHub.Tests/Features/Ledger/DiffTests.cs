using System.Text.Json.Nodes;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Ledger;

/// <summary>Broken once by hand: what the tree alone moved left out of moved, a fold that forgets the tree of its closing.</summary>
public class DiffTests(Hub hub)
{
    private const string Window = "measure=COST_SAVE&first=2026-06&last=2026-09";

    [Fact]
    public async Task Every_change_between_two_closings_is_of_one_kind_and_they_add_up_to_the_difference()
    {
        var p = await hub.Programme();
        var (regulator, admin) = (await p.Regulator(), await p.Admin());
        var (a, b) = (await p.ApprovedScenario(), await p.ApprovedScenario(p.SubsidiaryB, division: "36"));
        await p.ApprovesFilings(await p.Files(a, "2026-07", new { measure = "COST_SAVE", value = 100 }), await p.Files(b, "2026-07", new { measure = "COST_SAVE", value = 40 }));
        var from = (await p.Fold()).ClosingNo;

        await p.ApprovesFilings(await p.Files(a, "2026-07", "财务复核", new { measure = "COST_SAVE", value = 70 }));                 // restated -30
        await p.ApprovesFilings(await p.Files(a, "2026-08", new { measure = "COST_SAVE", value = 5 }));                               // added 5
        await p.Patches(b, """{"industryDivision":"06"}""");                                                                          // reclassified: 40 from vehicles to coal
        await admin.Posts($"/api/v1/organizations/{p.SubsidiaryB}/move", new { to = p.GroupA, effectiveOn = "2026-11-01" });         // moved: 40 from 乙 to 甲
        var to = (await p.Fold()).ClosingNo;

        var total = Side((await regulator.Gets($"/api/v1/rollups/diff?from={from}&to={to}&by=sector&{Window}"))["total"]!);
        Assert.Equal((140m, 115m, -25m), (total.Before, total.After, total.Change));
        Assert.Equal(["added 5", "restated -30", "reclassified 0"], total.Parts);

        var sectors = await Cells(regulator, $"/api/v1/rollups/diff?from={from}&to={to}&by=sector&{Window}");
        Assert.Equal(["reclassified -40"], sectors["ICV"].Parts);
        Assert.Equal(["reclassified 40"], sectors["COAL"].Parts);

        var organizations = await Cells(regulator, $"/api/v1/rollups/diff?from={from}&to={to}&by=organization&{Window}");
        Assert.Equal(["moved -40"], organizations[$"{p.GroupB}"].Parts);
        Assert.Equal(["added 5", "restated -30", "reclassified 0", "moved 40"], organizations[$"{p.GroupA}"].Parts);
        // Under the tree of the time the months before the move stay where they were filed.
        var filed = await Cells(regulator, $"/api/v1/rollups/diff?from={from}&to={to}&by=organization&{Window}&tree=filed");
        Assert.Equal((40m, 40m), (filed[$"{p.GroupB}"].Before, filed[$"{p.GroupB}"].After));
    }

    [Fact]
    public async Task Each_part_explains_itself_down_to_its_entries()
    {
        var p = await hub.Programme();
        var regulator = await p.Regulator();
        var a = await p.ApprovedScenario(measures: ["COST_SAVE", "INVEST_HW", "DETECT_ACC"]);
        await p.ApprovesFilings(await p.Files(a, "2026-07", new { measure = "COST_SAVE", value = 100 }, new { measure = "INVEST_HW", value = 50 }, new { measure = "DETECT_ACC", numerator = 1, denominator = 2 }));
        var from = (await p.Fold()).ClosingNo;
        await p.ApprovesFilings(await p.Files(a, "2026-07", "财务复核", new { measure = "COST_SAVE", value = 70 }, new { measure = "INVEST_HW", value = 50 }, new { measure = "DETECT_ACC", numerator = 2, denominator = 2 }));
        await p.ApprovesFilings(await p.Files(a, "2026-08", new { measure = "COST_SAVE", value = 30 }, new { measure = "INVEST_HW", value = 25 }));
        await p.Retires(a);
        var explained = 0;
        foreach (var measure in new[] { "COST_SAVE", "ROI", "DETECT_ACC", "SCN_COUNT" })
            foreach (var by in new[] { "sector", "month", "stage", "organization" })
            {
                var diff = await regulator.Gets($"/api/v1/rollups/diff?from={from}&measure={measure}&by={by}&first=2026-07&last=2026-11");
                foreach (var cell in diff["cells"]!.AsArray().Append(diff["total"]))
                    foreach (var side in cell!["sides"]!.AsArray())
                    {
                        var parts = side!["parts"]!.AsArray();
                        Assert.Equal(Number(side["after"]) - Number(side["before"]), Number(side["change"]));
                        Assert.Equal(Number(side["change"]), parts.Sum(part => Number(part!["change"])));
                        foreach (var part in parts)
                        {
                            Assert.Equal(Number(part!["change"]), part["causes"]!.AsArray().Sum(c => Number(c!["change"])));
                            if (part["handle"] is not { } handle) continue;
                            var page = await regulator.Gets($"/api/v1/rollups/explain?limit=500&handle={handle}");
                            Assert.Equal(part["kind"]!.GetValue<string>(), page["kind"]!.GetValue<string>());
                            if (measure is "COST_SAVE" or "SCN_COUNT") Assert.Equal(Number(part["change"]), page["entries"]!.AsArray().Sum(e => Number(e!["quantity"])));
                            Assert.True(page["entries"]!.AsArray().Count >= part["entries"]!.GetValue<int>());
                            explained++;
                        }
                    }
            }
        Assert.True(explained > 30, $"only {explained} parts");
        var retired = Side((await regulator.Gets($"/api/v1/rollups/diff?from={from}&measure=SCN_COUNT&by=stage&first=2026-11"))["total"]!);
        Assert.Equal(["retired -1"], retired.Parts);
        var filed = Side((await regulator.Gets($"/api/v1/rollups/diff?from={from}&measure=COST_SAVE&by=sector&first=2026-07&last=2026-08&book=filed"))["total"]!);
        Assert.Equal(["added 30", "restated -30"], filed.Parts);   // a correction under review is one in the filed book from its submission on
    }

    [Fact]
    public async Task Any_closing_is_read_again_to_the_byte_whatever_came_after()
    {
        var p = await hub.Programme();
        var (regulator, admin) = (await p.Regulator(), await p.Admin());
        var (a, b) = (await p.ApprovedScenario(), await p.ApprovedScenario(p.SubsidiaryB, division: "36"));
        await p.ApprovesFilings(await p.Files(a, "2026-07", new { measure = "COST_SAVE", value = 100 }), await p.Files(b, "2026-08", new { measure = "COST_SAVE", value = 40 }));
        var closing = (await p.Fold()).ClosingNo;
        string[] questions =
        [
            .. from layout in new[] { "sector", "organization", "region", "stage", "grade", "month", "keyAction" }
               from tree in TreeReading.All
               select $"/api/v1/rollups?measure=COST_SAVE&by={layout}&from=2026-06&to=2026-09&asOf={closing}&tree={tree}",
            $"/api/v1/rollups?measure=COST_SAVE&by=organization&from=2026-06&to=2026-09&organization={p.GroupB}&asOf={closing}",
            $"/api/v1/rollups?measure=SCN_COUNT&by=organization&from=2026-11&asOf={closing}", $"/api/v1/rollups?measure=ROI&by=sector&from=2026&asOf={closing}"
        ];
        var before = new List<string>();
        foreach (var question in questions) before.Add(await regulator.Http.GetStringAsync(new Uri(question, UriKind.Relative)));

        await p.ApprovesFilings(await p.Files(a, "2026-07", "财务复核", new { measure = "COST_SAVE", value = 70 }), await p.Files(a, "2026-09", new { measure = "COST_SAVE", value = 1 }));
        await p.Patches(b, """{"industryDivision":"06"}""");
        await admin.Posts($"/api/v1/organizations/{p.SubsidiaryB}/move", new { to = p.GroupA, effectiveOn = "2026-08-01" });
        var group = await admin.Gets($"/api/v1/organizations/{p.GroupB}");
        await admin.Patches($"/api/v1/organizations/{p.GroupB}", new { name = "乙集团(更名)" }, group["version"]!.GetValue<int>());
        await admin.Adds("/api/v1/organizations", new { parentId = p.Root, kind = "group", name = "丙集团", creditCode = CreditCodes.Next() });
        await p.Fold();
        foreach (var (question, then) in questions.Zip(before)) Assert.Equal(then, await regulator.Http.GetStringAsync(new Uri(question, UriKind.Relative)));
        Assert.Contains(before, b => b.Contains("乙集团", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Under_the_tree_of_the_time_past_months_stay_where_they_were_filed_and_national_totals_are_equal()
    {
        var p = await hub.Programme();
        var (regulator, admin) = (await p.Regulator(), await p.Admin());
        var b = await p.ApprovedScenario(p.SubsidiaryB, division: "36");
        await p.ApprovesFilings(await p.Files(b, "2026-07", new { measure = "COST_SAVE", value = 40 }), await p.Files(b, "2026-09", new { measure = "COST_SAVE", value = 2 }));
        await admin.Posts($"/api/v1/organizations/{p.SubsidiaryB}/move", new { to = p.GroupA, effectiveOn = "2026-08-15" });
        foreach (var folded in new[] { false, true })
        {
            if (folded) await p.Fold();
            var restated = await regulator.Gets("/api/v1/rollups?measure=COST_SAVE&by=organization&from=2026-07&to=2026-09");
            var filed = await regulator.Gets("/api/v1/rollups?measure=COST_SAVE&by=organization&from=2026-07&to=2026-09&tree=filed");
            Assert.Equal((42m, null), (Of(restated, p.GroupA), Of(restated, p.GroupB)));
            Assert.Equal((2m, 40m), (Of(filed, p.GroupA), Of(filed, p.GroupB)));
            Assert.Equal(Number(restated["total"]!["value"]), Number(filed["total"]!["value"]));
            foreach (var cell in filed["cells"]!.AsArray().Concat(restated["cells"]!.AsArray())) await Explained.AddsUp(regulator, cell!);
        }

        // Who left is not shown line by line to those who lost him: what the total of then holds of him is one line.
        var filerB = await p.FilerB();
        var then = await filerB.Gets("/api/v1/rollups?measure=COST_SAVE&by=month&from=2026-07&to=2026-09&tree=filed");
        Assert.Equal(40m, Number(then["total"]!["value"]));
        var page = await filerB.Gets($"/api/v1/rollups/explain?handle={then["total"]!["handle"]}");
        Assert.Empty(page["entries"]!.AsArray());
        Assert.Equal((1, 40m), (page["hidden"]!["entries"]!.GetValue<int>(), Number(page["hidden"]!["parts"]![0]!["quantity"])));
        Assert.Null((await filerB.Gets("/api/v1/rollups?measure=COST_SAVE&by=month&from=2026-07&to=2026-09"))["total"]!["value"]);

        static decimal? Of(JsonNode rollup, long organization) => rollup["cells"]!.AsArray().FirstOrDefault(c => c!["key"]!.GetValue<string>() == $"{organization}")?["value"]?.GetValue<decimal>();
    }

    [Theory]
    [InlineData("to=1&measure=COST_SAVE&by=sector&first=2026-08", "?from", "not-empty")]
    [InlineData("from=999&measure=COST_SAVE&by=sector&first=2026-08", "?from", "bad-as-of")]
    [InlineData("from=1&to=tomorrow&measure=COST_SAVE&by=sector&first=2026-08", "?to", "bad-as-of")]
    [InlineData("from=1&measure=COST_SAVE&by=sector&first=2026-13", "?first", "bad-period")]
    [InlineData("from=1&measure=COST_SAVE&by=sector&first=2026-08&tree=old", "?tree", "unknown-code")]
    [InlineData("from=1&measure=COST_SAVE&by=moon&first=2026-08", "?by", "unknown-code")]
    public async Task A_question_that_makes_no_sense_is_refused_by_name(string query, string pointer, string code)
    {
        var p = await hub.Programme();
        await p.ApprovedScenario();
        await p.Fold();
        Assert.Equal(code, (await (await p.Regulator()).Gets("/api/v1/rollups/diff?" + query, 400)).ErrorAt(pointer));
    }

    [Fact]
    public async Task The_later_moment_is_not_before_the_earlier()
    {
        var p = await hub.Programme();
        await p.ApprovedScenario();
        await p.Fold();
        await p.ApprovedScenario();
        await p.Fold();
        Assert.Equal("moments-crossed", (await (await p.Regulator()).Gets($"/api/v1/rollups/diff?from=2&to=1&by=sector&{Window}", 400)).ErrorAt("?to"));
    }

    private sealed record Split(decimal Before, decimal After, decimal Change, string[] Parts);

    private static Split Side(JsonNode cell)
    {
        var side = cell["sides"]!.AsArray().Single()!;
        return new(Number(side["before"]), Number(side["after"]), Number(side["change"]), [.. side["parts"]!.AsArray().Select(part => $"{part!["kind"]} {Number(part["change"]):0.##}")]);
    }

    private static async Task<Dictionary<string, Split>> Cells(Person person, string path) =>
        (await person.Gets(path))["cells"]!.AsArray().ToDictionary(c => c!["key"]!.GetValue<string>(), c => Side(c!));

    private static decimal Number(JsonNode? node) => node?.GetValue<decimal>() ?? 0;
}

internal static class Register
{
    /// <summary>Revises an approved scenario and has the revision approved.</summary>
    public static async Task Patches(this Programme p, long scenario, string patch)
    {
        var filer = await p.FilerOfAll();
        var now = await filer.Gets($"/api/v1/scenarios/{scenario}");
        await filer.Patches($"/api/v1/scenarios/{scenario}", patch, now["version"]!.GetValue<int>());
        await p.Approves(scenario);
    }

    public static async Task Retires(this Programme p, long scenario)
    {
        var regulator = await p.Regulator();
        var now = await regulator.Gets($"/api/v1/scenarios/{scenario}");
        await regulator.Posts($"/api/v1/scenarios/{scenario}/retire", new { retiredOn = "2026-11-10", reason = "停用", version = now["version"]!.GetValue<int>() });
    }
}
