using CsCheck;
using ScenarioHub.Features.Goals;

namespace ScenarioHub.Tests.Features.Goals;

/// <summary>The forecast, against numbers worked out by hand. Written red with the floor of the spread, either widening factor, and the median of slopes taken out.</summary>
public class GoalForecastTests
{
    private static readonly DateOnly Due = new(2026, 12, 31);

    // Month ends from January 2026 on.
    private static Level[] Monthly(params decimal[] values) => [.. values.Select((v, i) => new Level(new DateOnly(2026, 1, 1).AddMonths(i + 1).AddDays(-1), v))];

    [Fact]
    public void A_line_goes_on_and_its_interval_is_never_less_than_the_floor_gives()
    {
        var forecast = GoalForecast.Of(Monthly(10, 12, 14, 16, 18, 20), Due, 0, 0, floor: null)!;
        Assert.Equal((32m, 2m, 6), (forecast.Value, forecast.Slope, forecast.Points));
        // Residuals are 0, so the spread is 1 % of 20. sqrt(1 + 1/6 + 8.5²/17.5) = 2.301139; t(4) = 2.132.
        Assert.Equal(0.2m, forecast.Spread);
        Assert.Equal(0.981205m, forecast.HalfWidth, 4);
        Assert.Equal(31.018795m, forecast.Low, 4);
        Assert.Equal(32.981205m, forecast.High, 4);
    }

    [Fact]
    public void One_wild_month_does_not_turn_the_line_but_widens_the_interval()
    {
        var calm = GoalForecast.Of(Monthly(10, 12, 14, 16, 18, 20), Due, 0, 0, floor: null)!;
        var wild = GoalForecast.Of(Monthly(10, 12, 14, 100, 18, 20), Due, 0, 0, floor: null)!;
        Assert.Equal((calm.Value, calm.Slope), (wild.Value, wild.Slope));
        Assert.Equal(42m, wild.Spread);   // one residual of 84: sqrt(84² / 4)
        Assert.True(wild.HalfWidth > 100 * calm.HalfWidth);
    }

    [Fact]
    public void Missing_figures_and_low_grades_widen_it_by_exactly_their_factors()
    {
        var levels = Monthly(10, 13, 14, 17, 18, 21);
        var plain = GoalForecast.Of(levels, Due, 0, 0, floor: null)!;
        var poor = GoalForecast.Of(levels, Due, 0.25m, 0.6m, floor: null)!;
        Assert.Equal(plain.Value, poor.Value);
        Assert.Equal(plain.HalfWidth * 1.25m * 1.3m, poor.HalfWidth, 5);
        Assert.Contains("25%", poor.Method.En, StringComparison.Ordinal);
        Assert.Contains("1.25 ", poor.Method.Zh, StringComparison.Ordinal);
        Assert.Contains("60%", poor.Method.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_than_four_points_are_no_forecast() =>
        Assert.Equal([true, false], [GoalForecast.Of(Monthly(1, 2, 3), Due, 0, 0, null) is null, GoalForecast.Of(Monthly(1, 2, 3, 4), Due, 0, 0, null) is null]);

    [Fact]
    public void Only_the_last_twelve_levels_count()
    {
        Level[] levels = [.. Enumerable.Range(0, 12).Select(i => new Level(new DateOnly(2024, 1, 1).AddMonths(i + 1).AddDays(-1), 1000 - 50 * i)), .. Enumerable.Range(0, 12).Select(i => new Level(new DateOnly(2026, 1, 1).AddMonths(i + 1).AddDays(-1), 10 + i))];
        Assert.Equal((12, 1m), (GoalForecast.Of(levels, new(2027, 1, 31), 0, 0, null)!.Points, GoalForecast.Of(levels, new(2027, 1, 31), 0, 0, null)!.Slope));
    }

    [Fact]
    public void Nothing_is_forecast_below_its_floor()
    {
        var levels = Monthly(20, 15, 10, 5);
        Assert.Equal(0, GoalForecast.Of(levels, Due, 0, 0, floor: 0)!.Low);
        Assert.True(GoalForecast.Of(levels, Due, 0, 0, floor: null)!.Low < 0);
    }

    [Fact]
    public void The_interval_never_narrows_when_more_is_missing_or_less_is_verified() =>
        Gen.Select(Gen.Int[-1_000, 1_000].Array[4, 14], Gen.Int[0, 1_000], Gen.Int[0, 1_000], Gen.Int[0, 1_000], Gen.Int[0, 1_000]).Sample((values, missing, more, low, lower) =>
        {
            var levels = Monthly([.. values.Select(v => (decimal)v)]);
            GoalForecast Of(int m, int l) => GoalForecast.Of(levels, new(2028, 6, 30), m / 1000m, l / 1000m, null)!;
            var (better, worse) = (Of(Math.Min(missing, more), Math.Min(low, lower)), Of(Math.Max(missing, more), Math.Max(low, lower)));
            Assert.True(worse.High - worse.Low >= better.High - better.Low && worse.Low <= better.Low && worse.High >= better.High);
            Assert.True(better.Low <= better.Value && better.Value <= better.High);
        });
}
