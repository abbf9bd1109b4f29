using ScenarioHub.Platform.Requests;

namespace ScenarioHub.Features.Goals;

/// <summary>A goal's number on a day, and how far what is missing can move it.</summary>
/// <param name="Value">Null when nobody said anything.</param>
/// <param name="Low">Lower bound; null where there is none.</param>
/// <param name="High">Upper bound; null where there is none.</param>
/// <param name="LowHolds">True: no completion can bring it below. False: an estimate from other months, which is shown and decides nothing.</param>
/// <param name="HighHolds">The same of the upper bound.</param>
internal sealed record Measured(DateOnly On, decimal? Value, decimal? Low, decimal? High, bool LowHolds = true, bool HighHolds = true);

/// <summary>What a goal asks.</summary>
/// <param name="ByProxy">The number is not the source's own definition.</param>
internal sealed record Demand(string Kind, string? Comparator, decimal? Target, DateOnly? DueOn, bool ByProxy);

/// <summary>
/// The verdict on a goal, and why. Never "not met" from what is missing: below the target with figures missing that could bridge the gap is "cannot say".
/// A proxy decides nothing: it may show a goal on track or at risk, and says neither met nor not met.
/// </summary>
/// <param name="Verdict">Null for a vision.</param>
internal sealed record GoalJudgement(string? Verdict, IReadOnlyList<string> Reasons)
{
    public const string Vision = "vision-has-no-number", NoTarget = "no-number-stated", NoDueDate = "no-due-date", NoFigures = "no-figures", NoFigureAtDue = "no-figure-at-due",
        LowerBound = "lower-bound-reaches", UpperBound = "upper-bound-below", Complete = "complete-and-short", MissingCouldBridge = "missing-could-bridge", MissingCouldUndo = "missing-could-undo", EstimateShort = "estimate-falls-short", Proxy = "proxy-decides-nothing",
        ProxyReaches = "proxy-reaches", TooFewPoints = "too-few-points", IntervalReaches = "interval-reaches", IntervalStraddles = "interval-straddles", IntervalShort = "interval-short",
        ReachedLate = "reached-after-due", OrganizationClosed = "organization-closed";

    /// <summary>Of an organization that was merged or divided up, by figures that went on elsewhere.</summary>
    public static GoalJudgement OfClosed => Cannot(OrganizationClosed);

    /// <param name="now">The latest number.</param>
    /// <param name="atDue">The number of the due day, once that day is past.</param>
    /// <param name="today">Beijing's day.</param>
    public static GoalJudgement Of(Demand demand, Measured? now, Measured? atDue, GoalForecast? forecast, DateOnly today)
    {
        if (demand.Kind == GoalKind.Vision) return new(null, [Vision]);
        if (demand.Target is not { } target || demand.Comparator is not { } comparator) return Cannot(NoTarget);
        if (demand.Kind == GoalKind.Milestone) return Milestone(demand, comparator, target, now);
        if (demand.DueOn is { } due && due < today)
        {
            if (atDue?.Value is null) return Cannot(NoFigureAtDue);
            var past = Standing(comparator, target, atDue);
            if (demand.ByProxy) return Cannot(Proxy, past.Reason == LowerBound ? ProxyReaches : past.Reason);
            if (past.Reaches == false && now?.Value is { } later && Comparator.Holds(comparator, later, target)) return new(GoalVerdict.NotMet, [past.Reason, ReachedLate]);
            return past.Reaches switch { true => new(GoalVerdict.Met, [past.Reason]), false => new(GoalVerdict.NotMet, [past.Reason]), null => Cannot(past.Reason) };
        }
        if (now?.Value is null) return Cannot(NoFigures);
        var standing = Standing(comparator, target, now);
        // Before the day, a level that is to stay below a line can still rise above it: only a level that is to be reached can be met early.
        if (standing.Reaches == true && Comparator.IsUpward(comparator)) return demand.ByProxy ? new(GoalVerdict.OnTrack, [ProxyReaches, Proxy]) : new(GoalVerdict.Met, [LowerBound]);
        if (demand.DueOn is null) return Cannot(NoDueDate);
        if (forecast is null) return Cannot(TooFewPoints);
        var (lowHolds, highHolds) = (Comparator.Holds(comparator, forecast.Low, target), Comparator.Holds(comparator, forecast.High, target));
        var (verdict, reason) = (lowHolds, highHolds) switch
        {
            (true, true) => (GoalVerdict.OnTrack, IntervalReaches),
            (false, false) => (GoalVerdict.AtRisk, IntervalShort),
            _ => (GoalVerdict.AtRisk, IntervalStraddles)
        };
        return new(verdict, demand.ByProxy ? [reason, Proxy] : [reason]);
    }

