using System.Text.Json.Serialization;
using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Goals;

/// <summary>A level of a goal's number on a day.</summary>
internal readonly record struct Level(DateOnly On, decimal Value);

/// <summary>
/// Where the levels so far lead by the due day, with an interval.
/// The line is Theil-Sen's: the median of the slopes between all pairs of points, through the median of what is left; one wild month does not turn it.
/// The interval is the 90 % prediction interval of a line through n points with the residuals' standard deviation (at least 1 % of the last level: months that lie on a
/// line by chance promise nothing), widened by the share of figures missing and by half the share of the value that is only self-reported.
/// </summary>
/// <param name="Slope">Per month.</param>
/// <param name="Spread">Standard deviation of the residuals, n-2 degrees of freedom, with its floor.</param>
/// <param name="HalfWidth">Half the interval, widened.</param>
internal sealed record GoalForecast(decimal Value, decimal Low, decimal High, DateOnly DueOn, int Points, decimal Slope, decimal Spread, decimal HalfWidth, decimal MissingShare, decimal LowGradeShare)
{
    public const int FewestPoints = 4, MostPoints = 12;
    private const decimal SpreadFloor = 0.01m;

    // Student's t, 95 % one-sided (so 90 % between both), for 2 to 10 degrees of freedom.
    private static readonly decimal[] T = [2.920m, 2.353m, 2.132m, 2.015m, 1.943m, 1.895m, 1.860m, 1.833m, 1.812m];

    /// <returns>Null with fewer than <see cref="FewestPoints"/> levels, or where the line leaves what can be kept.</returns>
    /// <param name="missingShare">0 to 1, of the figures expected.</param>
    /// <param name="lowGradeShare">0 to 1, of the value.</param>
    /// <param name="floor">Nothing is forecast below it; null where there is none.</param>
    public static GoalForecast? Of(IReadOnlyList<Level> levels, DateOnly dueOn, decimal missingShare, decimal lowGradeShare, decimal? floor)
    {
        var points = levels.OrderBy(l => l.On).TakeLast(MostPoints).Select(l => (X: Months(l.On), Y: l.Value)).ToArray();
        if (points.Length < FewestPoints) return null;
        var slope = Median([.. from i in Enumerable.Range(0, points.Length)
                               from j in Enumerable.Range(i + 1, points.Length - i - 1)
                               where points[j].X != points[i].X
                               select (points[j].Y - points[i].Y) / (points[j].X - points[i].X)]);
        var intercept = Median([.. points.Select(p => p.Y - slope * p.X)]);
        var n = points.Length;
        var residuals = points.Select(p => p.Y - intercept - slope * p.X).ToArray();
        var spread = Math.Max(Root(residuals.Sum(r => r * r) / (n - 2)), SpreadFloor * Math.Abs(points[^1].Y));
        var (due, mean) = (Months(dueOn), points.Average(p => p.X));
        var half = T[n - 2 - 2] * spread * Root(1 + 1m / n + (due - mean) * (due - mean) / points.Sum(p => (p.X - mean) * (p.X - mean)))
            * (1 + missingShare) * (1 + lowGradeShare / 2);
        var value = intercept + slope * due;
        if (!Millionths.Fits(value - half) || !Millionths.Fits(value + half)) return null;
        decimal Floor(decimal v) => floor is { } least && v < least ? least : v;
        return new(Round(Floor(value)), Round(Floor(value - half)), Round(Floor(value + half)), dueOn, n, Round(slope), Round(spread), Round(half), Round(missingShare), Round(lowGradeShare));
    }

    /// <summary>How it was made, with its numbers.</summary>
    [JsonIgnore]
    public Words Method => new(
        $"取最近 {Points} 个水平作 Theil-Sen 稳健直线(斜率为两两斜率的中位数,每月 {Millionths.Text(Slope)}),外推至 {DueOn:yyyy-MM-dd};区间为 90% 预测区间:残差标准差 {Millionths.Text(Spread)}(不低于最近水平的 1%),"
        + $"并按未报(含未列入填报任务而无从得知)占比 {Millionths.Percent(MissingShare)} 放宽 {1 + MissingShare:0.###} 倍、按仅自报占比 {Millionths.Percent(LowGradeShare)} 的一半放宽 {1 + LowGradeShare / 2:0.###} 倍,半宽 {Millionths.Text(HalfWidth)}。报送不足一半的月份不参与拟合。",
        $"Theil-Sen line through the last {Points} levels (slope: median of all pairwise slopes, {Millionths.Text(Slope)} a month), carried on to {DueOn:yyyy-MM-dd}; 90 % prediction interval from the residuals' standard deviation {Millionths.Text(Spread)} (at least 1 % of the last level), "
        + $"widened {1 + MissingShare:0.###} times for the {Millionths.Percent(MissingShare)} of figures missing or never called for and {1 + LowGradeShare / 2:0.###} times for half of the {Millionths.Percent(LowGradeShare)} that is only self-reported; half-width {Millionths.Text(HalfWidth)}. Months less than half reported take no part.");

    /// <summary>Months since year 0, a day being its part of its month: the last of March and the last of April are one apart.</summary>
    public static decimal Months(DateOnly day) => day.Year * 12 + day.Month - 1 + (decimal)day.Day / DateTime.DaysInMonth(day.Year, day.Month);

    private static decimal Median(decimal[] values)
    {
        if (values.Length == 0) return 0;
        Array.Sort(values);
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[values.Length / 2 - 1] + values[values.Length / 2]) / 2;
    }

    private static decimal Root(decimal value) => (decimal)Math.Sqrt((double)value);

    private static decimal Round(decimal value) => Math.Round(value, 6, MidpointRounding.AwayFromZero);
}
