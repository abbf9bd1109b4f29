using System.Text.Json.Nodes;

namespace ScenarioHub.EndToEnd;

public class RegulatorJourneyTests(StartedHub hub)
{
    [Fact]
    public async Task A_regulator_reads_the_sectors_takes_cells_apart_and_sees_a_new_filing_at_once()
    {
        var regulator = await hub.SignIn("sasac.regulator");
        var rollup = await regulator.Gets("/api/v1/rollups?measure=COST_SAVE&by=sector&from=2025-01&to=2026-10");
        Assert.Equal("演示数据", rollup["demoData"]!.GetValue<string>());
        var filled = rollup["cells"]!.AsArray().Where(c => c!["value"] is not null).ToList();
        Assert.True(filled.Count >= 15, $"only {filled.Count} sectors have figures");
        Assert.Equal(104m, (await regulator.Gets("/api/v1/rollups?measure=SCN_COUNT&by=sector&from=2026-10&book=filed"))["total"]!["value"]!.GetValue<decimal>()
            + (await Retired(regulator)));

        foreach (var cell in filled.Take(3)) await Explain(regulator, cell!);

        var filer = await hub.SignIn("sasac.filer");
        var scenario = (await filer.Gets("/api/v1/scenarios?state=approved&kind=application&limit=1"))["items"]![0]!["id"]!.GetValue<long>();
        var sector = (await filer.Gets($"/api/v1/scenarios/{scenario}"))["sector"]!.GetValue<string>();
        var xiamen = await hub.SignIn("xiamen.regulator");
        var (before, elsewhere) = (await Cell(regulator, sector), (await xiamen.Gets("/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026-11"))["total"]!.ToJsonString());
        var put = await filer.PutAsync(new Uri($"/api/v1/scenarios/{scenario}/filings/2026-11", UriKind.Relative), new StringContent("""{"figures":[{"measure":"COST_SAVE","value":123.45,"unit":"万元"}]}""", System.Text.Encoding.UTF8, "application/json"));
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
        var filing = (await filer.Gets("/api/v1/filings?period=2026-11&state=draft"))["items"]!.AsArray().Single(f => f!["scenarioId"]!.GetValue<long>() == scenario)!["id"]!.GetValue<long>();
        await filer.Posts("/api/v1/filings/submit", new { ids = new[] { filing } });
        // Many times what the scenario brought in the months before: the rules ask why, and are told.
        var findings = (await filer.Gets($"/api/v1/findings?filing={filing}&state=open&severity=error"))["items"]!.AsArray();
        Assert.NotEmpty(findings);
        foreach (var finding in findings) await filer.Posts($"/api/v1/findings/{finding!["id"]}/explain", new { text = $"本月起计入新并入的三家分公司({finding["rule"]}),统计范围扩大。" });
        await filer.Posts("/api/v1/filings/submit", new { ids = new[] { filing } });
        await regulator.Posts("/api/v1/filings/approve", new { ids = new[] { filing } });
        Assert.Equal(before + 1_234_500m, await Cell(regulator, sector));
        Assert.Equal(Without(elsewhere), Without((await xiamen.Gets("/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026-11"))["total"]!.ToJsonString()));
    }

