using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Peers;
using ScenarioHub.Platform.Jobs;
using ScenarioHub.Tests.Support;

namespace ScenarioHub.Tests.Features.Peers;

/// <summary>
/// Benchmarks from filing to answer. Broken once by hand: quartiles read from a release under way, an enterprise that is any group instead of the topmost, the root check, @Within left out of the enterprises' list.
/// </summary>
public class PeerTests(Hub hub)
{
    /// <summary>Savings of ten enterprises in yuan, one live scenario each but the first, which has two.</summary>
    private static readonly decimal[] Ten = [220, 190, 310, 420, 480, 530, 590, 710, 830, 940];

    [Fact]
    public async Task Ten_enterprises_give_the_quartiles_worked_out_by_hand()
    {
        var p = await hub.Programme();
        var groups = await File(p, Ten);
        await Releases(p, "2026Q3");

        var regulator = await p.Regulator();
        var answer = await regulator.Gets("/api/v1/peers?sector=ENERGY_POWER&period=2026Q3");
        var saving = Cell(answer, "SAVING_PER_SCENARIO");
        // 110 190 310 | 420 480 530 590 | 710 830 940: averages 203.3, 505, 826.7; to two digits 200, 510, 830; and 830 is somebody's, so 840.
        Assert.Equal(("published", "10-19", 200m, 510m, 840m), (saving["state"]!.GetValue<string>(), saving["enterprises"]!.GetValue<string>(), Number(saving, "p25"), Number(saving, "median"), Number(saving, "p75")));
        Assert.True(saving["closing"]!.GetValue<long>() > 0 && saving["asOf"] is not null && saving["laterReason"] is null);
        Assert.Equal(("withheld", "too-few"), State(Cell(answer, "HOURS_PER_SCENARIO")));
        Assert.Null(Cell(answer, "HOURS_PER_SCENARIO")["median"]);

        Assert.Equal(groups.Order(), answer["enterprises"]!.AsArray().Select(e => e!["organizationId"]!.GetValue<long>()));
        Assert.Equal([110m, 190m, 310m, 420m, 480m, 530m, 590m, 710m, 830m, 940m], groups.Select(g => Number(Place(answer, g), "value")));
        Assert.Equal(["bottomQuarter", "bottomQuarter", "thirdQuarter", "thirdQuarter", "thirdQuarter", "secondQuarter", "secondQuarter", "secondQuarter", "secondQuarter", "topQuarter"],
            groups.Select(g => Place(answer, g)["position"]!.GetValue<string>()));

        var first = await regulator.Gets("/api/v1/peers?sector=ENERGY_POWER&period=2026Q3&limit=4");
        var rest = await regulator.Gets($"/api/v1/peers?sector=ENERGY_POWER&period=2026Q3&after={first["next"]}");
        Assert.Equal((4, 6), (first["enterprises"]!.AsArray().Count, rest["enterprises"]!.AsArray().Count));
        Assert.Equal(("withheld", "too-few"), State(Cell(await regulator.Gets("/api/v1/peers?sector=COAL&period=2026Q3"), "SAVING_PER_SCENARIO")));
        Assert.Equal(("withheld", "not-released"), State(Cell(await regulator.Gets("/api/v1/peers?sector=ENERGY_POWER&period=2026Q2"), "SAVING_PER_SCENARIO")));
        Assert.Equal(("withheld", "other-grain"), State(Cell(await regulator.Gets("/api/v1/peers?sector=ENERGY_POWER&period=2026"), "SAVING_PER_SCENARIO")));
    }

