using System.Text.Json.Nodes;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Filings;

public class GetSheetTests(Hub hub)
{
    [Fact]
    public async Task A_sheet_shows_each_scenario_that_owes_the_month_with_the_month_and_the_year_before()
    {
        var p = await hub.Programme();
        var filer = await p.FilerA();
        var (one, two) = (await p.ApprovedScenario(), await p.ApprovedScenario());
        await p.ApprovedScenario(p.SubsidiaryB);
        await filer.Files(one, "2025-08", 1m);
        await filer.FilesAndSubmits(one, "2026-07", 2m);
        var id = await filer.Files(one, "2026-08", 3m);
        await filer.Files(one, "2026-06", 99m);

        var rows = await Rows(filer, "/api/v1/filings/sheet?period=2026-08&limit=1");
        Assert.Equal([one, two], rows.Select(r => r["scenarioId"]!.GetValue<long>()));
        var (first, second) = (rows[0], rows[1]);
        Assert.Equal((id, "draft", 1, 1), (first["filingId"]!.GetValue<long>(), first.Text("state"), first.Number("version"), first.Number("revision")));
        Assert.Equal((3m, 2m, 1m), (Saved(first, "figures"), Saved(first, "lastMonth"), Saved(first, "lastYear")));
        Assert.Contains("COST_SAVE", first["measures"]!.AsArray().Select(m => m!.GetValue<string>()));
        Assert.Null(second["filingId"]);
        Assert.Equal(("missing", 0, 0), (second.Text("state"), second["figures"]!.AsArray().Count, second["lastMonth"]!.AsArray().Count));
    }

    [Fact]
    public async Task A_sheet_leaves_out_months_before_going_live_and_what_lies_beyond_ones_subtree()
    {
        var p = await hub.Programme();
        var (filerA, regulator) = (await p.FilerA(), await p.Regulator());
        var (a, b) = (await p.ApprovedScenario(), await p.ApprovedScenario(p.SubsidiaryB));
        async Task<long[]> Ids(Person who, string query) => [.. (await Rows(who, "/api/v1/filings/sheet?" + query)).Select(r => r["scenarioId"]!.GetValue<long>())];
        Assert.Equal([a, b], await Ids(regulator, "period=2026-08"));
        Assert.Equal([a], await Ids(filerA, "period=2026-08"));
        Assert.Equal([b], await Ids(regulator, $"period=2026-08&organization={p.SubsidiaryB}"));
        Assert.Empty(await Ids(filerA, $"period=2026-08&organization={p.SubsidiaryB}"));
        Assert.Empty(await Ids(regulator, "period=2016-01"));
        Assert.Equal([a, b], await Ids(regulator, "limit=5"));
    }

    [Theory]
    [InlineData("period=2026-13", "?period", "period-not-a-month")]
    [InlineData("period=2026-08&limit=501", "?limit", "inclusive-between")]
    [InlineData("period=2026-08&after=nonsense!", "?after", "bad-cursor")]
    public async Task A_wrong_question_is_refused(string query, string pointer, string code) =>
        Assert.Equal(code, (await (await (await hub.Programme()).FilerA()).Gets("/api/v1/filings/sheet?" + query, 400)).ErrorAt(pointer));

    private static decimal Saved(JsonNode row, string of) => row[of]!.AsArray().Single(f => f!.Text("measure") == "COST_SAVE")!["value"]!.GetValue<decimal>();

    private static async Task<List<JsonNode>> Rows(Person who, string path)
    {
        var seen = new List<JsonNode>();
        string? after = null;
        do
        {
            var page = await who.Gets(path + (after is null ? "" : "&after=" + after));
            seen.AddRange(page["items"]!.AsArray().Select(f => f!));
            after = page["next"]?.GetValue<string>();
        } while (after is not null);
        return seen;
    }
}
