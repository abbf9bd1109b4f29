using System.Diagnostics;
using System.Globalization;
using ScenarioHub.Features.Ledger;
using ScenarioHub.Platform.Data;

namespace ScenarioHub.Benchmarks;

/// <summary>Runs the product beside its floors, prints the ratios, asserts nothing about time. What each row means is in README.md.</summary>
internal static class Bench
{
    private const int HttpRounds = 101, FoldMonths = 6, RebuildRounds = 3;
    private const string Book = "approved", Measure = "COST_SAVE";
    private static readonly string Window = $"from={History.First}&to={History.Last}";

    private static async Task<int> Main(string[] args)
    {
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");   // two hubs watch nothing, and need no watchers
        if (args is ["--national", .. var more])
        {
            var scenarios = 1_000_000;
            if (more is ["--scenarios", var given] && int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked % 800 == 0 && asked >= 80_000) scenarios = asked;
            else if (more.Length > 0) { await Console.Error.WriteLineAsync("usage: bench --national [--scenarios 1000000]   a multiple of 800 from 80,000 on"); return 2; }
            var begun = Stopwatch.GetTimestamp();
            var found = new Table();
            await National.Run(found, Path.GetFullPath("artifacts"), scenarios / 50, scenarios);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {scenarios:N0} scenarios, {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s"));
            Console.WriteLine();
            found.Print(Console.Out);
            return 0;
        }
        if (args is ["--exports", .. var wanted])
        {
            var scenarios = 160_000;
            if (wanted is ["--scenarios", var given] && int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked % 800 == 0 && asked >= 80_000) scenarios = asked;
            else if (wanted.Length > 0) { await Console.Error.WriteLineAsync("usage: bench --exports [--scenarios 160000]   a multiple of 800 from 80,000 on"); return 2; }
            var found = new Table();
            await Exports.Run(found, Path.GetFullPath("artifacts"), scenarios);
            Console.WriteLine($"{Environment.ProcessorCount} cores");
            Console.WriteLine();
            found.Print(Console.Out);
            return 0;
        }
        if (args is ["--imports", .. var sized])
        {
            var size = sized is ["--figures", var amount] && int.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var many) ? many : 1_000_000;
            var into = new Table();
            await Imports.Run(into, size);
            into.Print(Console.Out);
            return 0;
        }
        if (!Options(args, out var figures, out var plans))
        {
            await Console.Error.WriteLineAsync("usage: bench [--figures 120000] [--plans]   figures of the large history, 60,000 to 480,000; --plans prints SQLite's plan of every statement of the ledger; bench --national: a million scenarios; bench --exports: lists as files; bench --imports [--figures 1000000]: a file into the ledger");
            return 2;
        }
        if (plans)
        {
            await Plans.Print(Console.Out);
            return 0;
        }
        var started = Stopwatch.GetTimestamp();
        var table = new Table();
        await using var small = await Side.Start(figures / 10);
        await using var large = await Side.Start(figures);
        Say(started, string.Create(CultureInfo.InvariantCulture, $"posting {figures / 10:N0} and {figures:N0} figures, month by month"));
        var posted = await Posting(table, small, large);
        Say(started, "asking over HTTP");
        await Reads(table, small, large);
        Say(started, "folding corrections");
        await Folds(table, small, large);
        Say(started, "rebuilding");
        await Rebuild(table, small);
        await Rebuild(table, large);

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {figures / 10:N0} and {figures:N0} figures, {posted:N0} entries posted in the large history, {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s"));
        Console.WriteLine();
        table.Print(Console.Out);
        return 0;
    }

    /// <summary>One history with its floor.</summary>
    private sealed class Side : IAsyncDisposable
    {
        public required BenchedHub Hub { get; init; }
        public required Floor Floor { get; init; }
        public required History History { get; init; }
        public required string Size { get; init; }
        private long _copied;

        public static async Task<Side> Start(int figures)
        {
            var hub = await BenchedHub.Start();
            var history = new History(hub, figures / History.Months / History.FiguresPerFiling);
            await history.Register();
            return new() { Hub = hub, Floor = await Floor.Start(hub), History = history, Size = string.Create(CultureInfo.InvariantCulture, $"{figures:N0}") };
        }

        /// <summary>Entries the product posted since the last time, in their order.</summary>
        public IReadOnlyList<object[]> NewEntries()
        {
            var entries = Hub.Rows("SELECT * FROM ledger_entry WHERE tenant_id = @t AND entry_no > @after ORDER BY entry_no", ("@after", _copied));
            if (entries.Count > 0) _copied = (long)entries[^1][1];
            return entries;
        }

        public async ValueTask DisposeAsync()
        {
            await Floor.DisposeAsync();
            await Hub.DisposeAsync();
        }
    }

    // ---- 1. posting

    private static async Task<long> Posting(Table table, Side small, Side large)
    {
        var (product, floor) = (new Times(), new Times());
        var (early, late) = (new Times(), new Times());
        foreach (var side in new[] { small, large })
        {
            side.Floor.Insert(side.NewEntries());
            for (var month = History.First; month <= History.Last; month = month.AddMonths(1))
            {
                var filings = await side.History.File(month, side.History.Scenarios);
                foreach (var some in filings.Chunk(10_000)) await side.History.Submit(some);
                side.Floor.Insert(side.NewEntries());
                // The small history is the warm-up of the large one.
                if (side == small) await side.History.Approve(filings);
                else
                {
                    async Task Approve() => await side.History.Approve(filings);
                    await product.Of(Approve);
                    (month < History.First.AddMonths(3) ? early : late).Again(product);
                }
                var entries = side.NewEntries();
                if (side == small) side.Floor.Insert(entries);
                else floor.Of(() => side.Floor.Insert(entries));
                await side.History.Fold();
            }
        }
        var count = large.History.Scenarios * History.FiguresPerFiling;
        table.Add(string.Create(CultureInfo.InvariantCulture, $"approve {count:N0} figures of {large.History.Scenarios:N0} filings / insert their entries"), product, floor);
        table.Add("the same, after three months' history / in the first three months", late, early);
        return (long)large.Hub.Rows("SELECT last_entry_no FROM ledger_head WHERE tenant_id = @t")[0][0];
    }

    // ---- 2 to 4. reading over HTTP

    private static async Task Reads(Table table, Side small, Side large)
    {
        var questions = new List<(string What, Func<Side, Task<(string Path, Action<byte[]> Floor)>> Ask)>
        {
            ("national roll-up by sector, worked out", side => Task.FromResult<(string, Action<byte[]>)>(($"/api/v1/rollups?measure={Measure}&by=sector&{Window}", body => side.Floor.Answers("sectors", side.Hub.Rows("""
                SELECT sector, measure, grade, figure_state, quantity, denominator, figures
                FROM ledger_total
                WHERE tenant_id = @t AND book = @book AND measure = @measure AND until_closing = @open AND aspect = 'sector' AND period BETWEEN @first AND @last
                """, Key()), body)))),
            ("a group's subtree by organization, worked out", side => Task.FromResult<(string, Action<byte[]>)>(($"/api/v1/rollups?measure={Measure}&by=organization&organization={Group(side)}&{Window}", body => side.Floor.Answers("subtree", side.Hub.Rows("""
                SELECT organization_id, measure, grade, figure_state, quantity, denominator, figures
                FROM ledger_balance
                WHERE tenant_id = @t AND book = @book AND measure = @measure AND until_closing = @open AND period BETWEEN @first AND @last
                  AND organization_id IN (SELECT organization_id FROM organization_ancestor WHERE tenant_id = @t AND ancestor_id = @group)
                """, [.. Key(), ("@group", Group(side))]), body)))),
            ("explain a sector's cell, first page", async side =>
            {
                var cell = (await side.Hub.Asks($"/api/v1/rollups?measure={Measure}&by=sector&{Window}"))["cells"]!.AsArray().First(c => c!["value"] is not null)!;
                return ("/api/v1/rollups/explain?handle=" + cell["handle"], body => side.Floor.AnswersBy("cell", FirstPage($"AND sector = '{cell["key"]}'"), body));
            }),
            ("explain a group's total, first page", async side =>
            {
                var total = (await side.Hub.Asks($"/api/v1/rollups?measure={Measure}&by=sector&organization={Group(side)}&{Window}"))["total"]!;
                var members = string.Join(", ", side.Hub.Rows("SELECT organization_id FROM organization_ancestor WHERE tenant_id = @t AND ancestor_id = @group", ("@group", Group(side))).Select(r => r[0]));
                return ("/api/v1/rollups/explain?handle=" + total["handle"], body => side.Floor.AnswersBy("group", FirstPage($"AND organization_id IN ({members})"), body));
            }),
            ("explain the national total, first page", async side =>
            {
                var total = (await side.Hub.Asks($"/api/v1/rollups?measure={Measure}&by=sector&{Window}"))["total"]!;
                return ("/api/v1/rollups/explain?handle=" + total["handle"], body => side.Floor.AnswersBy("total", FirstPage(""), body));
            })
        };
        questions.Insert(1, ("the same, kept", questions[0].Ask));
        questions.Insert(3, ("the same of the group, kept", questions[2].Ask));
        string[] names = ["sectors", "sectors", "subtree", "subtree", "cell", "group", "total"];
        for (var q = 0; q < questions.Count; q++)
        {
            var (what, ask) = questions[q];
            var name = names[q];
            var runs = new List<Func<Task>>();
            var rows = new List<int>();
            foreach (var side in new[] { small, large })
            {
                var (path, floor) = await ask(side);
                var body = await side.Hub.Gets(path);
                if (!what.EndsWith("kept", StringComparison.Ordinal)) floor(body);   // those have the floor of the question before
                rows.Add(side.Floor.RowsOf(name));
                runs.Add(() =>
                {
                    if (what.EndsWith("worked out", StringComparison.Ordinal)) side.Hub.ForgetAnswers();
                    return side.Hub.Gets(path);
                });
                runs.Add(() => side.Floor.Asks(name));
            }
            var times = await Times.ByTurns(15, HttpRounds, [.. runs]);
            table.Add($"{what}, {small.Size} figures / read {rows[0]} rows, write the bytes", times[0], times[1]);
            table.Add($"{what}, {large.Size} figures / read {rows[1]} rows, write the bytes", times[2], times[3]);
            table.Add($"{what}, large history / small", times[2], times[0]);
        }

        static (string, object)[] Key() => [("@book", Book), ("@measure", Measure), ("@open", long.MaxValue), ("@first", History.First.ToString()), ("@last", History.Last.ToString())];
        static long Group(Side side) => side.History.Groups[side.History.Groups.Count / 2];
        static string FirstPage(string filter) => $"""
            SELECT * FROM ledger_entry
            WHERE tenant_id = (SELECT MAX(tenant_id) FROM ledger_entry) AND book = '{Book}' AND measure = '{Measure}' AND period BETWEEN '{History.First}' AND '{History.Last}' {filter}
            ORDER BY sector, period, entry_no
            LIMIT 51
            """;
    }

    // ---- 5. folding

    private static async Task Folds(Table table, Side small, Side large)
    {
        const int filings = 125;   // of four figures: a correction reverses and posts each
        var (few, many) = (new Times(), new Times());
        for (var m = 0; m < FoldMonths; m++)
            foreach (var (side, times) in new[] { (small, few), (large, many) })
            {
                var some = await side.History.File(History.First.AddMonths(m), filings, again: true);
                await side.History.Submit(some);
                await Fold(side, times, m);
                await side.History.Approve(some);
                await Fold(side, times, m);
            }
        table.Add("fold 1,000 entries of corrections, large history / small", many, few);

        static async Task Fold(Side side, Times times, int round)
        {
            if (round == 0) { await side.History.Fold(); return; }
            long folded = 0;
            await times.Of(async () => folded = await side.History.Fold());
            if (folded is < 900 or > 1_100) throw new InvalidOperationException($"The fold took in {folded} entries.");
        }
    }

    // ---- 6. rebuilding

    private static async Task Rebuild(Table table, Side side)
    {
        side.Floor.Insert(side.NewEntries());
        var entries = (long)side.Hub.Rows("SELECT last_entry_no FROM ledger_head WHERE tenant_id = @t")[0][0];
        var keys = 0;
        var times = await Times.ByTurns(0, RebuildRounds, () => side.Hub.Send(new RebuildLedger()), () => { keys = side.Floor.GroupBy(); return Task.CompletedTask; });
        table.Add(string.Create(CultureInfo.InvariantCulture, $"rebuild, {entries:N0} entries ({entries / times[0].Median:0} a ms) / GROUP BY into {keys:N0} keys"), times[0], times[1]);
    }

    private static bool Options(string[] args, out int figures, out bool plans)
    {
        (figures, plans) = (120_000, false);
        for (var i = 0; i < args.Length; i++)
            if (args[i] == "--plans") plans = true;
            else if (args[i] != "--figures" || i + 1 == args.Length || !int.TryParse(args[++i], NumberStyles.Integer, CultureInfo.InvariantCulture, out figures) || figures is < 60_000 or > 480_000) return false;
        return true;
    }

    private static void Say(long started, string what) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(started).TotalSeconds,4:0} s  {what}"));
}
