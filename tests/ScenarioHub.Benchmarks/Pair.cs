using System.Diagnostics;
using System.Globalization;

namespace ScenarioHub.Benchmarks;

/// <summary>Times of one thing, in milliseconds.</summary>
internal sealed class Times
{
    private readonly List<double> _all = [];

    public int Count => _all.Count;
    public double Min => _all.Min();
    public double Max => _all.Max();
    public double Median
    {
        get
        {
            var sorted = _all.Order().ToArray();
            return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
        }
    }

    public async Task Of(Func<Task> run)
    {
        var started = Stopwatch.GetTimestamp();
        await run();
        _all.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    public void Of(Action run)
    {
        var started = Stopwatch.GetTimestamp();
        run();
        _all.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>Runs all by turns, so that whatever else the machine does meets them alike; the first rounds are not counted.</summary>
    public static async Task<Times[]> ByTurns(int warmUp, int rounds, params Func<Task>[] runs)
    {
        for (var i = 0; i < warmUp; i++)
            foreach (var run in runs) await run();
        var times = runs.Select(_ => new Times()).ToArray();
        for (var i = 0; i < rounds; i++)
            for (var r = 0; r < runs.Length; r++)
                await times[(i + r) % runs.Length].Of(runs[(i + r) % runs.Length]);
        return times;
    }

    /// <summary>Counts the last of another's times here too.</summary>
    public void Again(Times other) => _all.Add(other._all[^1]);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median:0.00} ({Min:0.00} to {Max:0.00})");
}

/// <summary>The table: each row divides what the product took by what its floor took.</summary>
internal sealed class Table
{
    private readonly List<string[]> _rows = [["what", "ratio", "product, ms: median (min to max)", "floor, ms: median (min to max)", "n"]];

    public void Add(string what, Times product, Times floor) => Add(what, product.Median / floor.Median, product.ToString(), floor.ToString(), product.Count);

    public void Add(string what, double ratio, string product, string floor, int n)
    {
        string[] row = [what, ratio.ToString("0.0#", CultureInfo.InvariantCulture), product, floor, n.ToString(CultureInfo.InvariantCulture)];
        _rows.Add(row);
        Console.Error.WriteLine($"  {row[0]}: {row[1]}");
    }

    /// <summary>As Markdown, so that it can be pasted into the README.</summary>
    public void Print(TextWriter output)
    {
        var widths = Enumerable.Range(0, _rows[0].Length).Select(c => _rows.Max(r => r[c].Length)).ToArray();
        for (var r = 0; r < _rows.Count; r++)
        {
            output.WriteLine($"| {string.Join(" | ", _rows[r].Select((cell, c) => c is 1 or 4 ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c])))} |");
            if (r == 0) output.WriteLine($"|{string.Join("|", widths.Select((w, c) => c is 1 or 4 ? new string('-', w + 1) + ":" : new string('-', w + 2)))}|");
        }
    }
}