    [Fact]
    public async Task Return_and_costs_are_those_of_the_rollup()
    {
        var p = await hub.Programme();
        for (var i = 0; i < 6; i++)
        {
            var group = i == 0 ? p.GroupA : await Group(p, p.Root);
            var scenario = await p.ApprovedScenario(group);
            await p.ApprovesFilings(
                await p.Files(scenario, "2026-05", new { measure = "INVEST_HW", value = 1000 + 300 * i }, new { measure = "COST_SAVE", value = 50 }),
                await p.Files(scenario, "2026-08", new { measure = "COST_SAVE", value = 900 + 700 * i }, new { measure = "OPEX_COMPUTE", value = 100 + 40 * i }, new { measure = "HOURS_SAVED", value = 10 + 4 * i }));
        }
        await Releases(p, "2026Q3");
        var answer = await (await p.FilerA()).Gets("/api/v1/peers?sector=ENERGY_POWER&period=2026Q3");
        Assert.Equal(p.GroupA, Assert.Single(answer["enterprises"]!.AsArray())!["organizationId"]!.GetValue<long>());
        // 甲: invested 1000, saved 50 + 900, ran for 100. (850 - 1000) / 1000 = -15 %; 800 / 1000 in the quarter.
        Assert.Equal(Number((await (await p.FilerA()).Gets("/api/v1/rollups?measure=ROI&by=sector&from=2026Q3"))["total"]!, "value"), Number(Place(answer, p.GroupA, "ROI"), "value"));
        Assert.Equal([-15m, 0.8m, 900m, 10m, 100m, 1000m], answer["enterprises"]![0]!["places"]!.AsArray().Select(x => Number(x!, "value")));
        Assert.All(answer["measures"]!.AsArray(), m => Assert.True(m!["state"]!.GetValue<string>() == "published" && m["p25"] is null && m["p75"] is null && m["enterprises"]!.GetValue<string>() == "5-9", m.ToString()));
        Assert.Equal(("lowerHalf", "upperHalf"), (Place(answer, p.GroupA)["position"]!.GetValue<string>(), Place(answer, p.GroupA, "COST_PER_SCENARIO")["position"]!.GetValue<string>()));   // costs least
    }