    // A level somebody reported is no obligation: the portal's figures reach it or do not, and no one is in arrears.
    private static GoalJudgement Milestone(Demand demand, string comparator, decimal target, Measured? now)
    {
        if (now?.Value is null) return Cannot(NoFigures);
        var standing = Standing(comparator, target, now);
        if (demand.ByProxy) return Cannot(Proxy, standing.Reason == LowerBound ? ProxyReaches : standing.Reason);
        return standing.Reaches switch { true => new(GoalVerdict.LevelReached, [standing.Reason]), false => new(GoalVerdict.LevelNotReached, [standing.Reason]), null => Cannot(standing.Reason) };
    }

    /// <summary>True when every possible completion reaches the target, false when none does, null when what is missing decides.</summary>
    private static (bool? Reaches, string Reason) Standing(string comparator, decimal target, Measured m)
    {
        var upward = Comparator.IsUpward(comparator);
        var ((worst, worstHolds), (best, bestHolds)) = upward ? ((m.Low, m.LowHolds), (m.High, m.HighHolds)) : ((m.High, m.HighHolds), (m.Low, m.LowHolds));
        if (worstHolds && worst is { } w && Comparator.Holds(comparator, w, target)) return (true, LowerBound);
        var bestFails = best is { } b && !Comparator.Holds(comparator, b, target);
        if (bestHolds && bestFails) return (false, m.Low == m.High ? Complete : UpperBound);
        return (null, Comparator.Holds(comparator, m.Value!.Value, target) ? MissingCouldUndo : bestFails ? EstimateShort : MissingCouldBridge);
    }

    private static GoalJudgement Cannot(params string[] reasons) => new(GoalVerdict.CannotSay, reasons);

    /// <summary>A reason for people.</summary>
    public static Words Words(string reason) => reason switch
    {
        Vision => new("愿景没有数值,不作达成与否的判断。", "A vision has no number; it is never met or not met."),
        NoTarget => new("来源文件没有给出数值。", "No number is stated by the source."),
        NoDueDate => new("来源文件没有给出期限,尚未达到目标值。", "No due date is stated by the source, and the target is not reached yet."),
        NoFigures => new("尚无可用数据。", "There are no figures yet."),
        NoFigureAtDue => new("没有到期日的数据;缺数据不等于未达成。", "There is no figure of the due day; what is missing does not make it not met."),
        OrganizationClosed => new("目标所属单位已并入或分立,其场景的数据已转入其他单位;请为接续单位另立目标。", "The organization whose goal it is was merged or divided up, and its scenarios' figures went on elsewhere; set a goal for the one that goes on."),
        LowerBound => new("即使按下限计算也已达到目标值。", "The target is reached even at the lower bound."),
        UpperBound => new("即使补齐未报数据,按上限计算仍达不到目标值。", "Even with all that is missing, the upper bound does not reach the target."),
        Complete => new("数据完整,未达到目标值。", "The figures are complete and short of the target."),
        MissingCouldBridge => new("有数据未报或未列入填报任务,补齐后可能达到目标值,因此无法判断。", "Figures are missing, or were never called for, that could bridge the gap: nothing can be said."),
        EstimateShort => new("尚有未报数据;按其他月份估算的上限仍达不到目标值,但估算不能作为未达成的依据。", "Figures are missing; even the upper bound estimated from other months falls short, but an estimate is no ground for saying not met."),
        MissingCouldUndo => new("现有数据已达到目标值,但补齐未报数据后可能改变,因此无法判断。", "What is reported reaches the target, but what is missing could undo it, so nothing can be said."),
        Proxy => new("采用代理口径,不能据此判定达成或未达成。", "The number is a proxy: it shows neither that the goal is met nor that it is not."),
        ProxyReaches => new("代理口径的数值已达到目标值。", "By the proxy the target is reached."),
        TooFewPoints => new($"少于 {GoalForecast.FewestPoints} 个可用数据点,不作预测。", $"Fewer than {GoalForecast.FewestPoints} usable points; no forecast is made."),
        IntervalReaches => new("到期日的整个预测区间都达到目标值。", "The whole forecast interval reaches the target on the due day."),
        IntervalStraddles => new("到期日的预测区间跨越目标值,能否达到不确定。", "The target lies within the forecast interval of the due day: it may or may not be reached."),
        IntervalShort => new("到期日的整个预测区间都达不到目标值。", "No part of the forecast interval reaches the target on the due day."),
        ReachedLate => new("到期后已达到目标值。", "The target was reached after the due day."),
        _ => throw new ArgumentOutOfRangeException(nameof(reason))
    };
}
