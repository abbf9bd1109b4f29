using CsCheck;
using ScenarioHub.Features.Goals;

namespace ScenarioHub.Tests.Features.Goals;

/// <summary>Verdicts, case by case. Written red by letting a value below the target with figures missing be "not met", and by letting a proxy decide.</summary>
public class GoalJudgementTests
{
    private static readonly DateOnly Today = new(2026, 11, 16), Past = new(2025, 12, 31), Ahead = new(2027, 12, 31);

    private static GoalForecast Forecast(decimal low, decimal value, decimal high) => new(value, low, high, Ahead, 12, 1, 1, high - value, 0, 0);

    private static Measured At(decimal? value, decimal? low, decimal? high) => new(Past, value, low, high);

    private static (string?, string) Judge(Demand demand, Measured? now, Measured? atDue = null, GoalForecast? forecast = null)
    {
        var judged = GoalJudgement.Of(demand, now, atDue, forecast, Today);
        return (judged.Verdict, string.Join(' ', judged.Reasons));
    }

    private static Demand Target(string comparator = ">=", decimal? target = 100, DateOnly? due = null, bool proxy = false) => new(GoalKind.Target, comparator, target, due ?? Past, proxy);

    [Theory]
    [InlineData(">=", 99, 99, 99, "notMet", "complete-and-short")]
    [InlineData(">=", 100, 100, 100, "met", "lower-bound-reaches")]
    [InlineData(">", 100, 100, 100, "notMet", "complete-and-short")]
    [InlineData("reach", 100, 100, 100, "met", "lower-bound-reaches")]
    [InlineData("<=", 100, 100, 100, "met", "lower-bound-reaches")]
    [InlineData("<", 100, 100, 100, "notMet", "complete-and-short")]
    [InlineData(">=", 80, 80, 120, "cannotSay", "missing-could-bridge")]
    [InlineData(">=", 80, 80, 99, "notMet", "upper-bound-below")]
    [InlineData(">=", 110, 90, 130, "cannotSay", "missing-could-undo")]
    [InlineData(">=", 110, 101, 130, "met", "lower-bound-reaches")]
    [InlineData("<=", 80, 80, 120, "cannotSay", "missing-could-undo")]
    [InlineData("<=", 120, 101, 130, "notMet", "upper-bound-below")]
    public void Past_its_day_the_bounds_decide(string comparator, int value, int low, int high, string verdict, string reason) =>
        Assert.Equal((verdict, reason), Judge(Target(comparator), At(value, low, high), At(value, low, high)));

    [Fact]
    public void Without_a_cap_on_what_is_missing_nothing_below_the_target_is_not_met() =>
        Assert.Equal(("cannotSay", "missing-could-bridge"), Judge(Target(), At(80, 80, null), At(80, 80, null)));

    [Fact]
    public void A_bound_estimated_from_other_months_is_said_and_decides_nothing()
    {
        var estimated = new Measured(Past, 80, 80, 95, HighHolds: false);
        Assert.Equal(("cannotSay", "estimate-falls-short"), Judge(Target(), estimated, estimated));
        Assert.Equal(("cannotSay", "missing-could-undo"), Judge(Target("<="), estimated, estimated));
        Assert.Equal(("cannotSay", "missing-could-undo"), Judge(Target(), null, new Measured(Past, 110, 105, 115, LowHolds: false, HighHolds: false)));
    }

    [Fact]
    public void Past_its_day_the_day_counts_and_not_today()
    {
        Assert.Equal(("notMet", "complete-and-short reached-after-due"), Judge(Target(), At(150, 150, 150), At(80, 80, 80)));
        Assert.Equal(("met", "lower-bound-reaches"), Judge(Target(), At(50, 50, 50), At(120, 120, 120)));
        Assert.Equal(("cannotSay", "no-figure-at-due"), Judge(Target(), At(50, 50, 50)));
    }

    [Theory]
    [InlineData(101, 110, 120, "onTrack", "interval-reaches")]
    [InlineData(95, 105, 115, "atRisk", "interval-straddles")]
    [InlineData(80, 85, 90, "atRisk", "interval-short")]
    public void Before_its_day_the_whole_interval_decides(int low, int value, int high, string verdict, string reason) =>
        Assert.Equal((verdict, reason), Judge(Target(due: Ahead), At(50, 50, 50), null, Forecast(low, value, high)));