    [Fact]
    public async Task The_demonstration_has_every_kind_of_missing_every_grade_and_what_went_wrong_and_is_labelled_wherever_figures_are_shown()
    {
        var regulator = await hub.SignIn("sasac.regulator");
        var total = (await regulator.Gets("/api/v1/rollups?measure=NET_BENEFIT&by=month&from=2025-01&to=2026-10"))["total"]!;
        foreach (var kind in new[] { "reported", "zero", "exempt", "withheld", "missing", "notDue" }) Assert.True(total["coverage"]![kind]!.GetValue<long>() > 0, kind);
        foreach (var (grade, value) in total["grades"]!.AsObject()) Assert.True(value!.GetValue<decimal>() != 0, grade);
        Assert.NotEmpty((await regulator.Gets("/api/v1/filings?state=returned"))["items"]!.AsArray());
        Assert.NotEmpty((await regulator.Gets("/api/v1/filings?state=submitted"))["items"]!.AsArray());
        var corrected = (await regulator.Gets("/api/v1/filings?from=2025-01&to=2026-09&state=approved&limit=500"))["items"]!.AsArray().First(f => f!["approvedVersion"]!.GetValue<int>() > 1)!;
        var versions = await regulator.Gets($"/api/v1/scenarios/{corrected["scenarioId"]}/filings/{corrected["period"]}/versions");
        Assert.True(versions["versions"]!.AsArray().Count > 1);
        var scenario = await regulator.Gets($"/api/v1/scenarios/by-key/published/RS001");
        Assert.Equal("2025-03-27", scenario["publishedOn"]!.GetValue<string>());
        Assert.StartsWith("https://", scenario["sourceUrl"]!.GetValue<string>(), StringComparison.Ordinal);
        foreach (var view in new[] { versions, scenario, await regulator.Gets($"/api/v1/scenarios/{corrected["scenarioId"]}/filings/2026-08"), (await regulator.Gets("/api/v1/scenarios?limit=1"))["items"]![0]!,
            await regulator.Gets("/api/v1/rollups/explain?handle=" + total["handle"]), await regulator.Gets("/api/v1/rollups?measure=OPEX&by=stage&from=2026-10") })
            Assert.Equal("演示数据", view["demoData"]!.GetValue<string>());
        Assert.True((await regulator.Gets("/api/v1/session"))["tenant"]!["isDemo"]!.GetValue<bool>());
    }

    [Fact]
    public async Task The_operators_verbs_find_nothing_wrong_and_change_nothing()
    {
        var (code, output, error) = await hub.Verb("verify");
        Assert.True(code == 0, output + error);
        Assert.DoesNotContain("BROKEN", output, StringComparison.Ordinal);
        (code, output, error) = await hub.Verb("rebuild");
        Assert.True(code == 0, output + error);
        Assert.Contains("unchanged", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Hub:Database:Provider=oracle", "Hub:Database:Provider")]
    [InlineData("--Hub:Jobs:Workers=many", "Hub:Jobs:Workers")]
    [InlineData("--Hub:Jbos:Workers=2", "Hub:Jbos:Workers")]
    [InlineData("--Hub:Database:Provider=sqlserver", "Hub:Database:ConnectionString")]
    public async Task A_wrong_setting_stops_the_start_with_a_sentence_that_names_it(string setting, string named)
    {
        var (code, _, error) = await hub.Verb("migrate", setting);
        Assert.Equal(2, code);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static async Task<decimal> Retired(HttpClient regulator) =>
        (await regulator.Gets("/api/v1/scenarios?state=retired&limit=500"))["items"]!.AsArray().Count;

    private static async Task<decimal> Cell(HttpClient person, string sector) =>
        (await person.Gets("/api/v1/rollups?measure=COST_SAVE&by=sector&from=2026-11"))["cells"]!.AsArray().Single(c => c!["key"]!.GetValue<string>() == sector)!["value"]?.GetValue<decimal>() ?? 0;

    // The handle names the moment of reading, which moves on with every entry of any kind.
    private static string Without(string cell) { var node = JsonNode.Parse(cell)!.AsObject(); node.Remove("handle"); return node.ToJsonString(); }

    private static async Task Explain(HttpClient regulator, JsonNode cell)
    {
        decimal sum = 0;
        string? after = null;
        do
        {
            var page = await regulator.Gets($"/api/v1/rollups/explain?limit=500&handle={cell["handle"]}{(after is null ? "" : "&after=" + after)}");
            sum += page["entries"]!.AsArray().Sum(e => e!["quantity"]!.GetValue<decimal>());
            after = page["next"]?.GetValue<string>();
        } while (after is not null);
        Assert.Equal(cell["value"]!.GetValue<decimal>(), sum);
    }
}
