using System.Text.Json.Nodes;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Filings;

public class ListFilingsTests(Hub hub)
{
    [Fact]
    public async Task A_list_pages_through_everything_once_the_latest_month_first()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerA(), await p.Regulator());
        var (one, two) = (await p.ApprovedScenario(), await p.ApprovedScenario());
        foreach (var scenario in new[] { one, two })
            foreach (var month in new[] { "2026-03", "2026-01", "2026-02" }) await filer.FilesAndSubmits(scenario, month, 1m);
        foreach (var filter in new[] { "", "&state=submitted", $"&from=2026-01&to=2026-12&organization={p.Root}" })
        {
            var seen = await Pages(regulator, $"/api/v1/filings?limit=2{filter}");
            Assert.Equal(["2026-03", "2026-03", "2026-02", "2026-02", "2026-01", "2026-01"], seen.Select(f => f.Text("period")));
            Assert.Equal(6, seen.Select(f => f["id"]!.GetValue<long>()).Distinct().Count());
        }
        Assert.Equal(["2026-03", "2026-02", "2026-01"], (await Pages(regulator, $"/api/v1/filings?limit=1&scenario={one}")).Select(f => f.Text("period")));
        var line = (await regulator.Gets($"/api/v1/filings?scenario={one}&period=2026-02"))["items"]!.AsArray().Single()!;
        var registered = await (await p.Regulator()).Gets($"/api/v1/scenarios/{one}");
        Assert.Equal((registered.Text("code"), registered.Text("name"), "甲一公司", "submitted"), (line.Text("scenarioCode"), line.Text("scenarioName"), line.Text("organizationName"), line.Text("state")));
    }

    [Fact]
    public async Task A_filter_narrows_and_nobody_sees_beyond_his_subtree()
    {
        var p = await hub.Programme();
        var (filerA, filerB, regulator) = (await p.FilerA(), await p.FilerB(), await p.Regulator());
        var (a, b) = (await p.ApprovedScenario(), await p.ApprovedScenario(p.SubsidiaryB));
        await filerA.FilesAndSubmits(a, "2026-08", 1m);
        await filerA.Files(a, "2026-09", 1m);
        await filerB.Files(b, "2026-08", 1m);
        async Task<int> Count(Person who, string filter) => (await who.Gets("/api/v1/filings?" + filter))["items"]!.AsArray().Count;
        Assert.Equal((3, 2, 1), (await Count(regulator, ""), await Count(filerA, ""), await Count(filerB, "")));
        Assert.Equal((2, 1, 0), (await Count(regulator, $"organization={p.GroupA}"), await Count(regulator, $"organization={p.SubsidiaryB}"), await Count(filerB, $"organization={p.GroupA}")));
        Assert.Equal((2, 1, 1), (await Count(regulator, "period=2026-08"), await Count(regulator, "from=2026-09"), await Count(regulator, "state=draft&to=2026-08")));
        Assert.Equal((1, 0), (await Count(regulator, $"scenario={a}&state=draft"), await Count(filerB, $"scenario={a}")));
        Assert.Equal(0, await Count(filerB, $"organization={p.Root}&state=submitted"));
    }

    [Theory]
    [InlineData("state=filed", "?state", "unknown-code")]
    [InlineData("period=2026-13", "?period", "period-not-a-month")]
    [InlineData("period=2026-08&from=2026-07", "?period", "period-or-range")]
    [InlineData("from=2026-08&to=2026-07", "?from", "range-backwards")]
    [InlineData("limit=501", "?limit", "inclusive-between")]
    [InlineData("after=nonsense!", "?after", "bad-cursor")]
    [InlineData("after=e30", "?after", "bad-cursor")]
    [InlineData("stat=draft", "?stat", "unknown-parameter")]
    [InlineData("organization=x", "?organization", "bad-parameter")]
    public async Task A_wrong_filter_is_refused(string query, string pointer, string code) =>
        Assert.Equal(code, (await (await (await hub.Programme()).FilerA()).Gets("/api/v1/filings?" + query, 400)).ErrorAt(pointer));

    private static async Task<List<JsonNode>> Pages(Person who, string path)
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