    [Fact]
    public void A_level_is_met_early_only_where_it_is_to_be_reached_and_its_lower_bound_reaches_it()
    {
        Assert.Equal(("met", "lower-bound-reaches"), Judge(Target(due: Ahead), At(120, 100, 140), null, Forecast(1, 2, 3)));
        Assert.Equal(("atRisk", "interval-short"), Judge(Target(due: Ahead), At(120, 99, null), null, Forecast(1, 2, 3)));
        Assert.Equal(("atRisk", "interval-straddles"), Judge(Target("<=", due: Ahead), At(20, 20, 20), null, Forecast(90, 100, 110)));
    }

    [Fact]
    public void Without_what_a_verdict_needs_it_says_so()
    {
        Assert.Equal(("cannotSay", "no-number-stated"), Judge(Target(target: null), At(1, 1, 1)));
        Assert.Equal(("cannotSay", "no-due-date"), Judge(new(GoalKind.Target, ">=", 100, null, false), At(1, 1, 1)));
        Assert.Equal(("met", "lower-bound-reaches"), Judge(new(GoalKind.Target, ">=", 100, null, false), At(100, 100, 100)));
        Assert.Equal(("cannotSay", "no-figures"), Judge(Target(due: Ahead), null));
        Assert.Equal(("cannotSay", "too-few-points"), Judge(Target(due: Ahead), At(1, 1, 1)));
    }

    [Fact]
    public void A_vision_has_no_verdict() => Assert.Equal((null, "vision-has-no-number"), Judge(new(GoalKind.Vision, null, null, Past, false), At(1, 1, 1)));

    [Fact]
    public void A_milestone_speaks_of_its_level_and_of_nothing_else()
    {
        Demand milestone = new(GoalKind.Milestone, ">", 500, Past, false);
        Assert.Equal(("levelReached", "lower-bound-reaches"), Judge(milestone, At(501, 501, 501)));
        Assert.Equal(("levelNotReached", "complete-and-short"), Judge(milestone, At(500, 500, 500)));
        Assert.Equal(("cannotSay", "missing-could-bridge"), Judge(milestone, At(300, 300, null)));
    }

    [Fact]
    public void A_proxy_decides_neither_met_nor_not_met()
    {
        Assert.Equal(("cannotSay", "proxy-decides-nothing proxy-reaches"), Judge(Target(proxy: true), At(200, 200, 200), At(200, 200, 200)));
        Assert.Equal(("cannotSay", "proxy-decides-nothing complete-and-short"), Judge(Target(proxy: true), At(2, 2, 2), At(2, 2, 2)));
        Assert.Equal(("onTrack", "proxy-reaches proxy-decides-nothing"), Judge(Target(due: Ahead, proxy: true), At(200, 200, 200)));
    }

    [Fact]
    public void Every_reason_has_its_words() => Assert.All(typeof(GoalJudgement).GetFields().Where(f => f.IsLiteral), f => Assert.NotEmpty(GoalJudgement.Words((string)f.GetValue(null)!).En));

    [Fact]
    public void Never_not_met_while_some_completion_reaches_the_target() =>
        Gen.Select(Gen.Int[0, 4].Select(i => Comparator.All[i]), Gen.Int[0, 200], Gen.Int[0, 100], Gen.Int[0, 100], Gen.Int[0, 200], Gen.Bool).Sample((comparator, value, below, above, target, milestone) =>
        {
            var measured = At(value, value - below, value + above);
            var (verdict, _) = Judge(new(milestone ? GoalKind.Milestone : GoalKind.Target, comparator, target, Past, false), measured, measured);
            var some = Comparator.Holds(comparator, value - below, target) || Comparator.Holds(comparator, value + above, target);
            var all = Comparator.Holds(comparator, value - below, target) && Comparator.Holds(comparator, value + above, target);
            Assert.Equal(all ? true : some ? null : false, verdict switch { "met" or "levelReached" => true, "notMet" or "levelNotReached" => false, _ => (bool?)null });
        });
}
