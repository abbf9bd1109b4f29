using System.Globalization;

namespace ScenarioHub.Features.Peers;

/// <summary>An enterprise in a cell. Weight is its part of the denominator.</summary>
internal sealed record Contribution(long OrganizationId, long ValueMillionths, decimal Weight);

/// <summary>A value that went into a published average (part_of p25, median or p75), or into none of them (empty).</summary>
internal sealed record Given(long OrganizationId, long ValueMillionths, string PartOf);

/// <summary>What a release published of one sector and measure.</summary>
internal sealed record Published(string Period, long ClosingNo, long? P25, long Median, long? P75, IReadOnlyList<Given> Values);

/// <summary>What may be said of a cell. Reason is null when its numbers may be published.</summary>
internal sealed record Verdict(string? Reason, long? P25, long? Median, long? P75, IReadOnlyList<Given> Values);

/// <summary>
/// Decides what a release may say; the attacks it answers stand in this folder's README. Pure: the same contributions and the same past give the same verdict.
/// </summary>
internal static class Disclosure
{
    /// <summary>Fewer enterprises show nothing.</summary>
    public const int LeastEnterprises = 5;
    /// <summary>Three averages over three different enterprises each need nine, and the next band begins at ten: below it only the median is shown.</summary>
    public const int LeastForQuartiles = 10;
    /// <summary>Every average, and every part into which published averages cut the enterprises, holds at least so many: with one of them known two are left.</summary>
    public const int LeastTogether = 3;
    /// <summary>A later release of the same period has at least so many enterprises changed.</summary>
    public const int LeastChanged = 5;
    private const decimal LargestTwoShare = 0.85m, PercentRule = 0.10m, LeastSpread = 0.05m;

    /// <param name="past">All that was ever published of this sector and measure, this period and others.</param>
    public static Verdict Judge(IReadOnlyList<Contribution> contributions, bool moneyWeighted, string period, IReadOnlyList<Published> past)
    {
        var sorted = contributions.OrderBy(c => c.ValueMillionths).ThenBy(c => c.OrganizationId).ToArray();
        Given[] values = [.. sorted.Select(c => new Given(c.OrganizationId, c.ValueMillionths, ""))];
        Verdict No(string reason) => new(reason, null, null, null, values);

        if (sorted.Length < LeastEnterprises) return No(Withheld.TooFew);
        if (moneyWeighted && sorted.Sum(c => c.Weight) is var all && sorted.Select(c => c.Weight).OrderDescending().Take(2).Sum() > LargestTwoShare * all) return No(Withheld.Dominance);

        var averages = new Dictionary<string, long>();
        foreach (var (part, first, count) in Windows(sorted.Length))
        {
            var window = sorted[first..(first + count)].Select(c => (decimal)c.ValueMillionths).ToArray();
            var sizes = window.Select(Math.Abs).OrderDescending().ToArray();
            // Whoever is second largest takes himself off the sum: what is left beside the largest must blur it (p-percent rule).
            if (sizes.Skip(2).Sum() < PercentRule * sizes[0]) return No(Withheld.Dominance);
            var (mean, spread) = (window.Average(), window[^1] - window[0]);
            if (spread == 0 || spread < LeastSpread * Math.Abs(mean)) return No(Withheld.TooAlike);
            averages[part] = Nobodys(mean, part == "p25" ? -1 : 1, sorted);
            for (var i = first; i < first + count; i++) values[i] = values[i] with { PartOf = part };
        }
        // A step aside of one number may have passed by its neighbour.
        var inOrder = averages.Values.Order().ToArray();
        var (p25, median, p75) = inOrder.Length == 3 ? ((long?)inOrder[0], inOrder[1], (long?)inOrder[2]) : (null, inOrder[0], null);

        if (past.Where(p => p.Period == period).MaxBy(p => p.ClosingNo) is { } earlier && TooNear(earlier, values, (p25, median, p75)) is { } reason) return No(reason);
        return Splits([.. past.Select(p => p.Values), values]) ? No(Withheld.ChangedTooLittle) : new(null, p25, median, p75, values);
    }