    [Fact]
    public async Task Four_enterprises_show_nothing_but_their_own_and_a_group_below_a_group_is_none()
    {
        var p = await hub.Programme();
        var groups = await File(p, [200, 200, 300, 400]);
        var below = await Group(p, groups[0]);   // a fifth in name only
        var scenario = await p.ApprovedScenario(below);
        await p.ApprovesFilings(await p.Files(scenario, "2026-08", new { measure = "COST_SAVE", value = 900 }));
        await Releases(p, "2026Q3");
        var answer = await (await p.FilerA()).Gets("/api/v1/peers?sector=ENERGY_POWER&period=2026Q3");
        var cell = Cell(answer, "SAVING_PER_SCENARIO");
        Assert.Equal(("withheld", "too-few"), State(cell));
        Assert.All(new[] { "enterprises", "p25", "median", "p75" }, name => Assert.Null(cell[name]));
        Assert.Contains("不足 5 家", cell["reasonText"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(Math.Round(1100m / 3, 6), Number(Place(answer, p.GroupA), "value"));
        Assert.Null(Place(answer, p.GroupA)["position"]);
    }

    [Fact]
    public async Task That_all_are_alike_is_not_told_because_each_would_know_the_others_from_himself()
    {
        var p = await hub.Programme();
        await File(p, [2000, 1000, 1001, 1002, 1003, 1004]);
        await Releases(p, "2026Q3");
        var answer = await (await p.FilerB()).Gets("/api/v1/peers?sector=ENERGY_POWER&period=2026Q3");
        Assert.Equal(("withheld", "dominance"), State(Cell(answer, "SAVING_PER_SCENARIO")));
        Assert.DoesNotContain("too-alike", answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everyone_sees_the_quartiles_and_only_his_own_enterprises_and_another_tenant_nothing()
    {
        var p = await hub.Programme();
        var directory = await (await p.Admin()).Adds("/api/v1/organizations", new { parentId = p.Root, kind = "directory", name = "名录" });
        var groups = await File(p, Ten, directory);
        await Releases(p, "2026Q3");
        const string Path = "/api/v1/peers?sector=ENERGY_POWER&period=2026Q3";
        var own = await (await p.FilerB()).Gets(Path);
        Assert.Equal(510m, Number(Cell(own, "SAVING_PER_SCENARIO"), "median"));
        Assert.Equal(p.GroupB, Assert.Single(own["enterprises"]!.AsArray())!["organizationId"]!.GetValue<long>());
        // A part of an enterprise is not the enterprise: what the whole has, less what one sees, would be the others'.
        Assert.Empty((await (await p.SignedInAs("filer", p.SubsidiaryA)).Gets(Path))["enterprises"]!.AsArray());
        // The directory has eight of the ten, the third upwards: of the first average it lacks two, and would know their sum.
        var above = await (await p.SignedInAs("regulator", directory)).Gets(Path);
        Assert.Equal(8, above["enterprises"]!.AsArray().Count);
        Assert.Equal(("published", null), State(Cell(above, "SAVING_PER_SCENARIO")));   // one seen of three
        await (await p.Admin()).Posts($"/api/v1/organizations/{groups[1]}/move", new { to = directory, effectiveOn = "2026-11-16" });
        above = await (await p.SignedInAs("regulator", directory)).Gets(Path);
        Assert.Equal(("withheld", "seen-too-much"), State(Cell(above, "SAVING_PER_SCENARIO")));
        Assert.Null(Place(above, groups[1])["position"]);

        var stranger = await (await (await hub.Programme()).Regulator()).Gets(Path);
        Assert.Empty(stranger["enterprises"]!.AsArray());
        Assert.All(stranger["measures"]!.AsArray(), m => Assert.Equal(("withheld", "not-released"), State(m!)));
    }

    [Fact]
    public async Task What_is_published_stands_until_enough_enterprises_are_others()
    {
        var p = await hub.Programme();
        await File(p, Ten, scenarios: out var scenarios);
        var regulator = await p.Regulator();
        await Releases(p, "2026Q3");
        var before = Cell(await regulator.Gets("/api/v1/peers?sector=ENERGY_POWER&period=2026Q3"), "SAVING_PER_SCENARIO");

        await Corrects(p, scenarios[5], 7777);
        await Releases(p, "2026Q3");
        var after = Cell(await regulator.Gets("/api/v1/peers?sector=ENERGY_POWER&period=2026Q3"), "SAVING_PER_SCENARIO");
        Assert.Equal("earlier-stands", after["laterReason"]!.GetValue<string>());
        Assert.All(new[] { "closing", "asOf", "p25", "median", "p75" }, name => Assert.Equal(before[name]!.ToJsonString(), after[name]!.ToJsonString()));

        for (var i = 0; i < scenarios.Count; i++) await Corrects(p, scenarios[i], 1000 + 170 * i);
        await Releases(p, "2026Q3");
        var anew = Cell(await regulator.Gets("/api/v1/peers?sector=ENERGY_POWER&period=2026Q3"), "SAVING_PER_SCENARIO");
        Assert.True(anew["laterReason"] is null && anew["closing"]!.GetValue<long>() > before["closing"]!.GetValue<long>() && Number(anew, "median") > 1000, anew.ToString());
        var releases = (await regulator.Gets("/api/v1/peers/releases"))["items"]!.AsArray();
        Assert.Equal([(1, 0), (0, 1), (1, 0)], releases.Select(r => (r!["published"]!.GetValue<int>(), r["withheld"]!.GetValue<int>())));
    }

    [Fact]
    public async Task A_release_is_started_once_by_a_regulator_at_the_root_for_a_period_that_has_ended_at_the_years_one_grain()
    {
        var p = await hub.Programme();
        await File(p, Ten[..6]);
        var regulator = await p.Regulator();
        Assert.Equal("peer-release-root-only", (await (await p.SignedInAs("regulator", p.GroupA)).Posts("/api/v1/peers/releases", new { period = "2026Q3" }, 403)).Code());
        await (await p.FilerOfAll()).Posts("/api/v1/peers/releases", new { period = "2026Q3" }, 403);
        Assert.Equal("period-not-ended", (await regulator.Posts("/api/v1/peers/releases", new { period = "2026Q4" }, 400)).ErrorAt("/period"));
        Assert.Equal("bad-period", (await regulator.Posts("/api/v1/peers/releases", new { period = "2026-Q3" }, 400)).ErrorAt("/period"));
        Assert.Equal("bad-period", (await regulator.Gets("/api/v1/peers?sector=COAL&period=now", 400)).ErrorAt("?period"));
        Assert.Equal("unknown-code", (await regulator.Gets("/api/v1/peers?sector=NUCLEAR&period=2026Q3", 400)).ErrorAt("?sector"));
        await regulator.Gets("/api/v1/peers?sector=COAL&period=2026Q3&asOf=1", 400);   // no differencing by time

        // Begun in vain, another grain does not bind the year.
        await Releases(p, "2026-02");
        var ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => (await regulator.Posts("/api/v1/peers/releases", new { period = "2026Q3" }, 202))["id"]!.GetValue<long>()));
        var id = Assert.Single(ids.Distinct());
        Assert.Equal("peer-grain-taken", (await regulator.Posts("/api/v1/peers/releases", new { period = "2026-08" }, 409)).Code());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Make(p, id)));
        Assert.Equal(id, (await regulator.Posts("/api/v1/peers/releases", new { period = "2026Q3" }, 202))["id"]!.GetValue<long>());   // nothing was posted since
        Assert.Equal("peer-grain-taken", (await regulator.Posts("/api/v1/peers/releases", new { period = "2026-08" }, 409)).Code());
        Assert.Equal("done", (await regulator.Gets("/api/v1/peers/releases"))["items"]![0]!["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_a_dead_worker_left_is_finished_at_its_closing_and_read_by_nobody_before()
    {
        using var own = new Hub();   // its clock is moved
        var p = await own.Programme();
        await File(p, Ten[..6], scenarios: out var scenarios);
        var regulator = await p.Regulator();
        var id = await Releases(p, "2026Q3");
        var whole = (await regulator.Gets("/api/v1/peers?sector=ENERGY_POWER&period=2026Q3")).ToJsonString();

        // As a kill between two measures leaves it: pinned, some cells written, the lease a dead worker's.
        await p.Tamper("DELETE FROM peer_release_value WHERE tenant_id = @t AND release_id = @id", new { id });
        await p.Tamper("DELETE FROM peer_release_cell WHERE tenant_id = @t AND release_id = @id", new { id });
        await p.Tamper("UPDATE peer_release SET state = 'running', lease_owner = 'dead', finished_at = NULL, lease_until = @until WHERE tenant_id = @t AND release_id = @id",
            new { id, until = own.Clock.GetUtcNow().UtcDateTime.AddSeconds(60) });
        await p.Tamper("INSERT INTO peer_release_cell (tenant_id, release_id, sector, measure, state, reason, enterprises) VALUES (@t, @id, 'ENERGY_POWER', 'COST_PER_SCENARIO', 'withheld', 'too-few', 0)", new { id });
        Assert.All((await regulator.Gets("/api/v1/peers?sector=ENERGY_POWER&period=2026Q3"))["measures"]!.AsArray(), m => Assert.Equal(("withheld", "not-released"), State(m!)));
        await Corrects(p, scenarios[0], 5000);   // after the closing it was pinned to

        await Make(p, id);
        Assert.Equal("running", (await regulator.Gets("/api/v1/peers/releases"))["items"]![0]!["state"]!.GetValue<string>());
        var other = (await regulator.Posts("/api/v1/peers/releases", new { period = "2026Q2" }, 202))["id"]!.GetValue<long>();
        await Make(p, other);   // waits: the tenant has one at work
        Assert.Equal("queued", (await regulator.Gets("/api/v1/peers/releases"))["items"]![0]!["state"]!.GetValue<string>());
        await own.Services.GetRequiredService<PeerJobs>().DropLeases(default);
        own.Clock.Step(TimeSpan.FromSeconds(1));
        await own.Services.GetRequiredService<PeerJobs>().PickUp(default);
        await Make(p, id);
        await Make(p, other);
        Assert.All((await regulator.Gets("/api/v1/peers/releases"))["items"]!.AsArray(), r => Assert.Equal("done", r!["state"]!.GetValue<string>()));
        var resumed = await regulator.Gets("/api/v1/peers?sector=ENERGY_POWER&period=2026Q3");
        Assert.Equal(Cell(JsonNode.Parse(whole)!, "SAVING_PER_SCENARIO").ToJsonString(), Cell(resumed, "SAVING_PER_SCENARIO").ToJsonString());
        Assert.Equal("too-few", Cell(resumed, "COST_PER_SCENARIO")["reason"]!.GetValue<string>());   // what was written is not written again
    }

    [Fact]
    public async Task A_release_that_cannot_be_worked_out_is_tried_three_times_and_may_be_asked_for_again()
    {
        using var own = new Hub();   // one of its ledgers is spoilt
        var p = await own.Programme();
        var regulator = await p.Regulator();
        var id = (await regulator.Posts("/api/v1/peers/releases", new { period = "2026Q3" }, 202))["id"]!.GetValue<long>();
        await p.Tamper("DELETE FROM ledger_head WHERE tenant_id = @t", new { });
        for (var i = 0; i < 3; i++) await Assert.ThrowsAnyAsync<InvalidOperationException>(() => Make(p, id));
        await Make(p, id);
        Assert.Equal("failed", (await regulator.Gets("/api/v1/peers/releases"))["items"]![0]!["state"]!.GetValue<string>());
        Assert.NotEqual(id, (await regulator.Posts("/api/v1/peers/releases", new { period = "2026Q3" }, 202))["id"]!.GetValue<long>());
    }

    [Fact]
    public async Task The_clock_begins_the_latest_quarter_that_ended_thirty_days_ago_once()
    {
        using var own = new Hub();   // every tenant of a hub is begun
        var p = await own.Programme();
        await p.ApprovedScenario();
        await p.Fold();
        var jobs = own.Services.GetRequiredService<PeerJobs>();
        await jobs.BeginDue(default);
        await jobs.BeginDue(default);
        var release = Assert.Single((await (await p.Regulator()).Gets("/api/v1/peers/releases"))["items"]!.AsArray())!;
        Assert.Equal(("2026Q3", "queued"), (release["period"]!.GetValue<string>(), release["state"]!.GetValue<string>()));
        await jobs.Make(p.TenantId, release["id"]!.GetValue<long>(), default);
        own.Clock.Step(TimeSpan.FromDays(75));   // 2027-01-30: the fourth quarter ended 29 days before
        await jobs.BeginDue(default);
        Assert.Single(await Periods());
        own.Clock.Step(TimeSpan.FromDays(1));
        await jobs.BeginDue(default);
        Assert.Equal(["2026Q4", "2026Q3"], await Periods());

        async Task<string[]> Periods()
        {
            var awake = await Person.SignIn(own, $"{p.Name}.regulator");   // his session of last year has ended
            return [.. (await awake.Gets("/api/v1/peers/releases"))["items"]!.AsArray().Select(r => r!["period"]!.GetValue<string>())];
        }
    }

    private static Task<long[]> File(Programme p, decimal[] savings, long? parent = null) => File(p, savings, out _, parent);

    /// <summary>Enterprises with a live scenario each and an approved saving for 2026-08: 甲集团 (with a second one in its subsidiary), 乙集团, and others below <paramref name="parent"/>.</summary>
    private static Task<long[]> File(Programme p, decimal[] savings, out List<long> scenarios, long? parent = null)
    {
        var own = scenarios = [];
        return Filing();

        async Task<long[]> Filing()
        {
            var (groups, filings) = (new List<long>(), new List<long>());
            foreach (var saving in savings)
            {
                groups.Add(groups.Count switch { 0 => p.GroupA, 1 => p.GroupB, _ => await Group(p, parent ?? p.Root) });
                own.Add(await p.ApprovedScenario(groups[^1]));
                filings.Add(await p.Files(own[^1], "2026-08", new { measure = "COST_SAVE", value = groups.Count == 1 ? saving - 100 : saving }));
            }
            filings.Add(await p.Files(await p.ApprovedScenario(p.SubsidiaryA), "2026-08", new { measure = "COST_SAVE", value = 100 }));
            await p.ApprovedScenario(groups[^1], stage: "building", stageSince: "2026-01-01");   // not running: it counts for nobody
            await p.ApprovesFilings([.. filings]);
            return [.. groups];
        }
    }

    private static async Task<long> Group(Programme p, long parent) =>
        await (await p.Admin()).Adds("/api/v1/organizations", new { parentId = parent, kind = "group", name = $"集团{Guid.NewGuid():N}", creditCode = CreditCodes.Next() });

    private static async Task Corrects(Programme p, long scenario, decimal saving) =>
        await p.ApprovesFilings(await p.Files(scenario, "2026-08", "订正", new { measure = "COST_SAVE", value = saving }));

    private static async Task<long> Releases(Programme p, string period)
    {
        var id = (await (await p.Regulator()).Posts("/api/v1/peers/releases", new { period }, 202))["id"]!.GetValue<long>();
        await Make(p, id);
        return id;
    }

    // As the job does: a scope of its own, as the tenant's clockwork.
    private static Task Make(Programme p, long id) => p.Hub.Services.GetRequiredService<PeerJobs>().Make(p.TenantId, id, default);

    private static JsonNode Cell(JsonNode answer, string measure) => answer["measures"]!.AsArray().Single(m => m!["measure"]!.GetValue<string>() == measure)!;
    private static JsonNode Place(JsonNode answer, long group, string measure = "SAVING_PER_SCENARIO") =>
        answer["enterprises"]!.AsArray().Single(e => e!["organizationId"]!.GetValue<long>() == group)!["places"]!.AsArray().Single(x => x!["measure"]!.GetValue<string>() == measure)!;
    private static decimal Number(JsonNode node, string name) => node[name]!.GetValue<decimal>();
    private static (string, string?) State(JsonNode cell) => (cell["state"]!.GetValue<string>(), cell["reason"]?.GetValue<string>());
}
