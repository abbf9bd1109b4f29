using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ScenarioHub.Features.Catalog;
using ScenarioHub.Features.Filings;
using ScenarioHub.Features.Ledger;

namespace ScenarioHub.Benchmarks;

/// <summary>
/// A million scenarios with twelve million figures beside ten thousand with 120,000, both as <c>generate</c> makes them; each question beside its floor on the very same file.
/// </summary>
internal static class National
{
    private const int Rounds = 51, Posts = 5, Folds = 6;
    private const string Measure = "COST_SAVE", Window = "from=2025-11&to=2026-10";

    public static async Task Run(Table table, string folder, int organizations, int scenarios)
    {
        await using var small = await BenchedHub.National(Path.Combine(folder, $"national-{scenarios / 100}"), Math.Max(200, organizations / 100), scenarios / 100);
        await using var large = await BenchedHub.National(Path.Combine(folder, $"national-{scenarios}"), organizations, scenarios);
        await using var few = await FileFloor.Start(small);
        await using var many = await FileFloor.Start(large);
        (BenchedHub Hub, FileFloor Floor, string Size)[] sides = [(small, few, Size(scenarios / 100)), (large, many, Size(scenarios))];

        await Reads(table, sides);
        await Posting(table, sides);
        await Folding(table, sides);
        await Rebuilding(table, sides[0]);   // of the large one it takes a quarter of an hour: the verb rebuild is there for that
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  largest working set of this process, both hubs, floors and bench: {process.PeakWorkingSet64 / 1_000_000:N0} MB"));

        static string Size(int scenarios) => string.Create(CultureInfo.InvariantCulture, $"{(long)scenarios * 12:N0}");
    }

    private static async Task Reads(Table table, (BenchedHub Hub, FileFloor Floor, string Size)[] sides)
    {
        const string Total = "SELECT sector, measure, grade, figure_state, quantity, denominator, figures FROM ledger_total WHERE tenant_id = {t} AND book = 'approved' AND measure = 'COST_SAVE' AND aspect = 'sector' AND period BETWEEN '2025-11' AND '2026-10' AND until_closing = 9223372036854775807";
        const string Subtree = "SELECT organization_id, measure, grade, figure_state, quantity, denominator, figures FROM ledger_balance WHERE tenant_id = {t} AND organization_id IN (SELECT organization_id FROM organization_ancestor WHERE tenant_id = {t} AND ancestor_id = {g}) AND book = 'approved' AND measure = 'COST_SAVE' AND period BETWEEN '2025-11' AND '2026-10' AND until_closing = 9223372036854775807";
        const string Page = "SELECT e.*, o.name, s.code, s.name FROM ledger_entry e JOIN organization o ON o.tenant_id = e.tenant_id AND o.organization_id = e.organization_id JOIN scenario s ON s.tenant_id = e.tenant_id AND s.scenario_id = e.scenario_id WHERE e.tenant_id = {t} AND e.book = 'approved' AND e.measure = 'COST_SAVE' AND e.period BETWEEN '2025-11' AND '2026-10' AND ";

        foreach (var (what, ask) in new (string, Func<(BenchedHub Hub, FileFloor Floor, string Size), Task<(string Path, string Sql)>>)[]
        {
            ("national roll-up by sector, 12 months, worked out", _ => Task.FromResult(($"/api/v1/rollups?measure={Measure}&by=sector&{Window}", Total))),
            ("the same, kept", _ => Task.FromResult(($"/api/v1/rollups?measure={Measure}&by=sector&{Window}", Total))),
            ("a group's subtree by organization, worked out", s => Task.FromResult(($"/api/v1/rollups?measure={Measure}&by=organization&organization={Group(s.Hub)}&{Window}", Subtree))),
            ("the same of the group, kept", s => Task.FromResult(($"/api/v1/rollups?measure={Measure}&by=organization&organization={Group(s.Hub)}&{Window}", Subtree))),
            ("explain a sector's cell, first page", async s =>
            {
                var cell = (await s.Hub.Asks($"/api/v1/rollups?measure={Measure}&by=sector&{Window}"))["cells"]!.AsArray().First(c => c!["value"] is not null)!;
                return ("/api/v1/rollups/explain?handle=" + cell["handle"], Page + $"e.sector = '{cell["key"]}' ORDER BY e.period, e.entry_no LIMIT 51");
            }),
            ("explain a group's total, first page", async s =>
                ("/api/v1/rollups/explain?handle=" + (await s.Hub.Asks($"/api/v1/rollups?measure={Measure}&by=sector&organization={Group(s.Hub)}&{Window}"))["total"]!["handle"],
                    Page + "e.organization_id IN (SELECT organization_id FROM organization_ancestor WHERE tenant_id = {t} AND ancestor_id = {g}) ORDER BY e.organization_id, e.period, e.entry_no LIMIT 51")),
            ("explain the national total, first page", async s =>
                ("/api/v1/rollups/explain?handle=" + (await s.Hub.Asks($"/api/v1/rollups?measure={Measure}&by=sector&{Window}"))["total"]!["handle"],
                    Page + "e.sector = (SELECT MIN(t.sector) FROM ledger_total t WHERE t.tenant_id = {t} AND t.book = 'approved' AND t.measure = 'COST_SAVE' AND t.aspect = 'sector' AND t.period >= '2025-11') ORDER BY e.period, e.entry_no LIMIT 51"))
        })
        {
            var runs = new List<Func<Task>>();
            var rows = new List<int>();
            foreach (var side in sides)
            {
                var (path, sql) = await ask(side);
                rows.Add(side.Floor.Answers(what, sql.Replace("{t}", Text(side.Hub.Tenant!.TenantId), StringComparison.Ordinal).Replace("{g}", Text(Group(side.Hub)), StringComparison.Ordinal), await side.Hub.Gets(path)));
                runs.Add(() =>
                {
                    if (what.EndsWith("worked out", StringComparison.Ordinal)) side.Hub.ForgetAnswers();
                    return side.Hub.Gets(path);
                });
                runs.Add(() => side.Floor.Asks(what));
            }
            var times = await Times.ByTurns(15, Rounds, [.. runs]);
            for (var i = 0; i < sides.Length; i++) table.Add($"{what}, {sides[i].Size} figures / read {rows[i]} rows, write the bytes", times[2 * i], times[2 * i + 1]);
            table.Add($"{what}, large / small", times[2], times[0]);
        }

        static long Group(BenchedHub hub) => (long)hub.Rows("SELECT MIN(organization_id) FROM organization WHERE tenant_id = @t AND kind = 'group'")[0][0];
    }

