using System.Text.Json.Nodes;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Tests.Features.Ledger;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Reports;

/// <summary>Broken once by hand: the later report's months taken, a report pinned to a closing that does not know the tree of now, a recount that takes any of the closings through an entry.</summary>
public class ReportDiffTests(Hub hub)
{
    [Fact]
    public async Task What_an_earlier_report_published_and_is_different_now_is_told_by_kind_over_its_own_months()
    {
        var p = await hub.Programme();
        var (regulator, admin) = (await p.Regulator(), await p.Admin());
        var (a, b) = (await p.ApprovedScenario(), await p.ApprovedScenario(p.SubsidiaryB, division: "36"));
        await p.ApprovesFilings(await p.Files(a, "2026-07", new { measure = "COST_SAVE", value = 100 }), await p.Files(b, "2026-07", new { measure = "COST_SAVE", value = 40 }));
        var earlier = await ReportTests.Made(p, p.Root);

        await p.ApprovesFilings(await p.Files(a, "2026-07", "财务复核", new { measure = "COST_SAVE", value = 70 }));                 // restated -30
        await p.ApprovesFilings(await p.Files(a, "2026-08", new { measure = "COST_SAVE", value = 5 }));                               // added 5
        await p.ApprovesFilings(await p.Files(a, "2026-09", new { measure = "COST_SAVE", value = 1000 }));                            // of a month the earlier one does not show
        await p.Patches(b, """{"industryDivision":"06"}""");                                                                          // reclassified: 40 from vehicles to coal
        await admin.Posts($"/api/v1/organizations/{p.SubsidiaryB}/move", new { to = p.GroupA, effectiveOn = "2026-11-01" });         // moved: 40 from 乙 to 甲
        var later = await ReportTests.Made(p, p.Root, "2026-09");

        var diff = await Diff(regulator, later, earlier, "sector");
        var figures = diff["figures"]!;
        Assert.Equal(("2026-01", "2026-08", "2026-08", "2026-09"), (Text(figures["first"]), Text(figures["last"]), Text(diff["from"]!["period"]), Text(diff["to"]!["period"])));
        Assert.Contains("2026-01 至 2026-08", Text(diff["note"]), StringComparison.Ordinal);
        Assert.Equal("140 115 [added 5, restated -30, reclassified 0]", Cell(figures["total"]!));
        Assert.Equal("40 0 [reclassified -40]", Cell(Of(figures, "ICV")));
        Assert.Equal("0 40 [reclassified 40]", Cell(Of(figures, "COAL")));
        foreach (var side in new[] { "from", "to" })
            Assert.Equal((await regulator.Gets($"/api/v1/reports/{(side == "from" ? earlier : later)}"))["throughEntry"]!.GetValue<long>(), figures[side]!["throughEntry"]!.GetValue<long>());
        var restated = figures["total"]!["sides"]![0]!["parts"]![1]!;
        Assert.Equal("corrected", Text(restated["causes"]![0]!["cause"]));
        Assert.Equal(-30m, (await regulator.Gets($"/api/v1/rollups/explain?handle={restated["handle"]}"))["entries"]!.AsArray().Sum(e => e!["quantity"]!.GetValue<decimal>()));

        Assert.Equal("40 0 [moved -40]", Cell(Of((await Diff(regulator, later, earlier, "organization"))["figures"]!, $"{p.GroupB}")));
        var months = (await Diff(regulator, later, earlier, "month"))["figures"]!;   // the trend shows twelve
        Assert.Equal(("2025-09", "2026-08"), (Text(months["first"]), Text(months["last"])));
        Assert.Equal("140 110 [restated -30, reclassified 0]", Cell(Of(months, "2026-07")));
        Assert.Equal("1115 1115 []", Cell((await Diff(regulator, later, later, "sector"))["figures"]!["total"]!));
    }

