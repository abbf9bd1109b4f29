using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Scenarios;

public class FindSimilarScenariosTests(Hub hub)
{
    private const string Path = "/api/v1/scenarios";

    [Fact]
    public async Task A_name_much_like_another_of_ones_subtree_is_told_of_the_likest_first()
    {
        var p = await hub.Programme();
        var (all, filerA) = (await p.FilerOfAll(), await p.FilerA());
        var near = await all.Adds(Path, p.Scenario(name: "变电站设备缺陷智能巡检"));
        var same = await all.Adds(Path, p.Scenario(name: "变电站设备智能巡检"));
        await all.Adds(Path, p.Scenario(name: "合同审查助手"));
        var elsewhere = await all.Adds(Path, p.Scenario(p.SubsidiaryB, name: "变电站设备智能巡检"));
        async Task<(long, decimal)[]> Like(Person who, string name, string more = "") =>
            [.. (await who.Gets($"{Path}/similar?name={Uri.EscapeDataString(name)}{more}"))["items"]!.AsArray().Select(s => (s!["id"]!.GetValue<long>(), s["likeness"]!.GetValue<decimal>()))];

        var seen = await Like(filerA, "变电站设备 智能巡检");
        Assert.Equal([same, near], seen.Select(s => s.Item1));
        Assert.Equal(1m, seen[0].Item2);
        Assert.InRange(seen[1].Item2, 0.5m, 0.99m);
        Assert.Equal([near], (await Like(filerA, "变电站设备智能巡检", $"&except={same}")).Select(s => s.Item1));
        Assert.Contains(elsewhere, (await Like(all, "变电站设备智能巡检")).Select(s => s.Item1));
        Assert.Empty(await Like(filerA, "光伏功率预测"));
        Assert.Empty(await Like(filerA, "%%__%%"));
    }

    [Fact]
    public async Task A_name_too_short_or_too_long_is_refused()
    {
        var filer = await (await hub.Programme()).FilerA();
        await filer.Gets($"{Path}/similar?name=x", 400);
        await filer.Gets($"{Path}/similar?name={new string('x', 101)}", 400);
    }
}