    // 10,000 figures of scenarios that have not filed the last month, anew each time.
    private static async Task Posting(Table table, (BenchedHub Hub, FileFloor Floor, string Size)[] sides)
    {
        foreach (var (hub, floor, size) in sides)
        {
            var (product, raw) = (new Times(), new Times());
            for (var round = 0; round <= Posts; round++)
            {
                var filed = await File(hub, 2_800, "2026-10", fresh: true);
                if (filed.Length < 2_800) break;   // the small one has no more of them
                var filings = await Submitted(hub, filed, 2_500);
                var before = Last(hub);
                async Task Approve()
                {
                    var decided = await hub.Send(new ApproveFilings(new(Ids: filings)));
                    if (decided.Done != filings.Length) throw new InvalidOperationException("Not all were approved.");
                }
                var entries = (Func<IReadOnlyList<object[]>>)(() => hub.Rows("SELECT * FROM ledger_entry WHERE tenant_id = @t AND entry_no > @after ORDER BY entry_no", ("@after", before)));
                if (round == 0) { await Approve(); floor.Insert(entries()); continue; }
                await product.Of(Approve);
                var same = entries();
                raw.Of(() => floor.Insert(same));
                floor.Forget();
            }
            if (product.Count > 0) table.Add($"approve 10,000 figures at {size} / insert the same entries into the same file", product, raw);
        }
    }