    /// <summary>
    /// Which of n sorted enterprises each average takes: neighbours around the quartile, disjoint, so that no two averages subtracted leave fewer than are in one.
    /// The middle takes an even number of an even n; the outer two give way to it.
    /// </summary>
    internal static IEnumerable<(string Part, int First, int Count)> Windows(int n)
    {
        var wide = Math.Max(LeastTogether, n / 6);
        var middle = wide + ((n - wide) & 1);
        var middleFirst = (n - middle) / 2;
        if (n < LeastForQuartiles) return [("median", middleFirst, middle)];
        var lowFirst = Math.Max(0, Math.Min((int)Math.Round((n - 1) / 4m - (wide - 1) / 2m, MidpointRounding.AwayFromZero), middleFirst - wide));
        return [("p25", lowFirst, wide), ("median", middleFirst, middle), ("p75", n - lowFirst - wide, wide)];
    }

    // Rounded to two significant digits; where that is some enterprise's very value, the next such number that is nobody's.
    private static long Nobodys(decimal mean, int aside, Contribution[] enterprises)
    {
        var taken = enterprises.Select(c => c.ValueMillionths).ToHashSet();
        var rounded = TwoDigits(mean);
        while (taken.Contains(rounded)) rounded += aside * Step(rounded);
        return rounded;
    }

    internal static long TwoDigits(decimal millionths) => (long)Math.Round(millionths / Step(millionths), MidpointRounding.AwayFromZero) * Step(millionths);

    private static long Step(decimal millionths)
    {
        var step = 1L;
        for (var size = Math.Abs(millionths); size >= 100; size /= 10) step *= 10;
        return step;
    }

    // The earlier release of the same period stands unless enough enterprises are others, and enough have other values.
    private static string? TooNear(Published earlier, IReadOnlyList<Given> now, (long?, long, long?) numbers)
    {
        var (before, after) = (earlier.Values.ToDictionary(v => v.OrganizationId, v => v.ValueMillionths), now.ToDictionary(v => v.OrganizationId, v => v.ValueMillionths));
        var joinedOrLeft = before.Keys.Except(after.Keys).Count() + after.Keys.Except(before.Keys).Count();
        var changed = joinedOrLeft + before.Count(b => after.TryGetValue(b.Key, out var value) && value != b.Value);
        if (changed == 0) return Withheld.Unchanged;
        if (joinedOrLeft is > 0 and < LeastChanged || changed < LeastChanged) return Withheld.ChangedTooLittle;
        return (earlier.P25, earlier.Median, earlier.P75) == numbers ? Withheld.Unchanged : null;
    }

    /// <summary>
    /// Published averages cut the enterprises' values into parts, each of the values that went into the same averages. Whatever is added or subtracted treats a part's values
    /// alike, so nothing says less than a whole part: no part may be smaller than <see cref="LeastTogether"/>. A value that came again unchanged is the same value.
    /// </summary>
    private static bool Splits(IReadOnlyList<IReadOnlyList<Given>> releases)
    {
        var parts = new Dictionary<(long, long), string>();
        for (var i = 0; i < releases.Count; i++)
            foreach (var given in releases[i].Where(g => g.PartOf.Length > 0))
            {
                var value = (given.OrganizationId, given.ValueMillionths);
                parts[value] = string.Create(CultureInfo.InvariantCulture, $"{parts.GetValueOrDefault(value)} {i}{given.PartOf}");
            }
        return parts.GroupBy(p => p.Value, p => p.Key.Item1).Any(part => part.Distinct().Count() < LeastTogether);
    }

    /// <summary>Enterprises are counted in bands: an exact count would show who joined.</summary>
    public static string Band(int enterprises) => enterprises switch { < LeastForQuartiles => "5-9", < 20 => "10-19", < 50 => "20-49", _ => "50+" };

    /// <summary>Whether a caller who sees some of an average's enterprises in full could work out those he does not see.</summary>
    public static bool SeenTooMuch(int members, int seen) => seen > 1 && seen < members && members - seen < LeastTogether;
}
