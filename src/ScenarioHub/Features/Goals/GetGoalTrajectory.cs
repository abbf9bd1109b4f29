using System.Globalization;
using MediatR;
using ScenarioHub.Platform;
using ScenarioHub.Platform.Data;
using ScenarioHub.Platform.Requests;
using ScenarioHub.Platform.Tenancy;

namespace ScenarioHub.Features.Goals;

/// <summary>How a goal came to where it stands and where that leads; where the whole is not the caller's, the levels of his own subtree alone. Refused with <c>goal-not-found</c>.</summary>
public sealed record GetGoalTrajectory(long GoalId) : IQuery<GoalTrajectory>;

/// <param name="Whole">False: the points are those of the caller's own subtree, and target line, forecast and verdict of the whole are not shown.</param>
/// <param name="Points">Oldest first.</param>
/// <param name="TargetLine">From baseline to target where the baseline has a date, else the target alone; empty without a target.</param>
/// <param name="ForecastRefused">Why there is no forecast; null where there is one.</param>
/// <param name="Closing">The last closing at which the evaluation held; null before the first.</param>
public sealed record GoalTrajectory(long GoalId, string Kind, string? Unit, bool Whole, IReadOnlyList<GoalPoint> Points, IReadOnlyList<GoalTargetPoint> TargetLine, GoalForecastView? Forecast, string? ForecastRefused,
    string? Verdict, string? VerdictText, IReadOnlyList<GoalReason> Reasons, string? Proxy, long? Closing, DateTime? EvaluatedAt, string? DemoData);

public sealed record GoalTargetPoint(DateOnly On, decimal Value);

/// <param name="Low">Lower end of the interval on the due day.</param>
/// <param name="MissingShare">0 to 1; widens the interval.</param>
/// <param name="LowGradeShare">0 to 1; half of it widens the interval.</param>
/// <param name="Method">How it was made, with its numbers.</param>
public sealed record GoalForecastView(DateOnly On, decimal Value, decimal Low, decimal High, int Points, decimal SlopePerMonth, decimal MissingShare, decimal LowGradeShare, string Method);

internal sealed class GetGoalTrajectoryHandler(Db db, Caller caller, GoalReading reading, TimeProvider clock) : IRequestHandler<GetGoalTrajectory, Result<GoalTrajectory>>
{
    public async Task<Result<GoalTrajectory>> Handle(GetGoalTrajectory request, CancellationToken ct)
    {
        if (await db.Find<GoalRow>(GoalSql.Find, new { request.GoalId }, ct) is not { } goal) return GoalRefusal.NotFound;
        var proxy = goal.ProxyZh is null ? null : Language.IsEnglish && goal.ProxyEn is not null ? goal.ProxyEn : goal.ProxyZh;
        if (!goal.IsWhole)
            return new GoalTrajectory(goal.GoalId, goal.Kind, goal.Unit, false, await Own(goal, ct), [], null, null, null, null, [], proxy, null, null, caller.DemoData);
        var (standing, evaluation) = (goal.Standing, goal.Evaluation());
        return new GoalTrajectory(goal.GoalId, goal.Kind, goal.Unit, true, standing?.Points ?? [], TargetLine(goal), standing?.Forecast is { } f
                ? new(f.DueOn, f.Value, f.Low, f.High, f.Points, f.Slope, f.MissingShare, f.LowGradeShare, f.Method.ToString()) : null,
            standing?.Forecast is not null ? null : WhyNone(goal, standing).ToString(),
            evaluation?.Verdict, evaluation?.VerdictText, evaluation?.Reasons ?? [], proxy, evaluation?.LastClosing, evaluation?.EvaluatedAt, caller.DemoData);
    }

    private async Task<IReadOnlyList<GoalPoint>> Own(GoalRow goal, CancellationToken ct)
    {
        if (goal.Formula is not { ReadsLedger: true } formula) return [];
        var (series, today) = (await reading.Series(formula, caller.OrganizationId, null, null, ct), clock.Today());
        return [.. series.Months.Zip(series.Figures, (m, f) => new GoalPoint(m.LastDay < today ? m.LastDay : today, f.Value,
            f is { Known: true, Expected: > 0 } ? f.Expected : null, f is { Known: true, Expected: > 0 } ? f.Reported : null, f is { Known: true, Expected: > 0 } ? f.Missing : null, false))];
    }

    private Words WhyNone(GoalRow goal, GoalStanding? standing) =>
        standing is null ? new("尚未评估。", "It has not been evaluated yet.")
        : goal.Kind == GoalKind.Vision ? GoalJudgement.Words(GoalJudgement.Vision)
        : goal.Kind == GoalKind.Milestone ? new("里程碑是已报告的水平,不作预测。", "A milestone is a level already reported; nothing is forecast.")
        : goal.TargetQuantity is null ? GoalJudgement.Words(GoalJudgement.NoTarget)
        : goal.DueOn is not { } due ? new("来源文件没有给出期限,不作预测。", "No due date is stated by the source; nothing is forecast.")
        : due < clock.Today() ? new("期限已过,不作预测。", "The due day is past; nothing is forecast.")
        : GoalJudgement.Words(GoalJudgement.TooFewPoints);

    private static IReadOnlyList<GoalTargetPoint> TargetLine(GoalRow goal)
    {
        if (Millionths.Decimal(goal.TargetQuantity) is not { } target || goal.DueOn is not { } due) return [];
        return Millionths.Decimal(goal.BaselineQuantity) is { } baseline && DayOf(goal.BaselineOn) is { } from && from < due ? [new(from, baseline), new(due, target)] : [new(due, target)];
    }

    // As late as the source allows: the end of the year, quarter or month it names.
    private static DateOnly? DayOf(string? asPrecise) => asPrecise switch
    {
        { Length: 4 } => new(Number(asPrecise), 12, 31),
        { Length: 7 } when asPrecise[5] == 'Q' => LastOf(Number(asPrecise[..4]), 3 * (asPrecise[6] - '0')),
        { Length: 7 } => LastOf(Number(asPrecise[..4]), Number(asPrecise[5..])),
        { Length: 10 } when DateOnly.TryParseExact(asPrecise, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
        _ => null
    };

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private static DateOnly LastOf(int year, int month) => new(year, month, DateTime.DaysInMonth(year, month));
}
