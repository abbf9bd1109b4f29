using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Scenarios;

public class ListScenariosTests(Hub hub)
{
    private const string Path = "/api/v1/scenarios";

    [Fact]
    public async Task Each_filter_keeps_what_it_names()
    {
        var p = await hub.Programme();
        var (filer, regulator) = (await p.FilerOfAll(), await p.Regulator());
        var a = await p.ApprovedScenario();
        var b = await filer.Adds(Path, p.Scenario(p.SubsidiaryB, division: "36", region: "310000", keyAction: "CONSUMPTION", stage: "pilot", name: "100%_智检[䶮]AI"));
        foreach (var (filter, expected) in new (string, long)[]
        {
            ($"organization={p.GroupA}", a), ($"organization={p.SubsidiaryB}", b), ("sector=ENERGY_POWER", a), ("stage=pilot", b), ("state=approved", a), ("state=draft", b),
            ("keyAction=CONSUMPTION", b), ("region=310000", b), ("q=" + Uri.EscapeDataString("%_智检[䶮"), b), ("q=]ai", b), ("q=11-44-2026", a)
        })
        {
            var page = await regulator.Gets($"{Path}?{filter}&count=true");
            Assert.True(page["items"]!.AsArray() is [{ } only] && only["id"]!.GetValue<long>() == expected && page["count"]!.GetValue<long>() == 1, $"{filter}: {page}");
        }
        Assert.Equal(2, (await regulator.Gets($"{Path}?kind=application"))["items"]!.AsArray().Count);
        Assert.Empty((await regulator.Gets($"{Path}?kind=demand"))["items"]!.AsArray());
        Assert.Null((await regulator.Gets(Path))["count"]);
        Assert.Equal("unknown-code", (await regulator.Gets($"{Path}?sector=NO_SUCH", 400)).ErrorAt("?sector"));
    }

    [Fact]
    public async Task A_list_pages_through_everything_once_and_shows_the_callers_subtree_only()
    {
        var p = await hub.Programme();
        var filer = await p.FilerOfAll();
        var mine = new List<long>();
        for (var i = 0; i < 5; i++) mine.Add(await filer.Adds(Path, p.Scenario()));
        await filer.Adds(Path, p.Scenario(p.SubsidiaryB));
        var seen = new List<long>();
        string? after = null;
        do
        {
            var page = await (await p.FilerA()).Gets($"{Path}?limit=2{(after is null ? "" : "&after=" + after)}");
            seen.AddRange(page["items"]!.AsArray().Select(s => s!["id"]!.GetValue<long>()));
            after = page["next"]?.GetValue<string>();
        } while (after is not null);
        Assert.Equal(mine, seen);
        Assert.Equal("bad-cursor", (await filer.Gets($"{Path}?after=nonsense!", 400)).ErrorAt("?after"));
        await filer.Gets($"{Path}?limit=501", 400);
        Assert.Empty((await (await (await hub.Programme()).Regulator()).Gets(Path))["items"]!.AsArray());
    }
}