    private static async Task Folding(Table table, (BenchedHub Hub, FileFloor Floor, string Size)[] sides)
    {
        var times = sides.Select(_ => new Times()).ToArray();
        for (var i = 0; i < sides.Length; i++)
            while ((await sides[i].Hub.Send(new FoldLedger())).Folded > 0) { }
        for (var round = 0; round <= Folds; round++)
            for (var i = 0; i < sides.Length; i++)
            {
                var hub = sides[i].Hub;
                var filings = await Submitted(hub, await File(hub, 150, "2026-08", fresh: false, round), 125);
                await hub.Send(new FoldLedger());
                await hub.Send(new ApproveFilings(new(Ids: filings)));
                long folded = 0;
                async Task Fold() => folded = (await hub.Send(new FoldLedger())).Folded;
                if (round == 0) await Fold(); else await times[i].Of(Fold);
                if (folded is < 900 or > 1_100) throw new InvalidOperationException($"The fold took in {folded} entries.");
            }
        table.Add("fold 1,000 entries of corrections, large / small", times[1], times[0]);
    }

    private static async Task Rebuilding(Table table, (BenchedHub Hub, FileFloor Floor, string Size) side)
    {
        var entries = Last(side.Hub);
        LedgerRebuilt? rebuilt = null;
        var times = await Times.ByTurns(0, 3, async () => rebuilt = await side.Hub.Send(new RebuildLedger()), () => { side.Floor.GroupBy(); return Task.CompletedTask; });
        if (rebuilt!.Replaced != 0) throw new InvalidOperationException($"{rebuilt.Replaced} balances were wrong.");
        table.Add(string.Create(CultureInfo.InvariantCulture, $"rebuild, {entries:N0} entries ({entries / times[0].Median:0} a ms) / GROUP BY the keys of balances and totals"), times[0], times[1]);
    }

    // Of scenarios without investment figures (their plans would bound them), and near what they filed before: what the rules would question is not what is measured.
    private static async Task<long[]> File(BenchedHub hub, int count, string period, bool fresh, int round = 0)
    {
        var catalog = hub.Services.GetRequiredService<ReferenceCatalog>();
        var rows = hub.Rows($"""
            SELECT k.scenario_id, x.measure, x.state, x.quantity
            FROM (SELECT m.scenario_id, (SELECT MAX(f.filing_id) FROM filing f WHERE f.tenant_id = @t AND f.scenario_id = m.scenario_id {(fresh ? "" : "AND f.period = @period")}) AS filing_id
                  FROM scenario_measure m
                  WHERE m.tenant_id = @t AND m.measure = 'ENERGY_SAVE'
                    AND {(fresh ? "NOT" : "")} EXISTS (SELECT 1 FROM filing f WHERE f.tenant_id = @t AND f.scenario_id = m.scenario_id AND f.period = @period {(fresh ? "" : "AND f.state = 'approved'")})
                  ORDER BY m.scenario_id LIMIT @n) k
            JOIN filing f ON f.tenant_id = @t AND f.filing_id = k.filing_id
            JOIN filing_figure x ON x.tenant_id = @t AND x.filing_id = f.filing_id AND x.version = f.approved_version
            ORDER BY 1, 2
            """, ("@period", period), ("@n", count));
        var items = rows.GroupBy(r => (long)r[0]).Select(g => new FilingItem(ScenarioRef.Of(g.Key), period, [.. g.Select(r => (string)r[2] != "reported"
            ? new FigureInput((string)r[1], State: (string)r[2]) : new FigureInput((string)r[1], Value: Units.FromLedger(catalog.Measure((string)r[1]), (long)r[3]) + (fresh ? 0 : 1 + round)))], fresh ? null : "复核订正")).ToArray();
        var filings = new List<long>();
        foreach (var some in items.Chunk(1_000)) filings.AddRange((await hub.Send(new FileBatch(some))).Select(s => BenchedHub.Must(s).FilingId!.Value));
        return [.. filings];
    }

    // The rules ask a few of them for an explanation; the others are enough.
    private static async Task<long[]> Submitted(BenchedHub hub, long[] filings, int wanted) =>
        [.. (await hub.Send(new SubmitFilings(new(Ids: filings)))).Items.Where(i => i.State == FilingState.Submitted).Select(i => i.Id).Take(wanted)];

    private static long Last(BenchedHub hub) => (long)hub.Rows("SELECT last_entry_no FROM ledger_head WHERE tenant_id = @t")[0][0];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