    [Fact]
    public async Task A_report_knows_the_tree_of_now_though_nothing_was_posted_and_one_made_before_anything_was_is_compared_too()
    {
        var p = await hub.Programme();
        var (regulator, admin) = (await p.Regulator(), await p.Admin());
        var empty = await ReportTests.Made(p, p.GroupA);
        var b = await p.ApprovedScenario(p.SubsidiaryB, division: "36");
        await p.ApprovesFilings(await p.Files(b, "2026-07", new { measure = "COST_SAVE", value = 40 }));
        var before = await ReportTests.Made(p, p.GroupA);
        await admin.Posts($"/api/v1/organizations/{p.SubsidiaryB}/move", new { to = p.GroupA, effectiveOn = "2026-08-01" });
        var after = await ReportTests.Made(p, p.GroupA);
        Assert.Equal(await Closing(after), await Closing(await ReportTests.Made(p, p.GroupA)));   // nothing changed: no closing for nothing

        Assert.Equal("0 40 [moved 40]", Cell((await Diff(regulator, after, before, "sector"))["figures"]!["total"]!));
        Assert.Equal("0 40 [added 40]", Cell((await Diff(regulator, after, empty, "sector"))["figures"]!["total"]!));
        var asOf = await regulator.Gets($"/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026-01&to=2026-08&organization={p.GroupA}&asOf={await Closing(before)}");
        Assert.Null(asOf["total"]!["value"]);

        // Several closings through the same entry: balances are still those the entries give.
        foreach (var (to, on) in new[] { (p.GroupB, "2026-09-01"), (p.GroupA, "2026-10-01") })
        {
            await admin.Posts($"/api/v1/organizations/{p.SubsidiaryB}/move", new { to, effectiveOn = on });
            await p.Hub.Send(p.AdminUserId, new FoldLedger(WithTree: true));
        }
        Assert.True((await p.Hub.Send(p.AdminUserId, new CheckLedger())).Holds);
        await p.ApprovesFilings(await p.Files(b, "2026-08", new { measure = "COST_SAVE", value = 2 }));
        await p.Fold();
        Assert.True((await p.Hub.Send(p.AdminUserId, new CheckLedger())).Holds);

        async Task<long> Closing(long report) => (await regulator.Gets($"/api/v1/reports/{report}"))["closing"]!.GetValue<long>();
    }

    [Fact]
    public async Task Reports_that_cannot_be_compared_are_refused_by_name_and_what_one_may_not_see_is_not_there()
    {
        var p = await hub.Programme();
        var (regulator, a) = (await p.Regulator(), await p.ApprovedScenario());
        var (earlier, ofGroup) = (await ReportTests.Made(p, p.Root), await ReportTests.Made(p, p.GroupA));
        await p.ApprovesFilings(await p.Files(a, "2026-07", new { measure = "COST_SAVE", value = 100 }));
        var later = await ReportTests.Made(p, p.Root);
        var queued = await ReportTests.Requests(regulator, "xlsx", p.Root);
        const string Rest = "&measure=COST_SAVE&by=sector";

        Assert.Equal("not-empty", (await regulator.Gets($"/api/v1/reports/{later}/diff?measure=COST_SAVE&by=sector", 400)).ErrorAt("?from"));
        Assert.Equal("report-not-finished", (await regulator.Gets($"/api/v1/reports/{queued}/diff?from={earlier}{Rest}", 409)).Code());
        Assert.Equal("report-not-finished", (await regulator.Gets($"/api/v1/reports/{later}/diff?from={queued}{Rest}", 409)).ErrorAt("?from"));
        Assert.Equal("report-organization-differs", (await regulator.Gets($"/api/v1/reports/{later}/diff?from={ofGroup}{Rest}", 400)).ErrorAt("?from"));
        Assert.Equal("reports-crossed", (await regulator.Gets($"/api/v1/reports/{earlier}/diff?from={later}{Rest}", 400)).ErrorAt("?from"));
        Assert.Equal("report-not-found", (await regulator.Gets($"/api/v1/reports/{later}/diff?from=1{Rest}", 404)).ErrorAt("?from"));
        Assert.Equal("unknown-measure", (await regulator.Gets($"/api/v1/reports/{later}/diff?from={earlier}&measure=NOPE&by=sector", 400)).ErrorAt("?measure"));
        Assert.Equal("unknown-code", (await regulator.Gets($"/api/v1/reports/{later}/diff?from={earlier}&measure=COST_SAVE", 400)).ErrorAt("?by"));
        await p.Tamper("UPDATE report_run SET template = 'other' WHERE tenant_id = @t AND report_id = @id", new { id = earlier });
        Assert.Equal("report-template-differs", (await regulator.Gets($"/api/v1/reports/{later}/diff?from={earlier}{Rest}", 400)).ErrorAt("?from"));

        var filer = await p.FilerA();
        Assert.Equal("report-not-found", (await filer.Gets($"/api/v1/reports/{ofGroup}/diff?from={earlier}{Rest}", 404)).ErrorAt("?from"));
        Assert.Equal("report-not-found", (await filer.Gets($"/api/v1/reports/{later}/diff?from={ofGroup}{Rest}", 404)).Code());
        await filer.Gets($"/api/v1/reports/{ofGroup}/diff?from={ofGroup}{Rest}");
    }

    private static Task<JsonNode> Diff(Person person, long report, long from, string by) => person.Gets($"/api/v1/reports/{report}/diff?from={from}&measure=COST_SAVE&by={by}");

    private static JsonNode Of(JsonNode diff, string key) => diff["cells"]!.AsArray().Single(c => Text(c!["key"]) == key)!;

    private static string Cell(JsonNode cell)
    {
        var side = cell["sides"]!.AsArray().Single()!;
        return $"{Number(side["before"])} {Number(side["after"])} [{string.Join(", ", side["parts"]!.AsArray().Select(part => $"{Text(part!["kind"])} {Number(part["change"])}"))}]";
    }

    private static string Number(JsonNode? node) => node!.GetValue<decimal>().ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}
